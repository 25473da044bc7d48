"""The button for alerts and the service worker, in a real browser.

Only the push service is left out: it is somebody else's. So the browser's own way to it is replaced, and
messages come in through its debugging door.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from standfirst.edge.headers import Policy
from standfirst.theme import service
from standfirst.theme.assets import assets
from tests.browser import chromium
from tests.theme.samples import item, site_documents
from tests.theme.source import MemorySource, render

pytestmark = pytest.mark.browser

KEY = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
STUB = """
  self.asked = 0;
  Notification.requestPermission = () => { self.asked += 1; return Promise.resolve("granted"); };
  const made = {
    endpoint: "https://push.example/1",
    toJSON: () => ({ endpoint: made.endpoint, keys: { p256dh: "p", auth: "a" } }),
    unsubscribe: async () => { localStorage.removeItem("double"); return true; },
  };
  PushManager.prototype.getSubscription = async () => localStorage.getItem("double") ? made : null;
  PushManager.prototype.subscribe = async (how) => {
    if (!how.userVisibleOnly || how.applicationServerKey !== "KEY") throw new Error("wrong");
    localStorage.setItem("double", "yes");
    return made;
  };
""".replace("KEY", KEY)


class Site:
    """Serves the feed with the edge's own headers, and takes what is sent to `/-/push/`."""

    def __init__(self) -> None:
        self.key, self.status = KEY, 204
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.base = ""
        source = MemorySource([*site_documents(), item()])
        self.files = {asset.path: (asset.body, asset.content_type) for asset in assets().files.values()}
        self.files |= {asset.path: (asset.body, asset.content_type) for asset in service.shelf()}
        html = "text/html; charset=utf-8"
        self.files["/feed/"] = render(source, "feed-page", "front:en", "/feed/")[0].body, html
        topic = "/feed/topic/dredging/"
        self.files[topic] = render(source, "feed-topic", "list:feedtopic/en/dredging", topic)[0].body, html
        self.files["/feed/crane-down/"] = b"<!doctype html><title>x</title>", html

    def body(self, path: str) -> tuple[bytes, str]:
        if path == "/_f/push/":
            return json.dumps({"key": self.key}).encode(), "application/json"
        return self.files.get(path, (b"", ""))


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, content_type = site.body(self.path)
            self._say(200 if content_type else 404, body, content_type or "text/plain")

        def _take(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert self.headers["Sec-Fetch-Site"] == "same-origin"
            assert self.headers["Origin"] == site.base
            site.sent.append((self.command, body))
            self._say(site.status, b"", "text/plain")

        do_POST = _take  # noqa: N815
        do_DELETE = _take  # noqa: N815

        def _say(self, status: int, body: bytes, content_type: str) -> None:
            self.send_response(status)
            for name, value in Policy().of(self.path, status):
                self.send_header(name, value)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context()
    context.grant_permissions(["notifications"], origin=site.base)
    context.add_init_script(STUB)
    yield context.new_page()
    context.close()


def test_the_browser_is_asked_only_after_the_readers_own_click(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/feed/")
    button = page.get_by_role("button", name="Alert me to breaking news")
    expect(button).to_be_visible()
    assert page.evaluate("asked") == 0
    assert site.sent == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    button.click()
    expect(page.get_by_role("button", name="Stop these alerts")).to_be_visible()
    assert page.evaluate("asked") == 1
    keys = {"p256dh": "p", "auth": "a"}
    asked = {"endpoint": "https://push.example/1", "keys": keys, "language": "en", "topics": []}
    assert site.sent == [("POST", asked)]


def test_it_is_remembered_and_stopped(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/feed/")
    page.get_by_role("button", name="Alert me to breaking news").click()
    expect(page.get_by_role("button", name="Stop these alerts")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Stop these alerts").click()
    expect(page.get_by_role("button", name="Alert me to breaking news")).to_be_visible()
    page.wait_for_timeout(200)
    assert site.sent[-1][0] == "DELETE"
    assert site.sent[-1][1]["endpoint"] == "https://push.example/1"
    page.reload()
    expect(page.get_by_role("button", name="Alert me to breaking news")).to_be_visible()


def test_a_topic_is_asked_for_on_its_own_page(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/feed/topic/dredging/")
    page.get_by_role("button", name="Alert me to breaking news:").click()
    expect(page.get_by_role("button", name="Stop these alerts")).to_be_visible()
    assert site.sent[-1][1]["topics"] == ["dredging"]
    page.goto(f"{site.base}/feed/")
    page.get_by_role("button", name="Alert me to breaking news").click()
    expect(page.get_by_role("button", name="Stop these alerts")).to_be_visible()
    assert site.sent[-1][1]["topics"] == [], "everything holds the topic too"


def test_what_fails_is_said_and_changes_nothing(page: Page, site: Site) -> None:
    site.status = 503
    page.goto(f"{site.base}/feed/")
    page.get_by_role("button", name="Alert me to breaking news").click()
    expect(page.get_by_text("That did not work.")).to_be_visible()
    expect(page.get_by_role("button", name="Alert me to breaking news")).to_be_visible()


def test_a_reader_who_says_no_is_told_what_that_means(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/feed/")
    page.evaluate("Notification.requestPermission = () => Promise.resolve('denied')")
    page.get_by_role("button", name="Alert me to breaking news").click()
    expect(page.get_by_text("Your browser does not allow alerts")).to_be_visible()
    assert site.sent == []


@pytest.mark.parametrize("without", ["key", "push", "scripts"])
def test_where_alerts_are_off_or_cannot_be_nothing_happens(
    browser: Browser, site: Site, without: str
) -> None:
    site.key = "" if without == "key" else KEY
    context = browser.new_context(java_script_enabled=without != "scripts")
    if without == "push":
        context.add_init_script("delete window.PushManager")
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{site.base}/feed/")
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-alerts]").is_hidden()
    assert page.locator("article.item").count() == 1
    assert problems == []
    context.close()


class TestServiceWorker:
    def registered(self, page: Page, site: Site) -> tuple[Any, str]:
        """Return the debugging door and the number of the registration."""
        door = page.context.new_cdp_session(page)
        found: list[str] = []
        door.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
        )
        door.send("ServiceWorker.enable")
        page.goto(f"{site.base}/feed/")
        page.get_by_role("button", name="Alert me to breaking news").click()
        expect(page.get_by_role("button", name="Stop these alerts")).to_be_visible()
        page.evaluate("navigator.serviceWorker.ready")
        page.wait_for_timeout(200)
        return door, found[-1]

    def push(self, page: Page, site: Site, to: tuple[Any, str], **said: Any) -> list[dict[str, Any]]:
        """Deliver a message; return what the browser shows afterwards."""
        door, number = to
        door.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": site.base, "registrationId": number, "data": json.dumps({"lang": "en", **said})},
        )
        page.wait_for_timeout(500)
        shown: list[dict[str, Any]] = page.evaluate(
            """async () => (await (await navigator.serviceWorker.ready).getNotifications()).map((one) => (
               { title: one.title, body: one.body, tag: one.tag, silent: one.silent, url: one.data.url }))"""
        )
        return shown

    def test_an_alert_is_shown_changed_in_its_place_and_replaced_when_withdrawn(
        self, page: Page, site: Site
    ) -> None:
        to = self.registered(page, site)
        live = {"id": "crane", "state": "live", "title": "Unverified: Crane down", "text": "A cable.",
                "url": f"{site.base}/feed/crane-down/"}  # fmt: skip
        (shown,) = self.push(page, site, to, seq=5, **live)
        assert (shown["title"], shown["body"], shown["tag"]) == (live["title"], "A cable.", "crane")
        assert (shown["silent"], shown["url"]) == (False, live["url"])
        (shown,) = self.push(page, site, to, seq=7, **{**live, "state": "changed", "title": "Crane up"})
        assert (shown["title"], shown["silent"]) == ("Crane up", True)
        (shown,) = self.push(page, site, to, seq=6, **live)
        assert shown["title"] == "Crane up", "what comes late is left out"
        (shown,) = self.push(
            page, site, to, seq=9, id="crane", state="gone", title="Withdrawn by The Courier."
        )
        assert (shown["title"], shown["body"], shown["silent"]) == ("Withdrawn by The Courier.", "", True)
        (shown,) = self.push(page, site, to, seq=8, **live)
        assert shown["title"] == "Withdrawn by The Courier.", "never an edit after a kill"

    def test_two_items_are_two_alerts(self, page: Page, site: Site) -> None:
        to = self.registered(page, site)
        for name in ("one", "two"):
            shown = self.push(
                page, site, to, id=name, seq=1, state="live", title=name, text="", url=site.base
            )
        assert sorted(one["title"] for one in shown) == ["one", "two"]
