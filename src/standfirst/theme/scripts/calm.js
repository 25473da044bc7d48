/* Changes a list without a jump: what was on the screen glides to where it is then. Above the screen the browser
   keeps what is read in its place, or this does. */
export const still = matchMedia("(prefers-reduced-motion: reduce)");
const anchored = CSS.supports("overflow-anchor", "auto");
const top = (part) => part.getBoundingClientRect().top;

export function calmly(root, change, above = false) {
  const parts = [...root.querySelectorAll("[data-day], article, [data-day] > :first-child, .since, .more")];
  for (let one = root; one && one !== document.body; one = one.parentElement) {
    for (let next = one.nextElementSibling; next; next = next.nextElementSibling) parts.push(next);
  }
  const seen = parts.map((part) => [part, top(part)]);
  change();
  if (!above) for (const part of parts) part.getAnimations().forEach((one) => one.cancel());  // from where it is seen
  const moved = new Map(seen.map(([part, before]) => [part, part.isConnected ? before - top(part) : 0]));
  if (above) {
    const [read] = seen.find(([part, before]) => part.isConnected && before >= 0) ?? [];
    if (!anchored && read) scrollBy(0, -moved.get(read));
  } else if (!still.matches) {
    for (const [part, by] of moved) {
      const own = by - (moved.get(part.parentNode) ?? 0);  // a day takes its items along
      if (own) part.animate({ transform: [`translateY(${own}px)`, "none"] }, 140);
    }
  }
}
