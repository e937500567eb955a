// The walk through the matches of a document: n and p, or the buttons.

import { keyOf, singleKey } from "./keys.js";

const bar = document.querySelector(".walk");
if (bar) walk(bar, [...document.querySelectorAll("article mark")]);

function walk(bar, matches) {
  const place = bar.querySelector("output");
  const amount = new Intl.NumberFormat(document.documentElement.lang);
  let here = Math.max(0, matches.findIndex((match) => `#${match.id}` === location.hash));

  const say = () => {
    const values = { number: amount.format(here + 1), total: amount.format(matches.length) };
    place.textContent = bar.dataset.place.replace(/{(\w+)}/g, (_, name) => values[name]);
  };

  const go = (step) => {
    matches[here].classList.remove("here");
    here = (here + step + matches.length) % matches.length;
    matches[here].classList.add("here");
    matches[here].scrollIntoView({ block: "center" });
    say();
  };

  bar.querySelector(".back").addEventListener("click", () => go(-1));
  bar.querySelector(".on").addEventListener("click", () => go(1));
  document.addEventListener("keydown", (event) => {
    const step = { n: 1, p: -1 }[keyOf(event)];
    if (step && singleKey(event)) go(step);
  });
  const jump = (hash) => {
    const number = matches.findIndex((match) => `#${match.id}` === hash);
    if (number >= 0) go(number - here);
  };
  window.addEventListener("hashchange", () => jump(location.hash));
  // A link to where the address points already changes nothing there.
  document.addEventListener("click", (event) => jump(event.target.closest?.("a[href^='#']")?.hash));
  document.querySelector("article").classList.add("walked");
  matches[here].classList.add("here");
  say();
  bar.hidden = false;
}
