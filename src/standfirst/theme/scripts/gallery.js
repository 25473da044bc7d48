/* Arrow keys go from picture to picture, and a counter says which one it is. The pictures are all there without. */
const plates = [...document.querySelectorAll(".plate")];
const side = document.documentElement.dir === "rtl" ? -1 : 1;
const counter = document.createElement("p");
counter.className = "counter";
counter.setAttribute("aria-hidden", "true");  // each caption says its number
document.body.append(counter);

const seen = new Map();
const watch = new IntersectionObserver((entries) => {
  for (const entry of entries) seen.set(entry.target, entry.intersectionRatio);
  const most = Math.max(...seen.values());
  const plate = most > 0 && plates.find((one) => seen.get(one) === most);
  counter.textContent = plate ? plate.querySelector(".plate__number").textContent : "";
}, { threshold: [0, .25, .5, .75, 1] });
for (const plate of plates) watch.observe(plate);

const NEAR = 48;  // pixels: what a browser calls centred lies a little off where pages keep a margin to scroll to

/* How far a picture's middle is from that of the window: below, or in a strip beside it. */
function away(plate) {
  const box = plate.getBoundingClientRect();
  const down = (box.top + box.bottom - innerHeight) / 2;
  return Math.abs(down) > NEAR ? down : side * (box.left + box.right - innerWidth) / 2;
}

addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, .table")) return;
  const step = side * ({ ArrowRight: 1, ArrowLeft: -1 }[event.key] || 0);
  if (!step) return;
  const there = (plate) => step * away(plate) > NEAR;
  const next = step > 0 ? plates.find(there) : plates.filter(there).pop();
  if (!next) return;
  event.preventDefault();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  next.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "center", inline: "center" });
});
