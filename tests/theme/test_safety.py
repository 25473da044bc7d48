"""Pages are pure, escaped, whole, and free of anything that the content security policy would refuse."""

from __future__ import annotations

import ast
import hashlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any, get_type_hints

import pytest
from bs4 import BeautifulSoup
from jinja2 import UndefinedError
from markupsafe import Markup
from pydantic import BaseModel

from standfirst.editions.documents import (
    DOCUMENTS,
    Byline,
    Claim,
    Correction,
    Document,
    ItemSource,
    PictureUse,
)
from standfirst.theme import environment as environments
from standfirst.theme.assets import HERE
from standfirst.theme.environment import make_environment
from standfirst.theme.parts.latest import SHOWN
from standfirst.theme.strings import strings
from tests.theme.samples import PUBLISHED, every_block, ferry, item, post, site_documents, story, strike
from tests.theme.source import AS_OF, MemorySource, render

HOSTILE = "\"'><img src=x onerror=alert(1)></script><script>alert(2)</script>{{7*7}}{% raw %}&amp;\u2028"
PAGES = (
    ("story-page", "story:dredger", "/dredger/"),
    ("front-page", "front:en", "/"),
    ("section-page", "section:harbour", "/section/harbour/"),
    ("topic-page", "topic:dredging", "/topic/dredging/"),
    ("author-page", "author:ines", "/author/ines-halloran/"),
    ("page-page", "page:about", "/about/"),
    ("month-page", "list:month/en/2026-11", "/archive/2026/11/"),
    ("archive-page", "front:en", "/archive/"),
    ("latest-fragment", "front:en", "/_f/latest/"),
    ("picks-fragment", "front:en", "/_f/picks/"),
    ("feed-page", "front:en", "/feed/"),
    ("feed-day", "list:feedday/en/2026-11-23", "/feed/2026/11/23/"),
    ("feed-topic", "list:feedtopic/en/dredging", "/feed/topic/dredging/"),
    ("item-page", "item:crane-down", "/feed/crane-down/"),
    ("story-page", "story:strike", "/strike/"),
    ("post-part", "list:postpart/strike/0001", "/_f/live/strike/1/"),
    ("post-page", "post:post0035", "/live/post0035/"),
    ("text-story", "story:strike", "/text/strike/"),
    ("error-page", "site:main", "/_e/404/"),
    ("contact-form", "front:en", "/contact/form/"),
    ("contact-again", "front:en", "/contact/again/"),
    ("contact-sent", "front:en", "/contact/sent/"),
    ("gone", "story:none", "/none/"),
    ("text-story", "story:dredger", "/text/dredger/"),
    ("text-front", "front:en", "/text/"),
    ("text-section", "section:harbour", "/text/section/harbour/"),
)
NAMES = {
    "id", "kind", "type", "language", "time_zone", "media", "story", "base_url", "blob", "taken_on", "colour",
    "licence", "place", "source_uri",
}  # fmt: skip
"""Text fields that name something or are checked by those who write them, and are never shown as they are."""


def newsroom() -> list[Document]:
    everything = story(
        body=every_block(),
        dateline="Kestrel Point",
        topics=("dredging",),
        trail=("ferry",),
        hero=PictureUse(media="crane", caption="The crane.", alt="A crane"),
        updated_at=PUBLISHED.replace(hour=11),
        bylines=(Byline(author="ines"), Byline(name="Guest", role="photo")),
        claims=(Claim(id="c", text="It is ordered", status="unverified", source="two people"),),
        corrections=(Correction(at=PUBLISHED, text="It was 14."),),
        seo_title="Seo",
        social_title="Social",
        description="Described",
        retraction="Withdrawn.",
    )
    day = [story(f"day{n}", published_at=PUBLISHED.replace(minute=n)) for n in range(SHOWN)]
    lasting = story("lasting", format="long_read", published_at=PUBLISHED.replace(month=10))
    return [
        *site_documents(),
        everything,
        ferry(topics=("dredging",), section="harbour"),
        *day,
        lasting,
        strike(published_at=PUBLISHED.replace(month=9), section="council"),
        *(post(number, key=number % 4 == 0) for number in range(1, 35)),
        post(35, body=every_block(), became="ferry", key=True, updated_at=AS_OF),
    ]


