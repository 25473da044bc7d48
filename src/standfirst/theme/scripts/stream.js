/* The two ways to the server: a stream of changes, read as it comes, and the file of the newest ones. The stream
   is fetched, not an EventSource: that cannot go on where another tab ended, nor tell silence from a lost line. */
const PATIENCE = 8000, SILENCE = 50000, AGAIN = 3000;  // milliseconds; a sign of life comes every 15 seconds

/* Waits, by chance half as long again, so that not all come at once; not on when `ended` says so. */
export const soon = (least, ended) => new Promise((done) => {
  setTimeout(done, least * (1 + Math.random() / 2));
  ended?.addEventListener("abort", done, { once: true });
});

/* Reads until the stream ends. `on` is called with the name, the number and the data of each event. Returns
   when to come back, and whether streams get through at all: a server may be full, a proxy may hold them back. */
export async function follow(reached, on, ended) {
  const lost = new AbortController();
  const giveUp = () => lost.abort();
  ended.addEventListener("abort", giveUp);
  let timer = setTimeout(giveUp, PATIENCE);
  let wait = AGAIN, open = false;
  try {
    const headers = reached === null ? {} : { "Last-Event-ID": `${reached}` };
    const answer = await fetch("/-/events", { headers, signal: lost.signal, cache: "no-store" });
    if (!answer.ok) throw answer.status;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ""; ; ) {
      const { value, done } = await reader.read();
      if (done) break;
      open = true;
      clearTimeout(timer);
      timer = setTimeout(giveUp, SILENCE);
      const events = (rest + value).split("\n\n");
      rest = events.pop();
      for (const event of events) {
        const { retry, event: name, id, data } = Object.fromEntries(event.split("\n").map((line) => line.split(/: ?(.*)/s)));
        if (retry) wait = Number(retry);
        if (name) await on(name, Number(id), JSON.parse(data));
      }
    }
  } catch { /* refused, broken off, given up */ }
  clearTimeout(timer);
  ended.removeEventListener("abort", giveUp);
  giveUp();
  return { open, wait };
}

/* Returns the file, with the number it is whole up to; null while there is none that goes as far as `least`. */
export async function newest(least = 0) {
  for (let tries = 0; tries < 4; tries++) {
    if (tries) await soon(1500);  // caches on the way may have an older one for some seconds
    const answer = await fetch("/_f/wire/", { cache: "no-cache" }).catch(() => null);
    if (!answer?.ok) continue;
    const { since, events } = await answer.json();
    const at = events.at(-1)?.seq ?? since;
    if (at >= least) return { since, events, at };
  }
  return null;
}
