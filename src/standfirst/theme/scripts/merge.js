/* Puts items into a feed and takes them out: newest first, by the instant and then the id; each is there once. */
export const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
export const find = (root, id) => root.querySelector(`#${CSS.escape(id)}`);
export const items = (root) => [...root.querySelectorAll("article[data-key]")];

function dayIn(root, day) {
  const there = root.querySelector(`[data-day="${day.dataset.day}"]`);
  if (there) return there;
  const made = document.adoptNode(day.cloneNode(false));
  made.append(day.firstElementChild.cloneNode(true));
  const days = [...root.querySelectorAll("[data-day]")];
  const older = days.find((one) => one.dataset.day < day.dataset.day);
  if (older) older.before(made);
  else if (days.length) days.at(-1).after(made);
  else root.append(made);
  return made;
}

/* Returns those items of a day that were not there before. */
export function merge(root, day) {
  return items(day).filter((item) => {
    document.adoptNode(item);
    const there = find(root, item.id);
    if (there) return there.replaceWith(item);
    const into = dayIn(root, day);
    const older = items(into).find((one) => one.dataset.key < item.dataset.key);
    older ? older.before(item) : into.append(item);
    return true;
  });
}

export function remove(root, id) {
  const item = find(root, id);
  const day = item?.closest("[data-day]");
  item?.remove();
  if (day && !items(day).length) day.remove();
}
