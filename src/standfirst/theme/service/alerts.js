/* Shows alerts, one for each item of the feed: a change takes its place without a sound, and so does the word
   that it was withdrawn. What comes late is left out. */
addEventListener("install", () => skipWaiting());

addEventListener("push", (event) => {
  const said = event.data?.json();
  if (said?.id) event.waitUntil(tell(said));
});

async function tell({ id, seq, state, lang, title, text, url, icon }) {
  const shown = await registration.getNotifications({ tag: id });
  if (shown.some((one) => one.data.seq > seq)) return;
  if (state === "gone") for (const one of shown) one.close();
  await registration.showNotification(title, {
    tag: id, lang, dir: "auto", body: text || "", icon, silent: state !== "live", data: { seq, url: url || "/" },
  });
}

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(new URL(event.notification.data.url, location.origin)));
});

async function open(url) {
  for (const page of await clients.matchAll({ type: "window" })) if (page.url === url.href) return page.focus();
  return clients.openWindow(url.href);
}

addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

async function renew({ oldSubscription, newSubscription }) {
  if (!oldSubscription) return;
  const { key } = await (await fetch("/_f/push/")).json();
  const fresh = newSubscription
    ?? await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  await fetch("/-/push/", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...fresh.toJSON(), instead_of: oldSubscription.endpoint }),
  });
}
