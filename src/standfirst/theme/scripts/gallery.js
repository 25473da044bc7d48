/* Arrow keys go from picture to picture, and a counter says which one it is. The pictures are all there without. */
const plates = [...document.querySelectorAll(".plate")];
const counter = document.createElement("p");
counter.className = "counter";
counter.setAttribute("aria-hidden", "true");  // each caption says its number
document.body.append(counter);

let current = -1;
const seen = new Map();
const watch = new IntersectionObserver((entries) => {
  for (const entry of entries) seen.set(entry.target, entry.intersectionRatio);
  const most = Math.max(...seen.values());
  current = most > 0 ? plates.findIndex((plate) => seen.get(plate) === most) : -1;
  counter.textContent = current < 0 ? "" : plates[current].querySelector(".plate__number").textContent;
}, { threshold: [0, .25, .5, .75, 1] });
for (const plate of plates) watch.observe(plate);

const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, .table")) return;
  const step = { [forward]: 1, [back]: -1 }[event.key];
  if (!step) return;
  const next = plates[current < 0 ? (step > 0 ? 0 : plates.length - 1) : current + step];
  if (!next) return;
  event.preventDefault();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  next.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "center", inline: "center" });
});
