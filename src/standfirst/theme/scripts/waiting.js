/* What is new goes in where nobody is reading. Where somebody is, or has asked for quiet, it waits behind a button. */
import { calmly, still } from "./calm.js";
import { sweep } from "./clock.js";
import { all, find, place, remove } from "./merge.js";
import { offer } from "./offer.js";
import { heard, paused } from "./voice.js";

// From a list to what waits there: from an id to the article and the day it came in.
const held = new Map();

function reading(root) {
  const { top } = root.getBoundingClientRect();
  // Without motion nothing can glide.
  if (still.matches && top < innerHeight && !document.hidden) return true;
  return paused() || top < 0 || root.matches(":hover") || root.contains(document.activeElement);
}

const above = (article) => article.getBoundingClientRect().bottom < 0;

/* Brings an article: a known one is replaced at once, a new one goes in or waits. */
export function bring(root, article, day) {
  const there = find(root, article.id);
  if (there?.isEqualNode(article)) return;
  if (there?.dataset.key === article.dataset.key) calmly(root, () => place(root, article, day), above(there));
  else {
    if (there) drop(root, article.id);
    const waiting = held.get(root) ?? new Map();
    // Of what is in a column nothing is said.
    if (!there && !waiting.has(article.id) && !root.matches("[data-part]")) heard();
    held.set(root, waiting.set(article.id, [article, day]));
    if (reading(root)) offer(root, waiting.size, show);
    else calmly(root, () => show(root));
  }
  sweep();
}

/* Takes an article away, also from those that wait. */
export function drop(root, id) {
  const there = find(root, id);
  if (there) calmly(root, () => remove(there), above(there));
  if (held.get(root)?.delete(id)) offer(root, held.get(root).size, show);
}

export const waits = (root, id) => Boolean(held.get(root)?.has(id));

/* Shows what waits; returns the newest of it. */
export function show(root) {
  const waiting = [...(held.get(root)?.values() ?? [])];
  held.delete(root);
  for (const [article, day] of waiting) place(root, article, day);
  for (const old of all(root).slice(Number(root.dataset.most) || Infinity)) remove(old);
  offer(root, 0);
  root.dispatchEvent(new Event("shown"));
  sweep();
  return all(root).find((article) => waiting.some(([one]) => one === article));
}

document.addEventListener("pause", () => {
  for (const root of held.keys()) if (!reading(root)) calmly(root, () => show(root));
});
