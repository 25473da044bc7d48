/* The days that have items, by the links of the feed's own page to its months and of these to their days. */
import { page } from "./pages.js";

const links = (where, what) => [...where.querySelectorAll(`a[${what}]`)].map((link) => new URL(link.href, location).pathname);

export const dated = (path) => path.match(/\d{4}\/\d\d(\/\d\d)?/)[0].replaceAll("/", "-");

/* The pages of days, newest first, from a day on: `2026-11-28`. `whole` is the feed's page, where this is a part. */
export async function* days(from, whole) {
  for (const month of links(whole ? await page(whole) : document, "data-month-page")) {
    if (dated(month) > from) continue;
    for (const day of links(await page(month), "data-day-page")) if (dated(day) <= from) yield day;
  }
}
