/* The live feed: what is new comes to open pages, one stream a browser however many tabs. The pages are whole
   without it. Every change has the number of its edition; each tab takes it once, in order, and an item that is
   there already is replaced in its place. Where streams do not come through, the file of changes is asked for. */
const STREAM = "/-/events", FILE = "/_f/wire/";
const PATIENCE = 8000, POLL = 20000, QUIET = 60000, AGAIN = 300000;  // milliseconds
const own = document.querySelector("script[data-breaking]").dataset;
const roots = () => [...document.querySelectorAll("[data-live]")];
const soon = (least) => new Promise((done) => setTimeout(done, least * (1 + Math.random() / 2)));
const memory = (name, value) => {
  try {
    return value === undefined ? localStorage.getItem(`standfirst.${name}`) : localStorage.setItem(`standfirst.${name}`, value);
  } catch {
    return null;
  }
};
let late = 0;  // by how much this machine's clock is behind the server's

function parts(html) {
  return new DOMParser().parseFromString(html, "text/html").querySelectorAll(".feed-day");
}

/* Puts a day's items into a feed: newest first, by the instant and then the id. Returns those that were not there. */
function merge(root, day) {
  const fresh = [];
  for (const item of [...day.querySelectorAll("article[data-key]")]) {
    document.adoptNode(item);
    const there = root.querySelector(`#${CSS.escape(item.id)}`);
    if (there) {
      there.replaceWith(item);
      continue;
    }
    let into = root.querySelector(`[data-day="${day.dataset.day}"]`);
    if (!into) {
      into = document.adoptNode(day.cloneNode(false));
      into.append(document.adoptNode(day.firstElementChild.cloneNode(true)));
      const days = [...root.querySelectorAll(".feed-day")];
      const older = days.find((one) => one.dataset.day < day.dataset.day);
      if (older) older.before(into);
      else if (days.length) days.at(-1).after(into);
      else (root.querySelector(".latest__title")?.after(into), into.parentNode || root.append(into));
    }
    const older = [...into.querySelectorAll("article")].find((one) => one.dataset.key < item.dataset.key);
    older ? older.before(item) : into.append(item);
    fresh.push(item);
  }
  return fresh;
}

function remove(root, id) {
  const item = root.querySelector(`#${CSS.escape(`i-${id}`)}`);
  const day = item?.closest(".feed-day");
  item?.remove();
  if (day && !day.querySelector("article")) day.remove();
}

/* New items wait behind a button while a reader is in the middle of the feed, or has asked for quiet. */
const waiting = new Map();  // feed to the days that wait, by the item's id
const asked = () => memory("pause") === "yes";
const reading = (root) => root.getBoundingClientRect().top < 0 || root.contains(document.activeElement);

function show(root) {
  const days = waiting.get(root);
  if (!days) return [];
  waiting.delete(root);
  const fresh = [...days.values()].flatMap((day) => merge(root, day));
  const most = Number(root.dataset.most) || Infinity;
  for (const item of [...root.querySelectorAll("article")].slice(most)) remove(root, item.id.slice(2));
  root.querySelector("[data-new]")?.remove();
  return fresh;
}

function offer(root) {
  let button = root.querySelector("[data-new]");
  if (!button) {
    button = document.createElement("button");
    button.type = "button";
    button.className = "feed-new";
    button.dataset.new = "";
    button.addEventListener("click", () => {
      show(root);
      root.scrollIntoView({ block: "start" });
      root.querySelector("article a")?.focus({ preventScroll: true });
    });
    root.prepend(button);
  }
  button.textContent = own.new.replace("#", waiting.get(root).size);
}

