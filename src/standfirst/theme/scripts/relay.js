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

const fresh = (one) => performance.now() - one.now < JUST_NOW;

function answer({ data }) {
  if (data !== ASK) return take(data);
  if (!leading || position() === null) return;
  recent = recent.filter(fresh);
  const changes = recent.flatMap((one) => one.changes), again = recent.some((one) => one.again);
  channel.postMessage({ before: recent[0]?.before ?? position(), changes, at: position(), again });
}

/* Takes a message, and hands it on: changes that lead from the edition `before` to `at`. */
export function handOn(message) {
  const whole = { before: position() ?? message.at, changes: [], ...message };
  recent = [...recent.filter(fresh), { ...whole, now: performance.now() }];
  channel?.postMessage(whole);
  return take(whole);
}
