/* The older posts of a live coverage, part by part. */
import { withdrawn } from "./changes.js";
import { all, find, place } from "./merge.js";
import { page } from "./pages.js";
import { waits } from "./waiting.js";

export const root = document.querySelector("[data-posts]");
export const opened = new Set((root ? all(root) : []).map((post) => post.id));  // what is older than this visit
export const late = new Map();  // posts that came into the midst of older ones: their part may be behind already
const more = () => document.querySelector("a[data-more]");

/* Adds the next part of older posts; returns them, false when there is no part. */
export async function older() {
  const link = more();
  if (!link) return false;
  const part = await page(link.href);
  const newest = all(root)[0]?.dataset.key ?? "";
  const wanted = (post) => post.dataset.key < newest && !withdrawn(`post:${post.id.slice(2)}`) && !waits(root, post.id);
  const posts = all(part).filter((post) => wanted(post) && !find(root, post.id));
  for (const post of posts) {
    opened.add(post.id);
    place(root, post, null);
  }
  const next = part.querySelector("a[data-more]");
  if (next) link.href = new URL(next.getAttribute("href"), location).href;
  else link.parentElement.remove();
  for (const [id, post] of late) {
    if (next && post.dataset.key < all(root).at(-1)?.dataset.key) continue;
    late.delete(id);
    if (!find(root, id)) place(root, post, null);
  }
  return posts;
}

let loading = null;
function click(event) {
  const link = event.target.closest("a[data-more]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  loading ??= older().then((posts) => posts[0]?.querySelector("a")?.focus({ preventScroll: true }))
    .catch(() => location.assign(link.href)).finally(() => loading = null);
}

if (root) document.addEventListener("click", click);
