// Tells this site's pages that staff may be reading; what staff may see is asked for, story by story.
const { mode, onward } = document.currentScript.dataset;
try {
  if (mode === "out") localStorage.removeItem("standfirst.staff");
  else localStorage.setItem("standfirst.staff", "1");
} catch {
  // Storage is off in this browser: there is no staff link then, and nothing else is lost.
}
location.replace(onward);
