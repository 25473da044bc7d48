// Writing the feed: keys that publish and save, and what is typed kept in this browser until the desk has it,
// so that a reload, a lost session or a lost line loses no word.
const KEPT_FOR = 86400000; // milliseconds: older than a day is nobody's any more
const ANSWERED = 20000; // by then the browser has left the page, or the press came to nothing
const OURS = ["csrfmiddlewaretoken", "form", "do"]; // not what somebody typed
const HIDDEN = ["version", "once"]; // kept with it, so that an old text is not taken for a change of a new one

const name = (key) => `standfirst.item.${key}`;
const fields = (form) => [...form.elements].filter(({ name, type }) => name && !OURS.includes(name) && type !== "submit");
const written = (form) => fields(form).map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value]);
const said = (values) => JSON.stringify(values.filter(([field]) => !HIDDEN.includes(field)));
const hasWords = (values) => values.some(([field, value]) => ["headline", "body", "source_name", "source_url"].includes(field) && value.trim());

function stored(storage, key) {
  try { return JSON.parse(storage.getItem(key)); } catch { return null; }
}

function store(storage, key, value) {
  try { storage.setItem(key, JSON.stringify(value)); } catch { /* no room, or not allowed: the form still holds it */ }
}

function forget(key) {
  try { localStorage.removeItem(name(key)); } catch { /* nothing was kept */ }
}

function keep(form) {
  const values = written(form);
  if ("new" in form.dataset && !hasWords(values)) forget(form.dataset.itemForm);
  else store(localStorage, name(form.dataset.itemForm), { at: Date.now(), values });
}

function restore(form) {
  const found = stored(localStorage, name(form.dataset.itemForm));
  if (!found?.values || Date.now() - found.at > KEPT_FOR || said(found.values) === said(written(form))) return;
  for (const [field, value] of found.values) {
    const input = form.elements[field];
    if (!input) continue;
    if (input.type === "checkbox") input.checked = value;
    else if (!(input.tagName === "SELECT") || [...input.options].some((option) => option.value === value)) input.value = value;
  }
  for (const more of form.querySelectorAll("details"))
    more.open ||= [...more.querySelectorAll("input, select")].some(({ name, value }) => name !== "source_status" && value);
  const notice = form.querySelector("[data-restored]");
  if (!notice) return;
  notice.hidden = false;
  notice.querySelector("button").addEventListener("click", () => {
    forget(form.dataset.itemForm);
    location.reload();
  });
}

// A press by key or by pointer; a second one sends nothing twice.
function watchPresses(form, rich) {
  form.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key !== "enter" && key !== "s") return;
    event.preventDefault(); // the browser's own "save page" is never meant here
    event.stopPropagation();
    const button = form.querySelector(key === "enter" ? "[data-publish]" : "[data-draft]");
    if (!button || form.dataset.sent || form.dataset.pressed) return;
    form.dataset.pressed = "yes";
    // An editor hands over what was typed a quarter of a second later.
    setTimeout(() => { delete form.dataset.pressed; form.requestSubmit(button); }, rich ? 400 : 0);
  }, true);
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, ANSWERED);
    if (!rich) store(sessionStorage, "standfirst.sent", { key: form.dataset.itemForm, said: said(written(form)) });
  });
  addEventListener("pageshow", () => delete form.dataset.sent); // come back to by the browser's Back
}

function take(form) {
  const rich = "rich" in form.dataset; // its text is in an editor of its own, which cannot be filled in from here
  const wrong = form.querySelector(".sf-item__field--wrong");
  const alert = form.querySelector("[role=alert]");
  if (!rich) {
    if (wrong || alert) keep(form); // the desk has sent back what was typed
    else restore(form);
    form.addEventListener("input", () => keep(form));
  }
  form.querySelector("[data-leave]")?.addEventListener("click", () => forget(form.dataset.itemForm));
  watchPresses(form, rich);
  const place = wrong?.querySelector("input, select, textarea") ?? alert ?? form.elements.headline;
  if (wrong || alert || !location.hash || !("new" in form.dataset)) place?.focus();
}

// The desk has it: what this browser kept is not needed any more, unless another tab has typed on.
for (const { dataset } of document.querySelectorAll("[data-taken]")) {
  const sent = stored(sessionStorage, "standfirst.sent");
  const found = stored(localStorage, name(dataset.taken));
  if (found && (sent?.key !== dataset.taken || sent.said === said(found.values))) forget(dataset.taken);
}
document.querySelectorAll("[data-item-form]").forEach(take);
