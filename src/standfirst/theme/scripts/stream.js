/* The stream of changes (server-sent events, read by fetch: only so a new tab can say where the last one stood). */
import { arrive, ask, onChange, position, shared, stand } from "./changes.js";
import { soon } from "./memory.js";

const STREAM = "/-/events", PATIENCE = 8000, POLL = 20000, BLOCKED = 300000;  // milliseconds

async function take(block, said) {
  const lines = Object.fromEntries(block.split("\n").map((line) => line.split(/: ?(.*)/s)));
  if (lines.retry) said.pause = Number(lines.retry);
  if (lines.event === "hello") stand(Number(lines.id));
  if (lines.event === "reload") await ask();
  if (lines.event === "change") arrive(JSON.parse(lines.data));
}

async function listen() {
  const said = { heard: false, pause: 3000 }, asking = new AbortController();
  const patience = setTimeout(() => asking.abort(), PATIENCE);
  try {
    const headers = position() ? { "Last-Event-ID": String(position()) } : {};
    const answer = await fetch(STREAM, { headers, signal: asking.signal, cache: "no-store" });
    if (!answer.ok) return { ...said, pause: 1000 * (answer.headers.get("retry-after") || 10) };
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ""; ; ) {
      const { value, done } = await reader.read();
      if (done) break;
      clearTimeout(patience);
      said.heard = true;
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop();
      for (const block of blocks) await take(block, said);
    }
  } catch { /* broken off, or never begun */ }
  clearTimeout(patience);
  return said;
}

async function lead() {
  for (let blocked = 0; ; ) {
    const { heard, pause } = await listen();
    blocked = heard ? 0 : blocked + 1;
    for (const end = Date.now() + BLOCKED; blocked > 1 && Date.now() < end; ) {
      if (!document.hidden) await ask();
      await soon(POLL);
    }
    await soon(pause);
  }
}

export function follow(taker) {
  onChange(taker);
  if (shared) navigator.locks.request("standfirst.stream", lead);
  else setInterval(() => document.hidden || ask(), POLL);
}
