/* Live coverage: posts that come, change and leave while the page is open, and a line above what was there when it
   was opened. */
import { listen } from "./changes.js";
import { all, find } from "./merge.js";
import { page, parse } from "./pages.js";
import { opened, root } from "./parts.js";
import { bring, drop } from "./waiting.js";

listen((change) => {
  if (change.kind !== "post" || change.story !== root.dataset.liveStory) return;
  if (change.state === "gone") return drop(root, `p-${change.id}`);
  if (!change.html) return renew();
  const [post] = all(parse(change.html));
  const last = all(root).at(-1);
  if (find(root, post.id) || !document.querySelector("a[data-more]") || !last || post.dataset.key > last.dataset.key) bring(root, post, null);
}, renew);

async function renew() {
  const baked = (await page(location.pathname).catch(() => null))?.querySelector("[data-posts]");
  if (!baked) return;
  const posts = all(baked), last = posts.at(-1)?.dataset.key ?? "";
  for (const one of all(root)) if (one.dataset.key >= last && !posts.some((post) => post.id === one.id)) drop(root, one.id);
  for (const post of posts.reverse()) bring(root, post, null);
}

/* The line between what is new since the page was opened and what was there. */
root.addEventListener("shown", () => {
  const line = root.querySelector("[data-since]") ?? document.createElement("p");
  const first = all(root).find((post) => opened.has(post.id));
  if (!first || first === all(root)[0]) return;
  line.className = "since";
  line.dataset.since = "";
  line.textContent = root.dataset.sinceText;
  first.before(line);
});
