/* Puts baked fragments into their slots. Without scripts the frame in the slot shows the same file. What the page
   has already, its own story or those it leads on to, is left out of a fragment that says so. What is live begins
   when the page is there, since reading comes first; on the feed's own pages at once. */
const here = new Set([location.pathname]);
for (const link of document.querySelectorAll(".trail a")) here.add(link.pathname);

// One after the other, as they stand: what is below is not there yet when what is above it grows.
let before = Promise.resolve();
for (const slot of document.querySelectorAll("[data-fragment]")) {
  const asked = fetch(slot.dataset.fragment).then((answer) => (answer.ok ? answer.text() : "")).catch(() => "");
  before = before
    .then(() => asked)
    .then((text) => {
      const part = new DOMParser().parseFromString(text, "text/html").querySelector("[data-part]");
      if (!part) return slot.remove();
      document.adoptNode(part);
      const once = [...part.querySelectorAll("[data-once]")];
      const shown = once.filter((item) => !here.has(item.querySelector("a").pathname) || item.remove());
      if (once.length && !shown.length) return slot.remove();
      slot.replaceChildren(part);
      slot.classList.remove("slot");  // the room that was kept for it
      part.dispatchEvent(new Event("fragment", { bubbles: true }));
    })
    .catch(() => slot.remove());
}

const own = document.querySelector("script[data-module]").dataset;
addEventListener("load", () => setTimeout(() => import(own.module), "soon" in own ? 0 : 2500));
