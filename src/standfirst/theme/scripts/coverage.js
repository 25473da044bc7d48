/* Live coverage: posts that come, change and leave while the page is open, and a line above what was there when it
   was opened. */
import { calmly } from "./calm.js";
import { listen } from "./changes.js";
import { all, find } from "./merge.js";
import { parse } from "./pages.js";
import { late, opened, root } from "./parts.js";
import { know, renewed, SETTLED } from "./settle.js";
import { bring, drop } from "./waiting.js";
import { words } from "./words.js";

/* For what stands above the posts: overview.js, which is on these pages alone. */
const tell = (change) => document.dispatchEvent(Object.assign(new Event("wire"), { change, calmly }));

function change(one) {
  const { kind, id, state, story, html } = one;
  tell(one);
  if (kind !== "post") return;
  late.delete(`p-${id}`);
  if (html || state === "gone") know(`p-${id}`);
  if (state === "gone") return drop(root, `p-${id}`);
  if (story !== root.dataset.liveStory) return;
  if (!html) return renew();
  for (const post of all(parse(html))) {
    const older = document.querySelector("a[data-more]") && post.dataset.key < all(root).at(-1)?.dataset.key;
    if (older && !find(root, post.id)) late.set(post.id, post);
    else bring(root, post, null);
  }
}

const come = (_root, posts) => posts.forEach((post) => bring(root, post, null));

/* As the feed does: at once, and when all caches have it. */
function renew() {
  tell();
  for (const wait of [500, SETTLED]) setTimeout(() => renewed(root, come), wait * (1 + Math.random()));
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
