/* The words for what scripts say, and how it looks: both come with the file of what is new, so that pages are lighter. */
export const words = {};

export function learn(file) {
  Object.assign(words, file.querySelector("[data-words]")?.dataset);
  const sheet = file.querySelector("link[data-sheet]");
  const ready = () => document.dispatchEvent(new Event("words"));
  if (!sheet || document.querySelector(`link[href="${sheet.getAttribute("href")}"]`)) return ready();
  sheet.onload = ready;
  document.head.append(document.adoptNode(sheet));
}
