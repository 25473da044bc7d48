/* The strip of breaking news, on every page. What a reader has closed stays away; what is over leaves. */
import { listen } from "./changes.js";
import { setBy } from "./clock.js";
import { keep, recall } from "./memory.js";
import { page } from "./pages.js";
import { soon } from "./stream.js";
import "./tabs.js";
import { learn, words } from "./words.js";

const { breaking } = document.querySelector("script[data-breaking]").dataset;
const shown = (id) => document.querySelector(`body > .flash #b-${CSS.escape(id)}`);

/* Shows the strip as it is now; after a change not before the change is in it, or some seconds have passed. */
async function renew(done) {
  for (let tries = done ? 5 : 1; tries; tries--) {
    const baked = await page(breaking, setBy).catch(() => null);
    const part = baked?.querySelector(".flash");
    if (baked) learn(baked);
    if (baked && (tries === 1 || !done || done(part))) return show(part);
    if (tries > 1) await soon(2000);  // a cache on the way has an older one
  }
}

function show(part) {
  const closed = recall("closed").split(" ");
  for (const item of part?.querySelectorAll("li") ?? []) if (closed.includes(item.id)) item.remove();
  const old = document.querySelector("body > .flash");
  if (!part?.querySelector("li")) old?.remove();
  else if (old && [...old.children].some((list) => list.isEqualNode(part.firstElementChild))) return;
  else {
    const close = document.createElement("button");
    close.type = "button";
    close.className = "flash__close";
    close.setAttribute("aria-label", words.close);
    close.addEventListener("click", () => {
      keep("closed", [...closed.slice(-50), ...[...part.querySelectorAll("li")].map((item) => item.id)].join(" ").trim());
      part.remove();
      room();
    });
    part.append(close);
    part.addEventListener("ended", () => queueMicrotask(() => part.querySelector("li") || part.remove()));
    if (old) old.replaceWith(part);
    else document.body.append(part);
  }
  room();
}

/* What is focused scrolls clear of the strip, and the foot of the page above it. */
function room() {
  const high = document.querySelector("body > .flash")?.offsetHeight ?? 0;
  document.documentElement.style.setProperty("--strip", `${high}px`);
}
addEventListener("resize", room);

listen(({ id, breaking: flagged, language }) => {
  if (flagged && language === document.documentElement.lang) renew((part) => part?.querySelector(`#b-${CSS.escape(id)}`));
  else if (shown(id)) renew((part) => !part?.querySelector(`#b-${CSS.escape(id)}`));
}, () => renew());
renew();
