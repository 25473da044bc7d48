/* The live feed on open pages: what changed goes into every feed that is on this page, and into the strip. */
import { find } from "./merge.js";
import { follow } from "./stream.js";
import { strip } from "./strip.js";
import { offerPause } from "./voice.js";
import { put, reading, show } from "./waiting.js";

const roots = () => [...document.querySelectorAll("[data-live]")];

function take(change) {
  const own = change.state === "gone" || (change.kind === "item" && change.language === document.documentElement.lang);
  if (own) for (const root of roots()) put(root, change);
  if (change.breaking && own) strip(`b-${change.id}`);
  else if (find(document, `b-${change.id}`)) strip();
}

offerPause(() => roots().forEach((root) => reading(root) || show(root)));
strip();
follow(take);
