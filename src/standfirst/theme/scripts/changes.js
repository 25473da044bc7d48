/* Changes of the feed: each has the number of its edition, every tab takes it once, and one tab hears for all. */
import { memory } from "./memory.js";

const FILE = "/_f/wire/", AGAIN = 300000;  // milliseconds for which a number is worth going on from
const tabs = "BroadcastChannel" in self ? new BroadcastChannel("standfirst") : null;
const mine = new Map();  // item to the edition that this tab has of it
const takers = [];
let [reached, at] = (memory("reached") || "0 0").split(" ").map(Number);

export const shared = Boolean(tabs && navigator.locks);
export const onChange = (taker) => takers.push(taker);
export const position = () => (reached && Date.now() - at < AGAIN ? reached : 0);

function apply(change) {
  const fresh = change.seq > (mine.get(change.id) || 0);
  if (fresh) mine.set(change.id, change.seq);
  if (fresh) for (const take of takers) take(change);
  return fresh;
}
if (tabs) tabs.onmessage = ({ data }) => apply(data);

export function stand(seq) {
  reached = seq;
  at = Date.now();
  memory("reached", `${reached} ${at}`);
}

export function arrive(change) {
  if (apply(change)) tabs?.postMessage(change);
  stand(Math.max(reached, change.seq));
}

/* Asks for the file that streams are made of: where none comes through, and after being away for long. */
export async function ask() {
  const answer = await fetch(FILE).catch(() => null);
  if (!answer?.ok) return;
  const { since, events } = await answer.json();
  if (reached && reached < since && document.querySelector(".feed__days")) return location.reload();
  events.forEach(arrive);
}
