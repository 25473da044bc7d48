/* Older items, from the pages of their days: nothing is there twice, and nothing in between is left out. */
import { items, merge, parsed } from "./merge.js";

const more = document.querySelector("a[data-more]");
const links = (where, what) => [...where.querySelectorAll(`a[${what}]`)].map((link) => link.getAttribute("href"));
const dated = (path) => path.match(/\d{4}\/\d\d(\/\d\d)?/)[0].replaceAll("/", "-");

async function page(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  return parsed(await answer.text());
}

/* Yields the pages of days up to `day`, the newest first. */
async function* daysUpTo(day) {
  const known = links(document, "data-day-page");
  for (const month of links(document, "data-month-page")) {
    if (dated(month) > day) continue;
    const here = known.filter((path) => dated(path).startsWith(dated(month)));
    for (const path of here.length ? here : links(await page(month), "data-day-page")) {
      if (dated(path) <= day) yield await page(path);
    }
  }
}

async function older(root) {
  const last = items(root).at(-1);
  for await (const found of daysUpTo(last.closest("[data-day]").dataset.day)) {
    const day = found.querySelector("[data-day]");
    for (const item of items(day)) if (item.dataset.key >= last.dataset.key) item.remove();
    if (items(day).length) return merge(root, day);
  }
  return [];
}

more?.addEventListener("click", async (event) => {
  event.preventDefault();
  try {
    const [first] = await older(document.querySelector(".feed__days"));
    if (first) first.querySelector("a").focus({ preventScroll: true });
    else more.parentElement.remove();
  } catch {
    location.href = more.href;
  }
});
