/* Baked pages and parts of them, read by scripts. */
const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

/* Returns a page as it is now: a browser by itself may take a copy that is some seconds old
   (stale-while-revalidate). Throws where there is none. */
export async function page(address, heard = () => {}) {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  heard(answer);
  return parsed(await answer.text());
}

/* Returns pushed HTML. Its headings begin at the second level: they go down to `level`, if one is given. */
export function parse(html, level) {
  const { body } = parsed(html);
  for (const heading of level ? body.querySelectorAll("h2, h3") : []) {
    const lower = document.createElement(`h${Number(heading.localName[1]) + Number(level) - 2}`);
    for (const { name, value } of heading.attributes) lower.setAttribute(name, value);
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  }
  return body;
}
