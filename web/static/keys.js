// Keys of the page: "/" goes to the box, arrows walk through the results, Esc closes what is open.
// Single keys can be turned off, for those whose software speaks or types them by itself (WCAG 2.1.4).

const SETTING = "single-keys";
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";

/** Whether an input method composes: its keys are its own. Safari ends a composition before the key that did. */
export function composing(event) {
  return event.isComposing || event.keyCode === 229;
}

function plain(event) {
  return !composing(event) && !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
}

/** Whether a key may mean something to the page: pressed alone, outside of fields, and not turned off. */
export function singleKey(event) {
  return plain(event) && !event.target.closest(TYPING) && wanted();
}

// Where a keyboard has other letters, the keys that stand where English has these: ื and ى for n, ฝ and ظ for /.
const PLACES = { Slash: "/", KeyN: "n", KeyP: "p" };

/** The key that was pressed, on an English keyboard where that of another script is in use. */
export function keyOf({ key, code }) {
  const ours = key.length > 1 || /[ -~]/.test(key);
  return ours ? key : (PLACES[code] ?? key);
}

/** Shows what the keys do, and keeps them. */
export function watchKeys(explanation) {
  explanation.hidden = false;
  const choice = explanation.querySelector("input");
  choice.checked = wanted();
  choice.addEventListener("change", () => keep(choice.checked));
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", (event) => closeMenu(event.target));
}

function pressed(event) {
  if (keyOf(event) === "/" && singleKey(event)) {
    const box = document.getElementById("q");
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "Escape" && plain(event)) {
    closeMenu(null)?.querySelector("summary").focus();
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && plain(event)) {
    walk(event);
  }
}

// From the box, and from one result, to the next. A list of suggestions takes its arrows before they come here.
function walk(event) {
  const results = [...document.querySelectorAll(".hits h2 a")];
  const box = document.getElementById("q");
  const places = [box, ...results];
  const next = places.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  if (!places.includes(document.activeElement) || !places[next] || results.length === 0) return;
  if (document.activeElement !== box && !wanted()) return;
  event.preventDefault();
  places[next].focus();
}

// The menu of languages, unless what was clicked stands in it.
function closeMenu(inside) {
  const menu = document.querySelector(".speaks[open]");
  if (!menu || menu.contains(inside)) return null;
  menu.open = false;
  return menu;
}

// Storage may be forbidden; then the keys are on, as they were at first.
function wanted() {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    return true;
  }
}

function keep(on) {
  try {
    localStorage.setItem(SETTING, on ? "on" : "off");
  } catch {
    // Nothing can be kept here.
  }
}
