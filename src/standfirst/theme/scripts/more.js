/* Older items, below those that are shown, from the pages of their days. Nothing is there twice and nothing left out,
   whatever comes meanwhile: where to go on is the last item shown, not a count. */
import { withdrawn } from "./changes.js";
import { dated, days } from "./days.js";
import { about, all, find, place } from "./merge.js";
import { page } from "./pages.js";

const ENOUGH = 10;  // items for one asking, where there are days with few
const DAYS = 40;  // looked through for one asking: a topic may have none for long
const root = document.querySelector(".feed__days");
const more = document.querySelector("a[data-more]");

let reached;  // the day that was looked through last

async function older() {
  const last = all(root).at(-1);
  let first, count = 0, looked = 0, left;
  for await (const address of days(reached ?? last.closest("[data-day]").dataset.day, more.dataset.whole)) {
    left = count >= ENOUGH || looked++ > DAYS;
    if (left) break;
    reached = dated(address);
    const lower = (item) => item.dataset.key < last.dataset.key && about(root, item) && !withdrawn(`item:${item.id.slice(2)}`);
    const items = all(await page(address)).filter((item) => lower(item) && !find(root, item.id));
    for (const item of items) {
      place(root, item, item.closest("[data-day]"));
      item.closest("[data-day]").dataset.page = address;
    }
    first ??= items[0];
    count += items.length;
    more.href = address;
  }
  if (!left) more.parentElement.remove();  // these were the first of all
  more.nextElementSibling.textContent = left && !count ? more.dataset.none ?? "" : "";
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
