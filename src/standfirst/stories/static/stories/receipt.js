// Follows what becomes of a publish: asks often at first, then ever more rarely, until it is settled.
const LONGEST = 5000;
const GIVE_UP = 3600000; // a change of every page of an old newsroom takes minutes

async function follow(place) {
  let pause = 120;
  for (const end = Date.now() + GIVE_UP; Date.now() < end; ) {
    await new Promise((done) => setTimeout(done, pause));
    pause = Math.min(pause * 1.5, LONGEST);
    let receipt;
    try {
      const answer = await fetch(place.dataset.receipt, { headers: { Accept: "application/json" } });
      if (!answer.ok) continue;
      receipt = await answer.json();
    } catch {
      continue;
    }
    show(place, receipt);
    if (receipt.settled || receipt.failed) return;
  }
}

function show(place, receipt) {
  place.textContent = receipt.sentence;
  const list = document.querySelector("[data-receipt-lines]");
  if (!list) return;
  for (const line of receipt.lines) {
    const row = list.querySelector(`[data-path="${CSS.escape(line.path)}"]`);
    if (row) row.querySelector("[data-state]").textContent = list.dataset[line.state];
    else if (receipt.settled) location.reload();
  }
}

const start = () => document.querySelectorAll("[data-receipt]").forEach(follow);
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
