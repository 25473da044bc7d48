/* One tab of a browser holds the stream. When it closes, or is out of sight, the next one goes on from the edition that
   it had reached: nothing is lost, nothing comes twice. */
import { position } from "./changes.js";
import { handOn, join, leads, leave } from "./relay.js";
import { follow, newest, soon } from "./stream.js";

// Milliseconds.
const BEGIN = 1000, HIDDEN = 30000, POLL = 15000, LONGEST = 300000;
// Else each tab asks for the file, and none holds a stream.
const shared = "BroadcastChannel" in self && navigator.locks;
let turn, resting;

function event(name, seq, data) {
  if (name === "hello") return handOn({ at: seq });
  if (name === "change") return handOn({ changes: [data], at: Math.max(seq, position()) });
  return name === "reload" && handOn({ at: seq, again: true });
}

async function lead(signal) {
  for (let failed = 0; !signal.aborted;) {
    const { open, wait } = shared ? await follow(position(), event, signal) : { wait: 0 };
    failed = open ? 0 : failed + 1;
    if (failed) await ask(Date.now() + Math.min(LONGEST, POLL * 2 ** failed), signal);
    else await soon(wait, signal);
  }
}

/* Asks for the file instead, where no stream comes through. */
async function ask(end, signal) {
  while (Date.now() < end && !signal.aborted) {
    const file = await newest();
    if (file?.at > position()) {
      const changes = file.events.filter((one) => !(one.seq <= position()));
      await handOn({ changes, at: file.at, before: file.since });
    }
    await soon(POLL, signal);
  }
}

/* Stands for the lead while somebody looks at this tab. */
function stand() {
  clearTimeout(resting);
  if (turn || document.hidden) return;
  const { signal } = turn = new AbortController();
  if (!shared) return lead(signal);
  join();
  navigator.locks.request("standfirst.wire", { signal }, () => {
    leads(true);
    return lead(signal).finally(() => leads(false));
  }).catch(() => {});
}

function rest() {
  turn?.abort();
  turn = 0;
}

addEventListener("pagehide", () => {
  rest();
  leave();
});
addEventListener("pageshow", ({ persisted }) => persisted && stand());
document.addEventListener("visibilitychange", () => {
  if (document.hidden) resting = setTimeout(rest, HIDDEN);
  else stand();
});
// After all that the page itself needs.
const begin = () => setTimeout(stand, BEGIN);
if (document.readyState === "complete") begin();
else addEventListener("load", begin);
