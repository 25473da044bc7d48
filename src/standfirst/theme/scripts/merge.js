/* A list of articles, newest first by their keys, in days where it has days: one place for each, whatever comes. */
export const all = (root) => [...root.querySelectorAll("article[data-key]")];
export const find = (root, id) => root.querySelector(`article#${CSS.escape(id)}`);

/* Whether an article of a day's page is one of a list that may be about a topic. */
export const about = (root, { dataset }) => !root.dataset.topic || dataset.topics?.split(" ").includes(root.dataset.topic);

/* Puts an article where it belongs; one with its id leaves. `day` is the section it came in, or null. */
export function place(root, article, day) {
  const old = find(root, article.id);
  if (old?.dataset.key === article.dataset.key) return replace(old, article);
  if (old) remove(old);
  const into = day ? section(root, day) : root;
  const there = all(into);
  const older = there.find((one) => one.dataset.key < article.dataset.key);
  if (older) older.before(article);
  else if (there.length) there.at(-1).after(article);
  else into.append(article);
  for (const empty of [root.querySelector(".empty"), root.nextElementSibling]) if (empty?.matches(".empty")) empty.remove();
}

function replace(old, article) {
  if (old.isEqualNode(article)) return;
  const links = (one) => [...one.querySelectorAll("a, button, summary")];
  const held = links(old).indexOf(document.activeElement);
  old.replaceWith(article);
  links(article)[held]?.focus({ preventScroll: true });
}

/* Returns the list's own section of a day, made after the one that came if it has none. */
function section(root, day) {
  const there = [...root.querySelectorAll("[data-day]")];
  const own = there.find((one) => one.dataset.day === day.dataset.day);
  if (own) return own;
  const made = day.cloneNode(false);
  made.append(day.firstElementChild.cloneNode(true));
  const older = there.find((one) => one.dataset.day < day.dataset.day);
  if (older) older.before(made);
  else if (there.length) there.at(-1).after(made);
  else if (root.querySelector(":scope > .more")) root.querySelector(":scope > .more").before(made);
  else root.append(made);
  return made;
}

export function remove(article) {
  const day = article.closest("[data-day]");
  article.remove();
  if (day && !all(day).length) day.remove();
}
