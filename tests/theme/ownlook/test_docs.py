"""The guide to a look works as it is written: its example is taken, and shows."""

from __future__ import annotations

import re
from pathlib import Path

from bs4 import BeautifulSoup

from standfirst.theme import look
from standfirst.theme.assets import assets
from standfirst.theme.look import Look
from standfirst.theme.ownlook import css, files
from standfirst.theme.ownlook.files import Source
from standfirst.theme.ownlook.fitting import fit
from standfirst.theme.ownlook.reference import page, template_names
from standfirst.theme.tokens import tokens
from tests.theme.samples import site_documents
from tests.theme.source import MemorySource, soup_of
from tests.theme.test_lists import stories

GUIDE = (Path(__file__).resolve().parents[3] / "docs/developers/own-look.md").read_text()
_EXAMPLE = re.compile(r"```\w+\n((?:/\*|\{#|#) look/(\S+).*?)```", re.DOTALL)


def example() -> Source:
    held = {path: body.encode() for body, path in _EXAMPLE.findall(GUIDE)}
    return Source(held | {"fonts/vollkorn.woff2": b"a font"})


def front() -> BeautifulSoup:
    return soup_of(MemorySource([*site_documents(), *stories(8)]), "front-page", "front:en", "/")


def test_the_worked_example_is_taken_and_shows() -> None:
    source = example()
    assert set(source.files) == {
        "tokens.css", "site.css", "templates/parts/card.html", "strings/en.po", "fonts/vollkorn.woff2",
    }  # fmt: skip
    found = fit(source, live=False)
    with look.temporarily(found):
        drawn = front()
        assert drawn.select(".second .card__author")
        assert drawn.select_one(".latest__title").get_text() == "Just in"
        assert assets().preloads("en")[0] == assets().own["vollkorn.woff2"]
        assert not set(assets().preloads("en")) & {assets().fonts["literata-latin.woff2"]}
    with look.temporarily(Look()):
        assert not front().select(".card__author")


def test_the_limits_are_those_of_the_code() -> None:
    assert f"{css.MOST:,} bytes" in GUIDE
    assert f"{files.LARGEST:,} bytes" in GUIDE
    assert f"{files.MOST} files" in GUIDE
    for kind in (kind for kinds in files.FILE_KINDS.values() for kind in kinds):
        assert kind.removeprefix(".") in GUIDE


def test_the_reference_has_every_token_and_every_template_and_no_other() -> None:
    text = page()
    assert re.findall(r"^\| `(--[a-z0-9-]+)`", text, re.MULTILINE) == list(tokens())
    assert re.findall(r"^### `(.+)`$", text, re.MULTILINE) == template_names()


def test_every_template_says_what_it_is_given() -> None:
    for section in page().split("\n### ")[1:]:
        assert "Context: " in section, section
