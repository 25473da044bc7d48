/* Brings a feed to what is baked: what has left goes, what has come or changed comes as a change does. */
import { about, all, remove } from "./merge.js";
import { page } from "./pages.js";
import { drop } from "./waiting.js";

export const SETTLED = 12000;  // milliseconds: no cache on the way has an older page for longer
const heard = new Map();  // what came just now, by its id, to when: a baked page may be from before
const lately = (one) => performance.now() - heard.get(one.id) < 2 * SETTLED;
const items = (address) => page(address).then((baked) => all(baked.querySelector("[data-feed], [data-posts]") ?? baked), () => null);

export const know = (id) => heard.set(id, performance.now());

export async function renewed(root, come) {
  const own = root.closest("[data-fragment]")?.dataset.fragment ?? location.pathname;
  const baked = await items(own);
  if (!baked) return;
  const last = baked.at(-1)?.dataset.key ?? "";
  const shown = all(root);
  settle(root, come, baked, shown.filter((one) => one.dataset.key >= last));
  if (shown[0]?.dataset.key < last) {  // what is in between is not known: who shows the new lets go of the old
    root.addEventListener("shown", () => all(root).filter((one) => one.dataset.key < last).forEach(remove), { once: true });
  }
  for (const day of root.querySelectorAll("[data-page]")) {
    const older = await items(day.dataset.page);
    const before = (one) => one.dataset.key < last;
    const own = (one) => before(one) && about(root, one);
    if (older) settle(root, come, older.filter(own), all(day).filter(before));
  }
}

/* Makes `shown` what is baked. */
function settle(root, come, baked, shown) {
  const left = shown.filter((one) => !lately(one) && !baked.some((item) => item.id === one.id));
  for (const one of left) drop(root, one.id);
  come(root, baked.filter((item) => !lately(item)).reverse());
}
