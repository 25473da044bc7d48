/* The button that says how much waits. It lies over the head of its list and takes no room. */
import { counted } from "./voice.js";

export function offer(root, count, show) {
  let button = root.querySelector("[data-new]");
  if (!count) return button?.parentNode.remove();
  if (!button) {
    const bar = document.createElement("div");
    bar.className = "feed-new";
    button = bar.appendChild(document.createElement("button"));
    button.type = "button";
    button.dataset.new = "";
    button.addEventListener("click", () => {
      const first = show(root);
      root.scrollIntoView();
      first?.querySelector("a")?.focus({ preventScroll: true });
    });
    root.prepend(bar);
  }
  button.textContent = counted("new", count);
}
