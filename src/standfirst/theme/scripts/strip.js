/* The strip of breaking news, on every page, out of the file of what is new. What a reader has closed stays away; what is over leaves. */
import { show } from "./bar.js";
import { listen } from "./changes.js";
import { setBy } from "./clock.js";
import { page } from "./pages.js";
import { soon } from "./stream.js";
import "./tabs.js";
import { learn } from "./words.js";

const { latest } = document.querySelector("script[data-latest]").dataset;
const shown = (id) => document.querySelector(`body > .flash #b-${CSS.escape(id)}`);

/* Shows the strip as it is now; after a change not before the change is in it, or some seconds have passed. */
async function renew(done) {
  for (let tries = done ? 5 : 1; tries; tries--) {
    const baked = await page(latest, setBy).catch(() => null);
    const part = baked?.querySelector(".flash");
    if (baked) learn(baked);
    if (baked && (tries === 1 || !done || done(part))) return show(part);
    if (tries > 1) await soon(2000);  // a cache on the way has an older one
  }
}

listen(({ id, breaking: flagged, language }) => {
  if (flagged && language === document.documentElement.lang) renew((part) => part?.querySelector(`#b-${CSS.escape(id)}`));
  else if (shown(id)) renew((part) => !part?.querySelector(`#b-${CSS.escape(id)}`));
}, () => renew());
renew();
