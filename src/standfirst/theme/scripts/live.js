/* Only while `standfirst serve --live` runs: shows this page again once it is baked with a newer look. */
const own = document.querySelector("script[data-look]").dataset.look;

async function text(address) {
  try {
    const answer = await fetch(address, { cache: "no-store" });
    return answer.ok ? await answer.text() : "";
  } catch {
    return "";  // the site is starting again
  }
}

for (;;) {
  await new Promise((done) => setTimeout(done, 500));
  const newest = await text("/_f/look/");
  if (newest && newest !== own && (await text(location.href)).includes(`data-look="${newest}"`)) location.reload();
}
