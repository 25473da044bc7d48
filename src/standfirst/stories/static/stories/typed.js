// Holds a press of Save or Publish until the form has all that was typed and no automatic save is under way.
// The rich text fields hand their words to the form a quarter of a second after the last key, and a story's
// first automatic save turns the form into another one: a press in between would send less than the screen
// shows, or make a second story. A second press of the button sends nothing twice.
const HANDED_OVER = 300; // milliseconds after the last key
const LONGEST = 5000;
const ANSWERED = 20000; // by then the browser has left the page, or the press came to nothing

let typed = 0;
let saving = null; // what set off the newest automatic save, until the server has answered it
let state = "free"; // then "holding" while we wait, "sent" once the form has gone

const note = (event) => {
  if (event.target.isContentEditable) typed = Date.now();
};
for (const name of ["keydown", "beforeinput", "input", "paste", "drop", "compositionend"])
  document.addEventListener(name, note, true);

document.addEventListener("w-autosave:save", (event) => {
  if (state === "sent") event.preventDefault(); // it would arrive beside the press, as a second story
  else if (!event.defaultPrevented) saving = event.detail;
});
for (const name of ["w-autosave:success", "w-autosave:error"])
  document.addEventListener(name, (event) => {
    if (saving && event.detail.trigger === saving.trigger) saving = null;
  });

const pause = (time) => new Promise((done) => setTimeout(done, time));
const settled = () => !saving && Date.now() - typed > HANDED_OVER;

async function hold(form, submitter) {
  state = "holding";
  for (const end = Date.now() + LONGEST; Date.now() < end && !settled(); ) await pause(50);
  // Wagtail turns the pressed button off while it waits; one that is off would not say which it was.
  if (submitter) submitter.disabled = false;
  state = "free";
  saving = null;
  typed = 0;
  form.requestSubmit(submitter);
}

function send() {
  state = "sent";
  setTimeout(() => (state = "free"), ANSWERED);
}

window.addEventListener(
  "submit",
  (event) => {
    if (!event.target.matches("[data-edit-form]")) return;
    if (state === "free" && settled()) return send();
    event.preventDefault();
    event.stopImmediatePropagation();
    if (state === "free") hold(event.target, event.submitter);
  },
  true,
);
