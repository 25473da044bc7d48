/* Live coverage: posts that come, change and leave while the page is open, and a line above what was there when it
   was opened. */
import { listen } from "./changes.js";
import { all, find } from "./merge.js";
import { page, parse } from "./pages.js";
import { late, opened, root } from "./parts.js";
import { bring, drop } from "./waiting.js";
import { words } from "./words.js";

function change({ kind, id, state, story, html }) {
  if (kind !== "post") return;
  late.delete(`p-${id}`);
  if (state === "gone") return drop(root, `p-${id}`);
  if (story !== root.dataset.liveStory) return;
  if (!html) return renew();
  for (const post of all(parse(html))) {
    const older = document.querySelector("a[data-more]") && post.dataset.key < all(root).at(-1)?.dataset.key;
    if (older && !find(root, post.id)) late.set(post.id, post);
    else bring(root, post, null);
  }
}

async function renew() {
  const baked = (await page(location.pathname).catch(() => null))?.querySelector("[data-posts]");
  if (!baked) return;
  const posts = all(baked), last = posts.at(-1)?.dataset.key ?? "";
  for (const one of all(root)) if (one.dataset.key >= last && !posts.some((post) => post.id === one.id)) drop(root, one.id);
  for (const post of posts.reverse()) bring(root, post, null);
}

/* The line between what is new since the page was opened and what was there. */
function line() {
  const first = all(root).find((post) => opened.has(post.id));
  if (!first || first === all(root)[0]) return;
  const since = root.querySelector(".since") ?? document.createElement("p");
  since.className = "since";
  since.textContent = words.since ?? "";
  first.before(since);
}

if (root?.dataset.liveStory) {
  root.addEventListener("shown", line);
  listen(change, renew);
}
