/* How many items are new is said aloud on the feed's own page, at most once a minute; a pause is remembered. */
import { memory, own } from "./memory.js";

const QUIET = 60000;  // milliseconds
const voice = document.querySelector("[data-voice]");
const pause = document.querySelector("[data-pause]");
let unsaid = 0, said = 0, saying = 0;

export const paused = () => memory("pause") === "yes";

export function announce() {
  if (!voice || paused()) return;
  unsaid += 1;
  clearTimeout(saying);
  saying = setTimeout(() => {
    said = Date.now();
    voice.textContent = own.heard.replace("#", unsaid);
    unsaid = 0;
  }, Math.max(1000, said + QUIET - Date.now()));
}

/* Shows the button that asks for quiet; `resume` is called when a reader wants news again. */
export function offerPause(resume) {
  if (!pause) return;
  const tell = () => pause.setAttribute("aria-pressed", paused());
  pause.addEventListener("click", () => {
    memory("pause", paused() ? "no" : "yes");
    tell();
    if (!paused()) resume();
  });
  pause.hidden = false;
  tell();
}
