"""docs/reference/channels.md names every channel."""

from __future__ import annotations

import re
from pathlib import Path

from standfirst.editions.pages import list_rules, page_rules
from standfirst.syndication.hooks import all_renderers

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "channels.md").read_text("utf-8")


def test_the_table_of_channels_is_that_of_the_code() -> None:
    rows = re.findall(r"^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \| `/", TEXT, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([a-z-]+)`", row)}
    rules = {name for registry in (page_rules, list_rules) for name, _ in registry.items()}
    theirs = {name for name in rules if name.startswith(("text-", "social-")) or name == "site-icons"}
    assert named == theirs | set(all_renderers())
    assert named <= rules
