/* What is called breaking ends on open pages too, by the server's clock: a reader's may be an hour wrong. */
const LONGEST = 60000;  // milliseconds; a machine that slept looks again at least then
let late = null;  // by how much this machine's clock is behind
let timer;

/* An answer says what time it is: when it was made, and how long a cache has had it since. */
export function setBy(answer) {
  const made = Date.parse(answer.headers.get("date")) + 1000 * (answer.headers.get("age") ?? 0);
  if (made) late = made - Date.now();
  sweep();
}

/* Takes away every flag whose time is over, and comes back when that of the next one is. */
export function sweep() {
  clearTimeout(timer);
  if (late === null) return;  // nobody has said yet what time it is
  let next = Infinity;
  for (const flag of document.querySelectorAll("[data-until]")) {
    const left = Date.parse(flag.dataset.until) - Date.now() - late;
    if (left > 0) next = Math.min(next, left, LONGEST);
    else end(flag);
  }
  if (next < Infinity) timer = setTimeout(sweep, next);
}

function end(flag) {
  flag.closest("article")?.classList.remove("item--breaking");
  flag.dispatchEvent(new Event("ended", { bubbles: true }));
  flag.remove();
}

document.addEventListener("visibilitychange", sweep);
document.addEventListener("fragment", sweep);
