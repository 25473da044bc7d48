/* What this browser remembers of the feed, and the words for what scripts say: they come with the strip's file. */
export const own = { ...document.querySelector("script[data-breaking]").dataset };
export const soon = (least) => new Promise((done) => setTimeout(done, least * (1 + Math.random() / 2)));

export function memory(name, value) {
  try {
    const key = `standfirst.${name}`;
    return value === undefined ? localStorage.getItem(key) : localStorage.setItem(key, value);
  } catch {
    return null;
  }
}
