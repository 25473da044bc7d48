"""The service worker that shows alerts: a file of the program at an address of its own.

Its address says what it may act for, so it cannot stand among the other assets; browsers ask for it anew by
themselves, and take what changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from standfirst.bake.registry import Asset
from standfirst.theme.assets import TYPES, without_comments

PATH = "/alerts.js"


@cache
def shelf() -> Iterable[Asset]:
    """Return the one file."""
    script = (Path(__file__).parent / "alerts.js").read_text()
    return (Asset(PATH, without_comments(script).encode(), TYPES[".js"], cache="page"),)
