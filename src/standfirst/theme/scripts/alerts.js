/* Alerts about breaking news. The browser asks for permission only after the reader has pressed the button.
   What this browser asked for is kept here, by language: "*" is all breaking news, else ids of topics. */
const button = document.querySelector("[data-alerts]"), said = document.querySelector("[data-alerts-said]");
const mine = button.dataset.alerts || "*", language = document.documentElement.lang, NAME = "standfirst.alerts";

function kept() {
  try {
    const one = JSON.parse(localStorage.getItem(NAME));
    return new Set(one.language === language ? one.topics : []);
  } catch {
    return new Set();
  }
}

function show(topics) {
  button.textContent = topics.has(mine) ? button.dataset.off : button.dataset.on;
  button.hidden = false;
}

const tell = (method, body) => fetch("/-/push/", {
  method, body: JSON.stringify(body), headers: { "Content-Type": "application/json" },
});

async function keep(topics, browser) {
  if (topics.size) {
    const some = topics.has("*") ? [] : [...topics];
    if (!(await tell("POST", { ...browser.toJSON(), language, topics: some })).ok) throw 0;
  } else {
    await browser.unsubscribe();
    // Else the push service says it.
    tell("DELETE", browser).catch(() => {});
  }
  try {
    localStorage.setItem(NAME, JSON.stringify({ language, topics: [...topics] }));
  } catch {}
  show(topics);
}

async function turn(key) {
  if (await Notification.requestPermission() !== "granted") return said.textContent = said.dataset.denied;
  await navigator.serviceWorker.register("/alerts.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  const browser = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const topics = kept();
  if (!topics.delete(mine)) topics.add(mine);
  await keep(topics, browser);
  said.textContent = "";
}

if ("serviceWorker" in navigator && "PushManager" in window) {
  const { key } = await fetch("/_f/push/").then((one) => one.ok && one.json()).catch(() => 0) || {};
  const there = key && await navigator.serviceWorker.getRegistration("/");
  if (key) show(await there?.pushManager.getSubscription() ? kept() : new Set());
  button.onclick = () => turn(key).catch(() => said.textContent = said.dataset.failed);
}
