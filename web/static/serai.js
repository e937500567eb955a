// The page works without any of this.
import { watchKeys } from "./keys.js";
import { suggest } from "./suggestions.js";

watchKeys(document.getElementById("keys"));
suggest(document.querySelector(".box"));
