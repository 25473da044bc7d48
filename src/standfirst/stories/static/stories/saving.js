// A press of a button waits for an automatic save that is under way. Without this, the first automatic save of
// a new story and its publish would each make a page, and the second be refused its address.
const known = new WeakSet();

function orderly(form) {
  if (known.has(form)) return;
  known.add(form);
  const autosave = window.wagtail.app.getControllerForElementAndIdentifier(form, "w-autosave");
  if (!autosave || !autosave.submit.restore) return;
  let underWay = null;
  const send = autosave.submit.restore();
  autosave.submit = (...given) => {
    underWay = send(...given).finally(() => { underWay = null; });
    return underWay;
  };
  autosave.intervalValueChanged(autosave.intervalValue); // puts the delay around it again

  form.addEventListener("submit", (event) => {
    autosave.submit.cancel(); // what has not been sent yet goes with the press
    autosave.activeValue = false;
    if (!underWay) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    underWay.finally(() => {
      if (button && button.name) { // it may be disabled by now, and would be left out
        const pressed = Object.assign(document.createElement("input"), { type: "hidden" });
        form.append(Object.assign(pressed, { name: button.name, value: button.value }));
      }
      form.requestSubmit();
    });
  }, true);
}

// Sent two seconds after the form is there, before it can save by itself, and again after each such save.
document.addEventListener("w-unsaved:watch-edits", (event) => orderly(event.target));
