/* What one tab hears it hands on to the others; a tab that has just opened asks what came in the last moments. */
import { position, take } from "./changes.js";

const NAME = "standfirst.wire", ASK = "what?", JUST_NOW = 30000;  // milliseconds
let channel = null, leading = false;
let recent = [];

export function join() {
  if (!channel) {
    channel = new BroadcastChannel(NAME);
    channel.onmessage = answer;
  }
  channel.postMessage(ASK);
}

export function leave() {
  channel?.close();
  channel = null;
}

/* Only the tab that leads answers. */
export function leads(value) {
  leading = value;
}

function answer({ data }) {
  if (data !== ASK) take(data);
  else if (leading && position() !== null) {
    const changes = recent.flatMap((one) => one.changes);
    channel.postMessage({ before: recent[0]?.before ?? position(), changes, at: position() });
  }
}

/* Takes changes that lead from the edition `before` to `at`, and hands them on. */
export function handOn(changes, at, before = position() ?? at) {
  const now = performance.now(), message = { before, changes, at };
  recent = [...recent.filter((one) => now - one.now < JUST_NOW), { ...message, now }];
  channel?.postMessage(message);
  return take(message);
}
