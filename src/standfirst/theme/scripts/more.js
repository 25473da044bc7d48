/* Older items, below those that are shown, from the pages of their days. Nothing is there twice and nothing left out,
   whatever comes meanwhile: where to go on is the last item shown, not a count. */
import { all, find, place } from "./merge.js";
import { page } from "./pages.js";

const ENOUGH = 10;  // items for one asking, where there are days with few
const root = document.querySelector("[data-feed]");
const more = document.querySelector("a[data-more]");

const links = (where, what) => [...where.querySelectorAll(`a[${what}]`)].map((link) => new URL(link.href, location).pathname);

/* The pages of days, newest first, from that of the last item shown: its address sorts as its date does. */
async function* days(from) {
  for (const month of links(document, "data-month-page")) {
    if (month > from) continue;
    for (const day of links(await page(month), "data-day-page")) if (day <= from) yield day;
  }
}

async function older() {
  const last = all(root).at(-1);
  const from = new URL(more.href).pathname;
  let first, count = 0;
  for await (const address of days(from)) {
    const items = all(await page(address)).filter((item) => item.dataset.key < last.dataset.key && !find(root, item.id));
    for (const item of items) {
      place(root, item, item.closest("[data-day]"));
      item.closest("[data-day]").dataset.page = address;
    }
    first ??= items[0];
    count += items.length;
    more.href = address;
    if (count >= ENOUGH) break;
  }
  if (count < ENOUGH) more.parentElement.remove();  // these were the first of all
  first?.querySelector("a").focus({ preventScroll: true });
}

let loading = null;
more?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  loading ??= older().catch(() => location.assign(more.href)).finally(() => loading = null);
});
