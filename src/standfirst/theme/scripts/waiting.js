/* New items come into a feed by themselves, or wait behind a button while somebody reads in the middle of it or has
   asked for quiet; edited ones change in their place, withdrawn ones leave. */
import { own } from "./memory.js";
import { find, items, merge, parsed, remove } from "./merge.js";
import { announce, paused } from "./voice.js";

const waiting = new Map();  // feed to the days that wait, by the item's id
export const reading = (root) => root.getBoundingClientRect().top < 0 || root.contains(document.activeElement);

export function show(root) {
  for (const day of waiting.get(root)?.values() ?? []) merge(root, day);
  waiting.delete(root);
  for (const item of items(root).slice(Number(root.dataset.most) || Infinity)) remove(root, item.id);
  root.querySelector("[data-new]")?.remove();
}

function offer(root) {
  const number = waiting.get(root)?.size;
  let button = root.querySelector("[data-new]");
  if (!number) return button?.remove();
  if (!button) {
    button = document.createElement("button");
    button.type = "button";
    button.className = "feed-new";
    button.dataset.new = "";
    button.addEventListener("click", () => {
      show(root);
      root.scrollIntoView({ block: "start" });
      root.querySelector("article a")?.focus({ preventScroll: true });
    });
    root.prepend(button);
  }
  button.textContent = own.new.replace("#", number);
}

export function put(root, change) {
  const id = `i-${change.id}`, there = find(root, id);
  const concerns = change.state === "live" && (!root.dataset.topic || change.topics.includes(root.dataset.topic));
  if (!concerns) {
    remove(root, id);
    if (waiting.get(root)?.delete(id)) offer(root);
    return;
  }
  const day = parsed(change.html).querySelector("[data-day]");
  if (!day) return;
  if (there) return void merge(root, day);
  const last = items(root).at(-1);
  if (last && items(day)[0].dataset.key < last.dataset.key) return;  // older than what is shown
  if (!waiting.has(root)) waiting.set(root, new Map());
  waiting.get(root).set(id, day);
  if (reading(root) || paused()) offer(root);
  else show(root);
  announce();
}