function take(change) {
  for (const root of roots()) {
    if (change.state === "gone") {
      waiting.get(root)?.delete(change.id);
      remove(root, change.id);
      if (waiting.get(root)?.size) offer(root);
      else root.querySelector("[data-new]")?.remove();
      continue;
    }
    if (change.kind !== "item" || change.language !== document.documentElement.lang) continue;
    const there = root.querySelector(`#${CSS.escape(`i-${change.id}`)}`);
    if (root.dataset.topic && !change.topics.includes(root.dataset.topic)) {
      if (there) remove(root, change.id);
      continue;
    }
    const [day] = parts(change.html);
    if (!day) continue;
    if (there) {
      merge(root, day);
      continue;
    }
    const last = [...root.querySelectorAll("article")].at(-1);
    if (last && day.querySelector("article").dataset.key < last.dataset.key) continue;  // older than what is shown
    if (!waiting.has(root)) waiting.set(root, new Map());
    waiting.get(root).set(change.id, day);
    if (reading(root) || asked()) offer(root);
    else show(root);
    announce();
  }
  if (change.breaking) strip(change.id);
  else if (document.querySelector(`#b-${CSS.escape(change.id)}`)) strip();
}

/* Said aloud on the feed's own page alone: how many, at most once a minute. */
const voice = document.querySelector("[data-voice]");
let unsaid = 0, said = 0, saying = 0;
function announce() {
  if (!voice || asked()) return;
  unsaid += 1;
  clearTimeout(saying);
  saying = setTimeout(() => {
    said = Date.now();
    voice.textContent = own.heard.replace("#", unsaid);
    unsaid = 0;
  }, Math.max(1000, said + QUIET - Date.now()));
}
const pause = document.querySelector("[data-pause]");
if (pause) {
  const tell = () => {
    pause.setAttribute("aria-pressed", asked());
    pause.hidden = false;
  };
  pause.addEventListener("click", () => {
    memory("pause", asked() ? "no" : "yes");
    tell();
    if (!asked()) for (const root of roots()) if (!reading(root)) show(root);
  });
  tell();
}

/* The strip of breaking news. Closed, it stays away until there is something else. */
async function flash() {
  const answer = await fetch(own.breaking).catch(() => null);
  if (!answer?.ok) return null;
  late = Date.parse(answer.headers.get("date")) - Date.now() || 0;
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-part]");
}
async function strip(wanted) {
  let part;
  for (let tries = 0; tries < 5; tries++) {  // the strip may be a moment later than the change that speaks of it
    if (tries) await soon(1000);
    part = await flash();
    if (!wanted || part?.querySelector(`#b-${CSS.escape(wanted)}`)) break;
  }
  const closed = (memory("closed") || "").split(" ");
  for (const item of part?.querySelectorAll("li") ?? []) if (closed.includes(item.id)) item.remove();
  document.querySelector("body > .flash")?.remove();
  if (!part?.querySelector("li")) return;
  document.adoptNode(part);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "flash__close";
  close.textContent = "×";
  close.setAttribute("aria-label", own.close);
  close.addEventListener("click", () => {
    memory("closed", [...part.querySelectorAll("li")].map((item) => item.id).join(" "));
    part.remove();
  });
  part.append(close);
  document.body.append(part);
}

/* A flag ends on pages that are open, too, by the server's clock. */
setInterval(() => {
  const now = new Date(Date.now() + late).toISOString();
  for (const flag of document.querySelectorAll("[data-until]")) {
    if (flag.dataset.until > now) continue;
    const list = flag.closest(".flash");
    flag.closest("article")?.classList.remove("item--breaking");
    flag.remove();
    if (list && !list.querySelector("li")) list.remove();
  }
}, 1000);

/* Changes: taken once, in order, and handed to the other tabs. */
const tabs = "BroadcastChannel" in self ? new BroadcastChannel("standfirst") : null;
let reached = Number(memory("reached")?.split(" ")[0]) || 0;
const mine = new Map();  // item to the edition that this tab has
function apply(change) {
  if (change.seq <= (mine.get(change.id) || 0)) return;
  mine.set(change.id, change.seq);
  take(change);
}
function arrive(change) {
  apply(change);
  tabs?.postMessage(change);
  reached = Math.max(reached, change.seq);
  memory("reached", `${reached} ${Date.now()}`);
}
if (tabs) tabs.onmessage = ({ data }) => apply(data);