def with_feed() -> list[Document]:
    """Return the same newsroom, writing a news feed."""
    said = ItemSource(name="The port", url="https://port.example/", status="unverified")
    return [*newsroom(), item(source=said, story="ferry", breaking_until=AS_OF + timedelta(hours=1))]


def texts_of(model: type[BaseModel]) -> set[str]:
    """Return the names of a model's plain text fields: those that are shown, and not sanitised HTML."""
    hints = get_type_hints(model, include_extras=True)
    return {
        name
        for name, hint in hints.items()
        if hint is str and name in model.model_fields and name not in NAMES
    }


def poisoned(part: Any) -> Any:
    """Return a document or part of one with hostile text in every plain text field."""
    if isinstance(part, tuple):
        return tuple(poisoned(item) for item in part)
    if not isinstance(part, BaseModel):
        return part
    changes = {name: poisoned(getattr(part, name)) for name in type(part).model_fields}
    changes |= dict.fromkeys(texts_of(type(part)) - set(DOCUMENTS), HOSTILE)
    return part.model_copy(update={k: v for k, v in changes.items() if v is not None})


def bodies(documents: list[Document]) -> Iterator[tuple[str, bytes]]:
    source = MemorySource(documents)
    for renderer, owner, path in PAGES:
        yield renderer, render(source, renderer, owner, path)[0].body


