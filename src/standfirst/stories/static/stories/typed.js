// Holds a press of Save or Publish until the form has all that the screen shows and no automatic save is under
// way. A rich text field hands its words to the form a quarter of a second after its last change, a lost focus
// among them, and later on a busy machine; a story's first automatic save turns the form into another one. A
// press in between would send less than the screen shows, or make a second story. A second press of the button
// sends nothing twice.
const LONGEST = 10000; // milliseconds
const ANSWERED = 20000; // by then the browser has left the page, or the press came to nothing

let saving = null; // what set off the newest automatic save, until the server has answered it
let state = "free"; // then "holding" while we wait, "sent" once the form has gone

// What a field has in common with the form: notes on the text are kept apart from it.
function written(raw) {
  const styled = (block) => block.inlineStyleRanges.filter(({ style }) => !style.startsWith("COMMENT-"));
  const blocks = raw?.blocks ?? [];
  return JSON.stringify([blocks.map((block) => [block.type, block.text, styled(block), block.entityRanges]), raw?.entityMap]);
}

function handedOver(input) {
  const shown = window.Draftail.serialiseEditorStateToRaw(input.draftailEditor.getEditorState());
  return written(shown) === written(JSON.parse(input.value));
}

const editors = (form) => [...form.elements].filter((input) => input.draftailEditor);

document.addEventListener("w-autosave:save", (event) => {
  if (state === "sent") event.preventDefault(); // it would arrive beside the press, as a second story
  else if (!event.defaultPrevented) saving = event.detail;
});
for (const name of ["w-autosave:success", "w-autosave:error"])
  document.addEventListener(name, (event) => {
    if (saving && event.detail.trigger === saving.trigger) saving = null;
  });

const pause = (time) => new Promise((done) => setTimeout(done, time));
const settled = (form) => !saving && editors(form).every(handedOver);

async function hold(form, submitter) {
  state = "holding";
  for (const end = Date.now() + LONGEST; Date.now() < end && !settled(form); ) await pause(50);
  // Wagtail turns the pressed button off while it waits; one that is off would not say which it was.
  if (submitter) submitter.disabled = false;
  state = "free";
  saving = null;
  form.requestSubmit(submitter);
}

function send() {
  state = "sent";
  setTimeout(() => (state = "free"), ANSWERED);
}

window.addEventListener(
  "submit",
  (event) => {
    if (!event.target.matches("[data-edit-form], [data-rich]")) return; // the second are forms of ours
    if (state === "free" && settled(event.target)) return send();
    event.preventDefault();
    event.stopImmediatePropagation();
    if (state === "free") hold(event.target, event.submitter);
  },
  true,
);
