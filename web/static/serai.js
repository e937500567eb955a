// The page works without this. "/" goes to the box, Esc empties it.
"use strict";
const box = document.getElementById("q");
document.addEventListener("keydown", (event) => {
  // While an input method composes (中文, ไทย), its keys are its own.
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = /^(input|textarea|select)$/i.test(event.target.tagName);
  if (event.key === "/" && !typing) {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "Escape" && event.target === box) {
    box.value = "";
  }
});
