/* Passing a story on: by the system's own sheet where there is one, else its address is copied. Without this
   module the link begins a letter with the address in it. */
const link = document.querySelector("a.share");

async function pass() {
  const url = document.querySelector("link[rel=canonical]").href;
  const title = document.querySelector("h1").textContent;
  try {
    if (navigator.share) await navigator.share({ title, url });
    else {
      await navigator.clipboard.writeText(url);
      done.textContent = link.dataset.done;
    }
  } catch (error) {
    if (error.name !== "AbortError") location.href = link.href;  // not allowed here: the letter, then
  }
}

const done = document.createElement("span");
done.setAttribute("role", "status");
if (link && (navigator.share || navigator.clipboard)) {
  link.after(done);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    pass();
  });
}
