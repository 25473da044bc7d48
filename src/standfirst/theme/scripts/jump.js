/* The way to a post that is named in the address and not on the page yet. */
import { find } from "./merge.js";
import { older, root } from "./parts.js";

/* Whether a post was withdrawn: then there is none to look for. Posts stand side by side, each at its address. */
const gone = (id) => fetch(new URL(`../${id.slice(2)}/`, root.querySelector("article a").href), { method: "HEAD" })
  .then((answer) => !answer.ok, () => false);

async function jump() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!id.startsWith("p-")) return;
  if (!find(root, id) && await gone(id)) return;
  while (!find(root, id) && await older());
  const post = find(root, id);
  post?.scrollIntoView();
  post?.querySelector("a")?.focus({ preventScroll: true });
}

if (root) {
  addEventListener("hashchange", jump);
  if (location.hash && !document.querySelector(":target")) jump();
}
