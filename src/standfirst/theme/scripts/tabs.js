/* One tab of a browser holds the stream and hands on what comes to the others. When it closes, or is out of sight, the
   next one goes on from the edition that it had reached: nothing is lost, nothing comes twice. */
import { forget, position, take } from "./changes.js";
import { follow, newest, soon } from "./stream.js";

const NAME = "standfirst.wire", ASK = "what?";
const BEGIN = 1000, JUST_NOW = 30000, HIDDEN = 30000, POLL = 15000, LONGEST = 300000;  // milliseconds
const shared = "BroadcastChannel" in self && navigator.locks;  // else each tab asks for the file, and holds no stream
let channel, turn, resting, leading = false;
let recent = [];  // what was handed on in the last moments, for tabs that open just now

function handOn(changes, at, before = position() ?? at) {
  const now = performance.now(), message = { before, changes, at };
  recent = [...recent.filter((one) => now - one.now < JUST_NOW), { ...message, now }];
  channel?.postMessage(message);
  return take(message);
}

function event(name, seq, data) {
  if (name === "hello") return handOn([], seq);
  if (name === "change") return handOn([data], Math.max(seq, position()));
  if (name !== "reload") return null;
  if (position() > seq) forget();
  return handOn([], seq, seq);
}

async function lead(signal) {
  for (let failed = 0; !signal.aborted; ) {
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
    if (file?.at > (position() ?? -1)) {
      await handOn(file.events.filter((one) => !(one.seq <= position())), file.at, file.since);
    }
    await soon(POLL, signal);
  }
}

function answer({ data }) {
  if (data !== ASK) take(data);
  else if (leading && position() !== null) {
    const changes = recent.flatMap((one) => one.changes);
    channel.postMessage({ before: recent[0]?.before ?? position(), changes, at: position() });
  }
}

/* Stands for the lead while somebody looks at this tab. */
function stand() {
  clearTimeout(resting);
  if (turn || document.hidden) return;
  const { signal } = turn = new AbortController();
  if (!shared) return lead(signal);
  channel ??= Object.assign(new BroadcastChannel(NAME), { onmessage: answer });
  channel.postMessage(ASK);
  navigator.locks.request(NAME, { signal }, () => {
    leading = true;
    return lead(signal).finally(() => leading = false);
  }).catch(() => {});  // not its turn any more
}

function rest() {
  turn?.abort();
  turn = null;
}

addEventListener("pagehide", () => {
  rest();
  channel?.close();
  channel = null;
});
addEventListener("pageshow", ({ persisted }) => persisted && stand());
document.addEventListener("visibilitychange", () => {
  if (document.hidden) resting = setTimeout(rest, HIDDEN);
  else stand();
});
const begin = () => setTimeout(stand, BEGIN);  // after all that the page itself needs
if (document.readyState === "complete") begin();
else addEventListener("load", begin);
