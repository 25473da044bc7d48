/* Older items, below those that are shown, from the pages of their days. Nothing is there twice and nothing left out,
   whatever comes meanwhile: where to go on is the last item shown, not a count. */
import { withdrawn } from "./changes.js";
import { all, find, place } from "./merge.js";
import { page } from "./pages.js";

const ENOUGH = 10;  // items for one asking, where there are days with few
const root = document.querySelector(".feed__days");
const more = document.querySelector("a[data-more]");

const links = (where, what) => [...where.querySelectorAll(`a[${what}]`)].map((link) => new URL(link.href, location).pathname);

const dated = (path) => path.match(/\d{4}\/\d\d(\/\d\d)?/)[0].replaceAll("/", "-");

/* The pages of days, newest first, from that of the last item shown. */
async function* days(from) {
  for (const month of links(document, "data-month-page")) {
    if (dated(month) > from) continue;
    for (const day of links(await page(month), "data-day-page")) if (dated(day) <= from) yield day;
  }
}

async function older() {
  const last = all(root).at(-1);
  let first, count = 0;
  for await (const address of days(last.closest("[data-day]").dataset.day)) {
    const lower = (item) => item.dataset.key < last.dataset.key && !withdrawn(`item:${item.id.slice(2)}`);
    const items = all(await page(address)).filter((item) => lower(item) && !find(root, item.id));
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
if (root) more?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  more.setAttribute("aria-busy", true);
  loading ??= older().catch(() => location.assign(more.href)).finally(() => {
    loading = null;
    more.removeAttribute("aria-busy");
  });
});