async function ask() {
  const answer = await fetch(FILE).catch(() => null);
  if (!answer?.ok) return;
  const { since, events } = await answer.json();
  if (reached && reached < since && roots().some((root) => root.matches(".feed__days"))) return location.reload();
  for (const change of events) if (change.seq > reached) arrive(change);
  if (!reached) reached = events.at(-1)?.seq ?? 0;
}

async function listen() {
  const asking = new AbortController();
  let hello = setTimeout(() => asking.abort(), PATIENCE);
  let pause = 3000, heard = false;
  try {
    const [, at] = (memory("reached") || "0 0").split(" ");
    const headers = reached && Date.now() - at < AGAIN ? { "Last-Event-ID": String(reached) } : {};
    const answer = await fetch(STREAM, { headers, signal: asking.signal, cache: "no-store" });
    if (!answer.ok) return { heard, pause: 1000 * (answer.headers.get("retry-after") || 10) };
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ""; ; ) {
      const { value, done } = await reader.read();
      if (done) break;
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop();
      for (const block of blocks) {
        const lines = Object.fromEntries(block.split("\n").map((line) => line.split(/: ?(.*)/s)));
        if (lines.retry) pause = Number(lines.retry);
        clearTimeout(hello);
        heard = true;
        if (lines.event === "hello" && !headers["Last-Event-ID"]) reached = Number(lines.id);
        if (lines.event === "reload") await ask();
        if (lines.event === "change") arrive(JSON.parse(lines.data));
      }
    }
  } catch { /* broken off, or never begun */ }
  clearTimeout(hello);
  return { heard, pause };
}

async function lead() {
  for (let blocked = 0; ; ) {
    const { heard, pause } = await listen();
    blocked = heard ? 0 : blocked + 1;
    for (const end = Date.now() + (blocked > 1 ? AGAIN : 0); blocked > 1 && Date.now() < end; ) {
      if (!document.hidden) await ask();
      await soon(POLL);
    }
    await soon(pause);
  }
}

/* Older items, from the pages of their days: what is there is not shown again, and nothing in between is left out. */
const more = document.querySelector("a[data-more]");
async function page(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}
async function older(root) {
  const links = (where, what) => [...where.querySelectorAll(`a[${what}]`)].map((link) => link.getAttribute("href"));
  const last = [...root.querySelectorAll("article")].at(-1);
  const day = last.closest(".feed-day").dataset.day;
  const dated = (path) => path.match(/\d{4}\/\d\d(\/\d\d)?/)[0].replaceAll("/", "-");
  const days = links(document, "data-day-page");
  for (const month of links(document, "data-month-page")) {
    if (dated(month) > day.slice(0, 7)) continue;
    const known = days.some((path) => dated(path).startsWith(dated(month)));
    for (const path of known ? days : links(await page(month), "data-day-page")) {
      if (dated(path) > day || !dated(path).startsWith(dated(month))) continue;
      const found = [...(await page(path)).querySelectorAll("article[data-key]")];
      const next = found.filter((item) => item.dataset.key < last.dataset.key);
      if (!next.length) continue;
      const into = next[0].closest(".feed-day");
      for (const item of found) if (!next.includes(item)) item.remove();
      return merge(root, into);
    }
  }
  return [];
}
more?.addEventListener("click", async (event) => {
  event.preventDefault();
  const root = document.querySelector(".feed__days");
  try {
    const [first] = await older(root);
    if (first) first.querySelector("a").focus({ preventScroll: true });
    else more.parentElement.remove();
  } catch {
    location.href = more.href;
  }
});

strip();
if (navigator.locks && tabs) navigator.locks.request("standfirst.stream", lead);
else setInterval(() => document.hidden || ask(), POLL);
