/* The way to a post that is named in the address and not on the page yet. */
import { find } from "./merge.js";
import { older, root } from "./parts.js";

async function jump() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!id.startsWith("p-")) return;
  while (!find(root, id) && await older());
  const post = find(root, id);
  post?.scrollIntoView();
  post?.querySelector("a")?.focus({ preventScroll: true });
}

if (root) {
  addEventListener("hashchange", jump);
  if (location.hash && !document.querySelector(":target")) jump();
}