class TestHostileText:
    def test_fields_of_every_kind_are_among_those_poisoned(self) -> None:
        models = [*DOCUMENTS.values(), PictureUse, *(type(block) for block in every_block())]
        fields = {f"{model.__name__}.{field}" for model in models for field in texts_of(model)}
        assert {
            "Story.headline", "Story.standfirst", "Story.dateline", "Author.name", "Author.role",
            "Section.name", "Topic.description", "Site.name", "Site.tagline", "Embed.text",
            "Embed.author", "Embed.provider",
            "PullQuote.text", "Quote.attribution", "Table.caption", "KeyFacts.title", "PictureUse.alt",
        } <= fields  # fmt: skip

    def test_is_shown_as_text_on_every_page(self) -> None:
        for renderer, body in bodies([poisoned(document) for document in with_feed()]):
            page = BeautifulSoup(body, "html.parser")
            assert b"<img src=x" not in body, renderer
            assert not page.select("[onerror], img[src=x]"), renderer
            assert {s.get("type") for s in page.select("script")} <= {"module", "application/ld+json"}
            assert "alert(2)" not in "".join(s.get_text() for s in page.select("script[type=module]"))
            assert b"{{7*7}}" in body, f"{renderer} does not show the text at all"

    def test_would_be_seen_if_escaping_were_off(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # The control: the same pages, drawn without autoescape, hold the tag.
        words = strings("en")
        raw = make_environment(words)
        raw.autoescape = False
        monkeypatch.setattr(environments, "template", lambda _language, name: raw.get_template(name))
        monkeypatch.setattr("standfirst.theme.renderer.template", environments.template)
        drawn = bodies([poisoned(document) for document in with_feed()])
        assert {renderer for renderer, body in drawn if b"<img src=x" in body} == {
            renderer for renderer, _, _ in PAGES
        }


class TestPurity:
    def test_the_same_records_give_the_same_bytes(self) -> None:
        assert list(bodies(with_feed())) == list(bodies(with_feed()))

    def test_the_same_bytes_in_another_process_with_another_hash_seed_and_zone(self) -> None:
        code = (
            "import django, hashlib\n"
            "django.setup()\n"
            "from tests.theme.test_safety import bodies, with_feed\n"
            "print(hashlib.sha256(repr(list(bodies(with_feed()))).encode()).hexdigest())\n"
        )
        there = os.environ | {
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTHONHASHSEED": "7",
            "TZ": "Asia/Tokyo",
        }
        done = subprocess.run(
            [sys.executable, "-c", code], env=there, capture_output=True, text=True, check=True
        )
        here = hashlib.sha256(repr(list(bodies(with_feed()))).encode()).hexdigest()
        assert done.stdout.strip() == here

    def test_no_clock_request_query_or_setting_is_within_reach(self) -> None:
        forbidden = {
            "django",
            "wagtail",
            "time",
            "random",
            "requests",
            "httpx",
            "os",
            "socket",
            "sqlite3",
            "secrets",
        }
        for file in HERE.rglob("*.py"):
            if file.name == "apps.py":
                continue
            tree = ast.parse(file.read_text())
            names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
            names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
            assert not {name.split(".")[0] for name in names} & forbidden, file
            calls = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
            assert not calls & {"now", "utcnow", "today"}, file

    def test_an_unknown_name_in_a_template_is_an_error(self) -> None:
        template = make_environment(strings("en")).from_string("{{ view.headlin }}")
        with pytest.raises(UndefinedError):
            template.render(view=story())

    def test_markup_is_made_in_known_places_only(self) -> None:
        makers = {
            str(file.relative_to(HERE))
            for file in HERE.rglob("*.py")
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == Markup.__name__
            and not (node.args and isinstance(node.args[0], ast.Constant))
        }  # fmt: skip
        assert makers == {"parts/structured.py"}
        assert not [f for f in HERE.rglob("*.html") if "|safe" in f.read_text().replace(" ", "")]


class _Balance(HTMLParser):
    """Checks that every element is closed in order; the list of void elements is HTML's own."""

    VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes something else"


@pytest.mark.parametrize(("renderer", "owner", "path"), PAGES)
class TestEveryPage:
    @pytest.fixture
    def body(self, renderer: str, owner: str, path: str) -> bytes:
        return render(MemorySource(with_feed()), renderer, owner, path)[0].body

    @pytest.fixture
    def page(self, body: bytes) -> BeautifulSoup:
        return BeautifulSoup(body, "html.parser")

    def test_is_well_formed(self, body: bytes) -> None:
        parser = _Balance()
        parser.feed(body.decode())
        parser.close()
        assert parser.open == []
        assert body.startswith(b"<!doctype html>")

    def test_has_no_style_script_or_handler_of_its_own(self, page: BeautifulSoup) -> None:
        assert not page.select("style, [style]")
        assert {s["type"] for s in page.select("script:not([src])")} <= {"application/ld+json"}
        attributes = {name for element in page.find_all(True) for name in element.attrs}
        assert not [name for name in attributes if name.startswith("on")]
        assert not page.select('a[href^="javascript:"]')

    def test_has_no_id_twice_and_every_reference_leads_to_one(self, page: BeautifulSoup) -> None:
        ids = Counter(element["id"] for element in page.select("[id]"))
        assert [name for name, count in ids.items() if count > 1] == []
        named = {i for e in page.select("[aria-labelledby]") for i in e["aria-labelledby"].split()}
        named |= {a["href"][1:] for a in page.select('a[href^="#"]')}
        assert named <= set(ids)

    def test_loads_from_this_site_alone(self, page: BeautifulSoup) -> None:
        for element in page.select(
            "script[src], img, iframe, link[rel=stylesheet], link[rel=preload], link[rel=icon]"
        ):
            address = element.get("src") or element.get("href")
            assert address.startswith("/"), address
            assert not address.startswith("//")

    def test_headings_step_down_one_at_a_time(self, page: BeautifulSoup) -> None:
        levels = [int(h.name[1]) for h in page.select("h1, h2, h3, h4")]
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert levels.count(1) <= 1

    def test_pictures_have_their_size_and_alternative(self, page: BeautifulSoup) -> None:
        for image in page.select("img"):
            assert image["width"].isdigit()
            assert image["height"].isdigit()
            assert "alt" in image.attrs
