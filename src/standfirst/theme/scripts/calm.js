/* Changes a list without a jump: what was on the screen glides to where it is then. Above the screen the browser
   keeps what is read in its place, or this does. */
export const still = matchMedia("(prefers-reduced-motion: reduce)");
const anchored = CSS.supports("overflow-anchor", "auto");
const top = (part) => part.getBoundingClientRect().top;

export function calmly(root, change, above = false) {
  const parts = [...root.querySelectorAll("article, [data-day] > :first-child, .more")];
  for (let one = root; one && one !== document.body; one = one.parentElement) {
    for (let next = one.nextElementSibling; next; next = next.nextElementSibling) parts.push(next);
  }
  const seen = parts.map((part) => [part, top(part)]);
  change();
  for (const [part, before] of seen) {
    const by = part.isConnected && before - top(part);
    if (!by) continue;
    if (!above) {
      if (!still.matches) part.animate({ transform: [`translateY(${by}px)`, "none"] }, 140);
    } else if (!anchored && before >= 0) return scrollBy(0, -by);
  }
}
