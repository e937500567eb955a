// Suggestions while typing: a combobox with a list, as ARIA 1.2 has it.
// While an input method composes (中文, ไทย, हिन्दी, 한국어) nothing is asked and no key is taken.

import { composing } from "./keys.js";

const ADDRESS = "/api/v1/suggest?q=";
const PAUSE = 120; // milliseconds without a key before anything is asked

/** Gives the box its suggestions. */
export function suggest(form) {
  const box = form.querySelector("#q");
  const list = listbox(form);
  const spoken = liveRegion(form);
  let asking = null;
  let timer = 0;
  let typed = box.value;

  describe(box, list);

  // What was asked before is outdated as soon as the box holds something else.
  const forget = () => {
    clearTimeout(timer);
    asking?.abort();
    asking = null;
  };

  const close = () => {
    forget();
    list.replaceChildren();
    list.hidden = true;
    spoken.textContent = "";
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const show = (suggestions) => {
    list.replaceChildren(...suggestions.map(option));
    list.hidden = suggestions.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
    box.removeAttribute("aria-activedescendant");
    spoken.textContent = list.hidden ? "" : form.dataset.count.replace("{count}", amount(suggestions.length));
  };

  const ask = async () => {
    const query = box.value;
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(ADDRESS + encodeURIComponent(query), { signal });
      const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
      if (!signal.aborted) show(suggestions.filter(({ text }) => text !== query));
    } catch (error) {
      // Without an answer there are no suggestions, and the box works as before.
      if (error.name !== "AbortError") close();
    }
  };

  const changed = (event) => {
    if (event.isComposing) return forget();
    forget();
    typed = box.value;
    if (typed.trim() === "") return close();
    timer = setTimeout(ask, PAUSE);
  };

  const choose = (entry) => {
    box.value = entry.textContent;
    close();
    form.requestSubmit();
  };

  // -1 is the box itself, with what was typed.
  const move = (step) => {
    const options = [...list.children];
    const count = options.length + 1;
    const place = (options.findIndex(isSelected) + 1 + step + count) % count - 1;
    options.forEach((entry, number) => entry.setAttribute("aria-selected", String(number === place)));
    const entry = options[place];
    box.value = entry ? entry.textContent : typed;
    if (entry) box.setAttribute("aria-activedescendant", entry.id);
    else box.removeAttribute("aria-activedescendant");
    entry?.scrollIntoView({ block: "nearest" });
  };

  const keys = {
    ArrowDown: () => !list.hidden && (move(1), true),
    ArrowUp: () => !list.hidden && (move(-1), true),
    Enter: () => {
      const entry = [...list.children].find(isSelected);
      if (entry) choose(entry);
      else close();
      return Boolean(entry);
    },
    Escape: () => {
      if (list.hidden) box.value = "";
      else box.value = typed;
      if (list.hidden) typed = "";
      close();
      return true;
    },
    Tab: () => close(),
  };

  box.addEventListener("input", changed);
  box.addEventListener("compositionstart", close);
  box.addEventListener("compositionend", changed);
  box.addEventListener("keydown", (event) => {
    if (composing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (keys[event.key]?.()) event.preventDefault();
  });
  box.addEventListener("blur", close);
  // A press would take the focus from the box, and so the list away, before it became a click.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const entry = event.target.closest("[role=option]");
    if (entry) choose(entry);
  });
}

function describe(box, list) {
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");
  box.setAttribute("aria-controls", list.id);
}

function listbox(form) {
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestions);
  form.append(list);
  return list;
}

function liveRegion(form) {
  const region = document.createElement("span");
  region.className = "unseen";
  region.setAttribute("role", "status");
  form.append(region);
  return region;
}

function option({ text }, number) {
  const entry = document.createElement("li");
  entry.id = `suggestion-${number}`;
  entry.dir = "auto";
  entry.textContent = text;
  entry.setAttribute("role", "option");
  entry.setAttribute("aria-selected", "false");
  return entry;
}

function isSelected(entry) {
  return entry.getAttribute("aria-selected") === "true";
}

function amount(count) {
  return new Intl.NumberFormat(document.documentElement.lang).format(count);
}
