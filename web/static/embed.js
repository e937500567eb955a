// Serai's box on another site's page, where its <script> stands. Asks nothing of anybody until something
// is typed, and sets no cookie. docs/embed.md says what can be told to it.
"use strict";
(() => {
  const script = document.currentScript;
  const serai = new URL(".", script.src);
  const told = script.dataset;

  const host = document.createElement("div");
  // A root of its own: the page's style does not reach in, nor ours out; font and colour are the page's.
  const root = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(`
    form { display: flex; gap: .5em; font: inherit; color: inherit; }
    input { flex: 1 1 auto; min-width: 0; }
    input, button { font: inherit; padding: .4em .6em; color: inherit; background: transparent;
      border: 1px solid currentColor; border-radius: .3em; }
    button { cursor: pointer; }
    :focus-visible { outline: 2px solid Highlight; outline-offset: 2px; }
  `);
  root.adoptedStyleSheets = [style];

  const made = (name, attributes) => Object.assign(document.createElement(name), attributes);
  const form = made("form", { action: new URL("search", serai), role: "search" });
  const label = told.label || "Search";
  const box = made("input", { name: "q", type: "search", required: true, maxLength: 1000, dir: "auto",
    autocomplete: "off", placeholder: told.placeholder || "" });
  box.setAttribute("aria-label", label);
  const list = made("datalist", { id: "suggestions" });
  form.append(box, made("button", { textContent: label }), list);
  for (const name of ["lang", "source", "tag"]) {
    if (told[name]) form.append(made("input", { type: "hidden", name, value: told[name] }));
  }
  root.append(form);
  script.after(host);

  // Suggestions come where Serai lets this site read them (SERAI_CORS_ORIGINS); elsewhere the box does without.
  let asking = null;
  let timer = 0;
  const suggest = async () => {
    asking?.abort();
    asking = new AbortController();
    const address = new URL("opensearch/suggestions", serai);
    address.searchParams.set("q", box.value);
    try {
      const answer = await fetch(address, { signal: asking.signal });
      const [, found] = await answer.json();
      list.replaceChildren(...found.map((value) => made("option", { value })));
    } catch (error) {
      if (error.name !== "AbortError") box.removeEventListener("input", typed);
    }
  };
  const typed = (event) => {
    clearTimeout(timer);
    // While an input method composes (中文, ไทย), nothing has been typed yet.
    if (!event.isComposing && box.value.trim()) timer = setTimeout(suggest, 150);
  };
  if ("suggest" in told) {
    box.setAttribute("list", list.id);
    box.addEventListener("input", typed);
    box.addEventListener("compositionend", typed);
  }
})();
