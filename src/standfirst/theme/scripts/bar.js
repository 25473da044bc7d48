/* The strip on the screen: what a reader has closed stays away, what is over leaves, nothing focused is covered. */
import { keep, recall } from "./memory.js";
import { words } from "./words.js";

export function show(part) {
  const closed = recall("closed").split(" ");
  for (const item of part?.querySelectorAll("li") ?? []) if (closed.includes(item.id)) item.remove();
  const old = document.querySelector("body > .flash");
  if (!part?.querySelector("li")) old?.remove();
  else if (old && [...old.children].some((list) => list.isEqualNode(part.firstElementChild))) return;
  else {
    const close = document.createElement("button");
    close.type = "button";
    close.className = "flash__close";
    close.setAttribute("aria-label", words.close);
    close.addEventListener("click", () => {
      keep("closed", [...closed.slice(-50), ...[...part.querySelectorAll("li")].map((item) => item.id)].join(" ").trim());
      part.remove();
      room();
    });
    part.append(close);
    part.addEventListener("ended", () => queueMicrotask(() => part.querySelector("li") || part.remove()));
    if (old) old.replaceWith(part);
    else document.body.append(part);
  }
  room();
}

/* What is focused scrolls clear of the strip, and the foot of the page above it. */
function room() {
  const high = document.querySelector("body > .flash")?.offsetHeight ?? 0;
  document.documentElement.style.setProperty("--strip", `${high}px`);
}
addEventListener("resize", room);
