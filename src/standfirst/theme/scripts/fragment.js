/* Puts a baked fragment into its slot. Without scripts the frame beside the slot shows the same file. */
for (const slot of document.querySelectorAll("[data-fragment]")) {
  fetch(slot.dataset.fragment)
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((text) => {
      const part = new DOMParser().parseFromString(text, "text/html").querySelector("[data-part]");
      if (part) slot.replaceChildren(document.adoptNode(part));
    })
    .catch(() => {});
}
