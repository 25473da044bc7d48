/* The live feed: items that come, change and leave while a page is open, wherever the page shows the feed. The page
   is whole without it. */
import { listen } from "./changes.js";
import { all, find } from "./merge.js";
import { parse } from "./pages.js";
import { know, renewed, SETTLED } from "./settle.js";
import { bring, drop } from "./waiting.js";

const lists = () => [...document.querySelectorAll("[data-feed][data-live]")];

function change({ kind, id, state, language, topics, html }) {
  if (kind !== "item") return;
  if (html || state === "gone") know(`i-${id}`);
  for (const root of lists()) {
    const { topic, level } = root.dataset;
    const own = state === "live" && language === document.documentElement.lang && (!topic || topics.includes(topic));
    if (!own) drop(root, `i-${id}`);
    else if (html) come(root, all(parse(html, level)));
    else renew();  // too long to be sent
  }
}

function come(root, articles) {
  for (const article of articles) {
    if (find(root, article.id) || !beyond(root, article)) bring(root, article, article.closest("[data-day]"));
  }
}

/* Whether an article is older than the last one shown, where that is not the first of all. */
function beyond(root, article) {
  const shown = all(root), { most } = root.dataset;
  const more = most ? shown.length >= most : document.querySelector("a[data-more]");
  return more && article.dataset.key < shown.at(-1)?.dataset.key;
}

/* Looks at what is baked, as changes may have been missed: now, and when all caches have it. */
function renew() {
  for (const wait of [500, SETTLED]) {
    setTimeout(() => lists().forEach((root) => renewed(root, come)), wait * (1 + Math.random()));
  }
}

listen(change, renew);
