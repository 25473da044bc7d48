// Writing the feed: keys that publish and save, and what is typed kept in this browser until the desk has it,
// so that a reload, a lost session or a lost line loses no word.
const KEPT_FOR = 86400000; // milliseconds: older than a day is nobody's any more

const name = (form) => `standfirst.item.${form.dataset.itemForm}`;
const fields = (form) => [...form.elements].filter(({ name, type }) => name && !["csrfmiddlewaretoken", "version", "do"].includes(name) && type !== "submit");
const written = (form) => JSON.stringify(fields(form).map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value]));

function kept(form) {
  try {
    const { at, fields } = JSON.parse(localStorage.getItem(name(form)));
    return Date.now() - at < KEPT_FOR ? fields : null;
  } catch {
    return null;
  }
}

function forget(form) {
  try { localStorage.removeItem(name(form)); } catch { /* nothing was kept */ }
}

function keep(form) {
  try {
    localStorage.setItem(name(form), JSON.stringify({ at: Date.now(), fields: JSON.parse(written(form)) }));
  } catch { /* no room, or not allowed: the form still holds it */ }
}

function fill(form, found) {
  for (const [field, value] of found) {
    const input = form.elements[field];
    if (!input) continue;
    if (input.type === "checkbox") input.checked = value;
    else input.value = value;
  }
}

function take(form) {
  const first = written(form);
  const wrong = form.querySelector(".sf-item__field--wrong");
  const rich = "rich" in form.dataset; // its text is in an editor of its own, which cannot be filled in from here
  const found = rich || wrong || form.querySelector("[role=alert]") ? null : kept(form);
  if (found && JSON.stringify(found) !== first) fill(form, found);
  if (!rich) form.addEventListener("input", () => keep(form));
  form.addEventListener("submit", () => { form.dataset.sent = "yes"; });
  form.querySelector("[data-leave]")?.addEventListener("click", () => forget(form));
  form.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    const button = event.key === "Enter" ? form.querySelector("[data-publish]") : event.key === "s" ? form.querySelector("[data-draft]") : null;
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    if (form.dataset.sent || form.dataset.pressed) return; // a second press sends nothing twice
    form.dataset.pressed = "yes";
    // An editor hands over what was typed a quarter of a second later.
    setTimeout(() => { delete form.dataset.pressed; form.requestSubmit(button); }, rich ? 400 : 0);
  }, true);
  const place = wrong ? wrong.querySelector("input, select, textarea") : form.elements.headline;
  if (wrong || form.dataset.itemForm === "new" ? !location.hash : true) place?.focus();
}

// The desk has it: what this browser kept is not needed any more.
for (const done of document.querySelectorAll(".messages .success")) {
  for (let place = localStorage.length - 1; place >= 0; place--) {
    const key = localStorage.key(place);
    if (done && key?.startsWith("standfirst.item.") && key === sessionStorage.getItem("standfirst.sent")) localStorage.removeItem(key);
  }
}
for (const form of document.querySelectorAll("[data-item-form]")) {
  form.addEventListener("submit", () => { try { sessionStorage.setItem("standfirst.sent", name(form)); } catch { /* kept a day then */ } });
  take(form);
}
