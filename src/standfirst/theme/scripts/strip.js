/* The strip of breaking news. Closed, it stays away until there is something else; its flags end by the server's
   clock, since that of a reader may be wrong. */
import { memory, own, soon } from "./memory.js";
import { find, parsed } from "./merge.js";

let late = 0;  // milliseconds by which this machine's clock is behind the server's

async function baked() {
  const answer = await fetch(own.breaking).catch(() => null);
  if (!answer?.ok) return null;
  late = Date.parse(answer.headers.get("date")) - Date.now() || 0;
  const file = parsed(await answer.text());
  Object.assign(own, file.querySelector("[data-words]")?.dataset);
  return file.querySelector("[data-part]");
}

export async function strip(wanted) {
  let part;
  for (let tries = 0; tries < 5; tries++) {  // it may be a moment later than the change that speaks of it
    if (tries) await soon(1000);
    part = await baked();
    if (!wanted || (part && find(part, wanted))) break;
  }
  const closed = (memory("closed") || "").split(" ");
  for (const item of part?.querySelectorAll("li") ?? []) if (closed.includes(item.id)) item.remove();
  document.querySelector("body > .flash")?.remove();
  if (part?.querySelector("li")) show(document.adoptNode(part));
}

function show(part) {
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

setInterval(() => {
  const now = new Date(Date.now() + late).toISOString();
  for (const flag of document.querySelectorAll("[data-until]")) {
    if (flag.dataset.until > now) continue;
    const list = flag.closest(".flash");
    flag.remove();
    if (list && !list.querySelector("li")) list.remove();
  }
}, 1000);
