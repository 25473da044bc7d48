/* How much is new, in words of the page's language; said aloud where the page has a voice, at most once a minute;
   and the reader's wish for quiet, which this browser remembers. */
import { keep, recall, whenTold } from "./memory.js";
import { words } from "./words.js";

const QUIET = 60000, BREATH = 1000;  // milliseconds
const rules = new Intl.PluralRules(document.documentElement.lang);
let unsaid = 0, said = -QUIET, timer;

export const paused = () => recall("pause") === "yes";

/* Returns a number in the words called `what`: these have a form for each kind of number. */
export function counted(what, number) {
  const forms = JSON.parse(words[what] ?? "{}");
  return (forms[rules.select(number)] ?? forms.other ?? "#").replace("#", number);
}

export function heard() {
  const voice = document.querySelector("[data-voice]");
  if (!voice || paused()) return;
  unsaid += 1;
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (paused()) return;
    voice.textContent = counted("heard", unsaid);
    said = performance.now();
    unsaid = 0;
  }, Math.max(BREATH, said + QUIET - performance.now()));
}

function dress() {
  for (const button of document.querySelectorAll("[data-pause]")) {
    button.setAttribute("aria-pressed", paused());
    button.hidden = false;
  }
  document.dispatchEvent(new Event("pause"));
}

document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-pause]")) return;
  keep("pause", paused() ? "no" : "yes");
  unsaid = 0;
  dress();
});
for (const ready of ["words", "fragment"]) document.addEventListener(ready, () => words.close && dress());
whenTold("pause", dress);
