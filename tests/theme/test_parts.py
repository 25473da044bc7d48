"""Partials: each says in its first comment what it is given, and needs nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from jinja2 import UndefinedError, meta, nodes
from markupsafe import Markup

from standfirst.bake.reading import Page, RecordingReader
from standfirst.editions.documents import ItemSource, Post
from standfirst.theme.environment import FOLDER, environment
from standfirst.theme.pages import front as fronts
from standfirst.theme.pages.front import Shelf
from standfirst.theme.parts.blocks import BlockView, ParagraphView, Row, block_views
from standfirst.theme.parts.byline import bylines
from standfirst.theme.parts.card import card
from standfirst.theme.parts.context import Context, open_context
from standfirst.theme.parts.formats import shaped
from standfirst.theme.parts.frame import NavLink
from standfirst.theme.parts.item import ItemDay, item_view
from standfirst.theme.parts.languages import LanguageLink
from standfirst.theme.parts.latest import latest
from standfirst.theme.parts.live import live, shown_posts
from standfirst.theme.parts.picture import picture
from standfirst.theme.parts.post import post_view
from tests.theme.formats import pictures, prints
from tests.theme.samples import every_block, ferry, item, post, site_documents, story, strike
from tests.theme.source import AS_OF, MemorySource

PARTS = sorted(path.relative_to(FOLDER).as_posix() for path in (FOLDER / "parts").glob("*.html"))
GLOBALS = {
    "t",
    "t_plural",
    "t_forms",
    "t_html",
    "assets",
    "range",
    "dict",
    "lipsum",
    "cycler",
    "joiner",
    "namespace",
}


@cache
def context() -> Context:
    documents = [
        *site_documents(),
        *pictures(),
        story(body=every_block()),
        ferry(),
        prints(),
        strike(),
        *posts(),
    ]
    return open_context(
        Page("/x/", "front:en", "front-page", "live"), RecordingReader(MemorySource(documents), AS_OF)
    )


def posts() -> list[Post]:
    return [post(number, key=number % 3 == 0) for number in range(1, 51)]


def block(kind: str) -> BlockView:
    """Return a block of this kind as a builder makes it."""
    for one in (story(body=every_block()), prints()):
        for view in shaped(context(), one, block_views(context(), one)):
            if isinstance(view, BlockView) and view.kind == kind:
                return view
    raise LookupError(kind)


def samples() -> dict[str, dict[str, dict[str, Any]]]:
    """Return what each macro of each partial is given in its fullest form."""
    ctx, one = context(), story(body=every_block())
    story_card = card(ctx, "ferry", place="related")
    assert story_card
    hero = picture(ctx, ferry().hero, "hero", words=True)
    links = (NavLink("The room", "#room"), NavLink("The boat", "#boat"))
    columns = latest(ctx)
    band = fronts.SectionBand("a", "River", "/section/river/", story_card, (story_card,))
    row = Row((Markup("Berth"), Markup("9 m")), 1)
    wire_item = item_view(
        ctx, item(source=ItemSource(name="The port", url="https://port.example/", status="disputed"))
    )
    covered = strike()
    assert covered.live
    coverage = live(ctx, covered, covered.live, shown_posts(ctx, covered.id))
    one_post = post_view(ctx, post(key=True, became="ferry", updated_at=AS_OF), (), whole=False)
    other = LanguageLink("uk", "ltr", "Українська", "/uk/")
    shown: dict[str, dict[str, dict[str, Any]]] = {
        "band": {"band_of": {"band": band, "id": "b", "class": "c"}},
        "blocks": {
            "body": {"blocks": (ParagraphView(Markup("x"), "Kestrel"), *block_views(ctx, one))},
            "strip": {"block": block("strip")},
            "table_row": {"row": row, "scope": "row"},
            **{
                macro: {"block": block(kind)}
                for macro, kind in (
                    ("listing", "list"), ("quote", "quote"), ("pull_quote", "pull_quote"), ("embed", "embed"),
                    ("related", "related_story"), ("table", "table"), ("key_facts", "key_facts"),
                )
            },
        },
        "byline": {"names": {"bylines": bylines(ctx, one.bylines), "portrait": hero}},
        "card": {
            "labels": {"card": story_card},
            "voice": {"card": replace(story_card, form="opinion")},
            "facts": {"card": story_card, "byline": True},
            "headline": {"card": story_card, "level": 2, "class": "h"},
            "teaser": {
                "card": story_card, "level": 2, "class": "c", "excerpt": True, "picture": True,
                "byline": True,
            },
            "row": {"card": story_card, "level": 2},
            "told_in": {"card": replace(story_card, language="uk", direction="ltr")},
            "excerpt_of": {"card": story_card},
        },
        "contents": {"contents": {"links": links}},
        "item": {
            "line": {"item": wire_item},
            "linked": {"source": wire_item.source},
            "said_by": {"source": wire_item.source},
            "one": {"item": wire_item, "level": 3, "topics": True},
            "day": {"day": ItemDay("Monday", "2026-11-23", (wire_item,)), "level": 2, "topics": True},
            "column": {
                "days": (ItemDay("Monday", "2026-11-23", (wire_item,)),), "feed": "/feed/", "id": "latest",
            },
        },
        "live": {
            "state": {"live": coverage},
            "events": {"list": coverage.events},
            "overview": {"live": coverage},
            "posts": {"live": coverage},
            "of": {"coverage": story_card},
        },
        "post": {"one": {"post": one_post}, "earlier": {"url": "/_f/live/strike/1/"}},
        "languages": {
            "anchor": {"link": other},
            "switch": {"links": (other,)},
            "elsewhere": {"links": (other,)},
        },
        "shelves": {"shelves": {"names": (Shelf("Harbour", "/s/", "Ships."),), "id": "s"}},
        "latest": {
            "days": {"days": columns, "level": 3},
            "latest": {"shown": columns, "archive": "/archive/", "id": "latest"},
        },
        "picks": {"column": {"picks": (story_card,), "id": "picks"}},
        "picture": {
            "image": {"picture": hero, "alt": None, "fit": True},
            "figure": {"picture": hero, "class": "hero", "id": "i", "plate": "1 of 8"},
        },
        "slot": {"slot": {"fragment": links[0]}},
        "time": {"time": {"at": ctx.day(AS_OF), "class": "when"}},
    }  # fmt: skip
    return {f"parts/{name}.html": macros for name, macros in shown.items()}


def source_of(part: str) -> str:
    return (FOLDER / part).read_text()


def macros_of(part: str) -> dict[str, list[str]]:
    """Return the macros of a partial, with the names of what they take."""
    tree = environment("en").parse(source_of(part))
    return {macro.name: [a.name for a in macro.args] for macro in tree.find_all(nodes.Macro)}


def described(part: str) -> str:
    """Return what the first comment says after `Context:`."""
    found = re.match(r"\{#(.*?)#\}", source_of(part), re.DOTALL)
    return found[1].partition("Context:")[2] if found else ""


@pytest.mark.parametrize("part", PARTS)
def test_the_first_comment_names_everything_that_is_given(part: str) -> None:
    said = described(part)
    for macro, names in macros_of(part).items():
        for name in names:
            assert re.search(rf"\b{name}\b", said), f"{part}: {macro}({name}) is not described"


@pytest.mark.parametrize("part", PARTS)
def test_a_part_needs_nothing_else(part: str) -> None:
    tree = environment("en").parse(source_of(part))
    assert meta.find_undeclared_variables(tree) <= GLOBALS


@pytest.mark.parametrize("part", PARTS)
def test_every_macro_can_be_drawn_with_exactly_that(part: str) -> None:
    drawn = environment("en").get_template(part).module
    given = samples()[part]
    assert set(given) == set(macros_of(part)), "a macro has no sample here"
    for macro, values in given.items():
        assert set(values) == set(macros_of(part)[macro]), macro
        html = getattr(drawn, macro)(**values)
        assert html.strip(), macro
        assert "None" not in html


def test_a_name_that_is_not_given_is_an_error() -> None:
    # The control: these partials are drawn where an unknown name is refused.
    template = environment("en").from_string(
        "{% macro m(card) %}{{ card.nothing }}{% endmacro %}{{ m(card) }}"
    )
    with pytest.raises(UndefinedError):
        template.render(card=card(context(), "ferry"))
