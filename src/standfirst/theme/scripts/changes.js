/* What changes while a page is open, for every module on it. A change carries the number of its edition: each tab
   takes it once, and what a tab has slept through it looks up in the file of the newest. */
import { newest } from "./stream.js";

const OLD = 15000;  // milliseconds: for twice as long a stream, or another tab, tells what was just before
const GLIDE = 200;  // milliseconds: what comes while something still moves waits for it, else the page would jump
const listeners = [], had = new Map(), waiting = [];
let moving = false;
let reached = null;  // the newest edition this tab knows of

export const position = () => reached;

/* Whether a record (`item:…`) was withdrawn while the page is open: a page that is fetched may be from before. */
export const withdrawn = (name) => had.get(name)?.state === "gone";

/* `change` is called with each change, `renew` when some may be missing and what is baked has to be looked at. */
export function listen(change, renew) {
  listeners.push({ change, renew });
}

const renew = () => listeners.forEach((one) => one.renew());

function hear(change) {
  const name = `${change.kind}:${change.id}`;
  if (change.seq <= had.get(name)?.seq) return;
  had.set(name, change);
  waiting.push(change);
  tell();
}

function tell() {
  if (moving || !waiting.length) return;
  for (const change of waiting.splice(0)) listeners.forEach((one) => one.change(change));
  moving = true;
  setTimeout(() => {
    moving = false;
    tell();
  }, GLIDE);
}

/* Takes what comes after the edition `before` and leads up to `at`. `again`: the server cannot say what was missed. */
export async function take({ before, changes, at, again }) {
  if (again || (reached === null && performance.now() - born() > OLD)) renew();
  // A site that was put back from a backup counts on from there.
  if (again && at < reached) had.clear();
  if (!again && reached !== null && before > reached) return catchUp(at);
  changes.forEach(hear);
  reached = again ? at : Math.max(reached, at);
}

async function catchUp(least) {
  const file = await newest(least);
  if (!file) return;  // what comes next shows the gap again
  if (reached < file.since) renew();
  else file.events.filter((change) => change.seq > reached).forEach(hear);
  reached = Math.max(reached, file.at);
}

/* Returns when this page was made; one out of the browser's own store may be of any age. */
function born() {
  const [page] = performance.getEntriesByType("navigation");
  return page?.transferSize ? page.responseStart : -Infinity;
}
