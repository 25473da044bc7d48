/* What stands above the posts of a live coverage, as it is baked now: whether it is open, what is pinned, key events. */
const PARTS = [".live__state", ".live__summary", ".live__events"];
const still = matchMedia("(prefers-reduced-motion: reduce)");
const part = (what, from = document) => from.querySelector(`main ${what}`);

/* Puts a part in its place: in that of the older one, else before the posts. */
function put(what, fresh) {
  const old = part(what);
  if (old && fresh) {
    const open = old.querySelector("details")?.open, list = fresh.querySelector("details");
    if (list && open) list.open = true;
    old.replaceWith(fresh);
  } else if (fresh) ((what === ".live__summary" && part(".live__events")) || part(".live__quiet")).before(fresh);
  else old?.remove();
}

async function renew(calmly) {
  const answer = await fetch(location.pathname, { cache: "no-cache" }).catch(() => {});
  if (!answer?.ok) return;
  const baked = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const what of PARTS) {
    const old = part(what), fresh = part(what, baked);
    const place = old ?? part(".live__quiet")?.previousElementSibling;
    if (!place || (fresh && old?.isEqualNode(fresh)) || (!fresh && !old)) continue;
    const go = () => calmly(place, () => put(what, fresh), place.getBoundingClientRect().bottom < 0);
    // Who is in it is left alone, and so is who sees it and wants no motion.
    if (old?.contains(document.activeElement)) old.addEventListener("focusout", () => setTimeout(renew, 0, calmly), { once: true });
    else if (still.matches) new IntersectionObserver(([seen], watch) => seen.isIntersecting || watch.disconnect(go())).observe(place);
    else go();
  }
}

/* Whether a change reaches above the posts; without one, some may have been missed. */
function reaches({ kind, id, story, key } = {}) {
  const own = part("[data-live-story]").dataset.liveStory;
  if (kind === "story") return id === own;
  return kind !== "item" && ((key && story === own) || !kind || part(`.live__events [href$="#p-${id}"]`));
}

let due = [];
document.addEventListener("wire", ({ change, calmly }) => {
  if (!reaches(change)) return;
  due.forEach(clearTimeout);
  // At once, and when no cache on the way has the older page any more.
  due = [300, 12000].map((after) => setTimeout(renew, after * (1 + Math.random()), calmly));
});
