"""What a phone fetches to show a page: the page, styles, scripts, fonts, pictures, as they are sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import brotli
from playwright.sync_api import Browser, CDPSession, Route

from bench.peers.peer import Addresses

PHONE = {"width": 390, "height": 844}
_KINDS = {".js": "text/javascript", ".css": "text/css"}


@dataclass(frozen=True)
class Weight:
    """Bytes and requests before anybody scrolls; `outside`: those of them for another host, as brotli 9."""

    total: int
    page: int
    requests: int
    outside: int
    outside_requests: int
    coding: str
    missing: tuple[str, ...]
    """Addresses of other hosts that were not to be had."""


def weigh(browser: Browser, addresses: Addresses, path: str) -> Weight:
    """Return what a page weighs at 390 px and two device pixels a pixel, headers and bodies as sent.

    Nothing is fetched from other hosts: what is known of them comes from `addresses.outside`.
    """
    host = urlsplit(addresses.origin).netloc
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True)  # type: ignore[arg-type]
    outside: dict[str, int] = {}
    missing: set[str] = set()

    def answer(route: Route) -> None:
        file = addresses.outside.get(urlsplit(route.request.url).path)
        if file is None:
            missing.add(route.request.url)
            route.abort()
            return
        outside[route.request.url] = len(brotli.compress(file.read_bytes(), quality=9))
        route.fulfill(
            path=file, headers={"access-control-allow-origin": "*"}, content_type=_KINDS[file.suffix]
        )

    context.route(
        lambda url: urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc != host, answer
    )
    context.route("**/-/events", lambda route: route.abort())  # a stream has no end
    page = context.new_page()
    seen = _Seen(context.new_cdp_session(page), host)
    page.goto(addresses.origin + path)
    page.wait_for_load_state("networkidle")
    context.close()
    return Weight(
        total=sum(seen.sent.values()) + sum(outside.values()), page=seen.sent[seen.document],
        requests=len(seen.sent) + len(outside), outside=sum(outside.values()),
        outside_requests=len(outside), coding=seen.coding, missing=tuple(sorted(missing)),
    )  # fmt: skip


class _Seen:
    """What the peer itself sent, by Chromium's own count: headers and bodies."""

    def __init__(self, session: CDPSession, host: str) -> None:
        self.host, self.sent, self.own = host, dict[str, int](), set[str]()
        self.document, self.coding = "", "none"
        session.send("Network.enable")
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)

    def _answered(self, event: dict[str, Any]) -> None:
        answer, name = event["response"], event["requestId"]
        if urlsplit(answer["url"]).netloc != self.host:
            return
        self.own.add(name)
        if event["type"] == "Document" and not self.document:
            self.document = name
            headers = {key.lower(): value for key, value in answer["headers"].items()}
            self.coding = headers.get("content-encoding", "none")

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.own:
            self.sent[event["requestId"]] = int(event["encodedDataLength"])
