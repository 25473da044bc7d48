"""A real Chromium for tests: the system's where there is one, otherwise Playwright's own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, expect, sync_playwright

# Two workers share two cores with a whole newsroom each: what comes in a second may take ten.
expect.set_options(timeout=15_000)

# Without these Chromium looks outside at every start, and tests stay on this machine.
_QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--disable-gpu",
]


def executable() -> str | None:
    """Return the path of the system's Chromium, or None: Playwright then starts its own."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    return None


def launching(*more: str) -> dict[str, Any]:
    """Return what a browser is launched with: ours, quietly, and with `more` switches."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": executable(), "args": [*_QUIET, *sandbox, *more]}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a headless browser for a `with` block. A missing browser is an error, never a skip."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launching())
        try:
            yield browser
        finally:
            browser.close()
