/* What this browser remembers for its reader: never needed, never an account. */
const name = (what) => `standfirst.${what}`;

export function recall(what) {
  try {
    return localStorage.getItem(name(what)) ?? "";
  } catch {
    return "";  // refused
  }
}

export function keep(what, value) {
  try {
    localStorage.setItem(name(what), value);
  } catch { /* for this page only, then */ }
}

/* Another tab was told something. */
export function whenTold(what, then) {
  addEventListener("storage", (event) => event.key === name(what) && then());
}
