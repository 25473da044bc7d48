"""What a look may hold: how it shows on pages, and how what it may not hold is refused, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from standfirst.editions import words
from standfirst.theme import look
from standfirst.theme.assets import HERE, address, assets
from standfirst.theme.drawn import card
from standfirst.theme.look import Look
from standfirst.theme.ownlook import css, files
from standfirst.theme.ownlook.files import Source
from standfirst.theme.ownlook.fitting import fit
from standfirst.theme.ownlook.problems import LookRefused
from standfirst.theme.renderer import fingerprint
from standfirst.theme.strings import strings
from tests.theme.samples import site_documents
from tests.theme.source import MemorySource, soup_of
from tests.theme.test_lists import stories

FONT = next((HERE / "fonts").glob("*.woff2")).read_bytes()
PAPER = b":root { --paper: #ffffff; }\n@media (prefers-color-scheme: dark) { :root { --paper: #101010; } }\n"


def source(held: dict[str, bytes | str]) -> Source:
    return Source({path: body.encode() if isinstance(body, str) else body for path, body in held.items()})


def refusal(held: dict[str, bytes | str]) -> list[str]:
    with pytest.raises(LookRefused) as refused:
        fit(source(held), live=False)
    return [str(problem) for problem in refused.value.problems]


def style() -> str:
    (path,) = {assets().style}
    return next(asset.body.decode() for asset in assets().files.values() if asset.path == path)


def page(renderer: str = "front-page", owner: str = "front:en", path: str = "/") -> BeautifulSoup:
    return soup_of(MemorySource([*site_documents(), *stories(6)]), renderer, owner, path)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    with look.temporarily(Look()):
        yield


class TestTokens:
    def test_stand_over_the_themes_in_light_in_dark_and_by_width(self) -> None:
        sheet = (
            ":root { --accent: #0b5a6b; --measure: 38rem; --serif: Georgia, serif; }\n"
            "@media (prefers-color-scheme: dark) { :root { --accent: #7cc0cd; } }\n"
            "@media (min-width: 45rem) { :root { --gutter: 3rem; } }\n"
            "@media print { :root { --size-text: 10pt; } }\n"
        )
        found = fit(source({"tokens.css": sheet}), live=False).style
        assert found == (
            "html:root{--serif:Georgia, serif}"
            "@media not print{html:root{--accent:#0b5a6b;--measure:38rem}"
            "@media (prefers-color-scheme: dark){html:root{--accent:#7cc0cd}}"
            "@media (min-width: 45rem){html:root{--gutter:3rem}}}"
            "@media print{html:root{--size-text:10pt}}"
        )

    def test_are_at_the_end_of_the_one_style_sheet_whose_address_moves_with_them(self) -> None:
        before = assets().style
        look.use(fit(source({"tokens.css": PAPER}), live=False))
        assert assets().style != before
        assert style().endswith("html:root{--paper:#101010}}}")
        sheets = [link["href"] for link in page().select("link[rel=stylesheet]")]
        assert sheets.index(assets().style) > sheets.index(assets().front_style), "it has the last word"

    def test_a_typeface_is_fetched_first_and_the_one_it_replaces_is_not(self) -> None:
        sheet = (
            '@font-face { font-family: "Own"; src: url(own.woff2); unicode-range: U+0-2FF; }\n'
            '@font-face { font-family: "Own"; src: url("fonts/own-cyr.woff2"); unicode-range: U+400-4FF; }\n'
            '@font-face { font-family: "Own"; src: url(own-it.woff2); font-style: italic; }\n'
            ':root { --serif: "Own", serif; }\n'
        )
        names = ("own", "own-cyr", "own-it")
        held = {"tokens.css": sheet} | {f"fonts/{name}.woff2": FONT + name.encode() for name in names}
        before = assets()
        look.use(fit(source(held), live=False))
        own = {name: address("x.woff2", FONT + name.encode()) for name in names}
        sans = before.fonts["standfirst-sans-latin.woff2"]
        assert assets().preloads("en") == (own["own"], sans)
        assert assets().preloads("uk")[0] == own["own-cyr"]
        assert assets().preloads("ar") == before.preloads("ar")  # set in typefaces of its own tokens
        assert f"url({own['own']})" in style()
        assert f'url("{own["own-cyr"]}")' in style()
        assert set(own.values()) <= {asset.path for asset in assets().files.values()}

    @pytest.mark.parametrize(
        ("sheet", "said"),
        [
            (":root {\n  --papr: #ffffff;\n}", "look/tokens.css:2: --papr is no token; is it --paper?"),
            (
                ":root { --accent: red; }",
                "look/tokens.css:1: --accent: a colour is # and six digits, not red",
            ),
            (":root { --measure: url(x); }", "look/tokens.css:1: --measure: url(x) is not for a size"),
            (":root { --measure: env(x); }", "look/tokens.css:1: --measure: env(x) is not for a size"),
            (":root { --serif: 3rem; }", "look/tokens.css:1: --serif: 3rem is not for a typeface"),
            (":root { --wide: 70rem !important; }", "without !important"),
            ("\n\nbody { color: red }", "look/tokens.css:3: only :root { … } stands here"),
            ("@import url(https://elsewhere.example/x.css);", "@import has no place here"),
            (
                "@media (hover) { :root { --wide: 70rem } }",
                "look/tokens.css:1: @media (hover): tokens hang on",
            ),
            ("@media print { @media print { } }", "@media has no place within @media here"),
            (":root { --wide 70rem }", "look/tokens.css:1: this cannot be read"),
            ("@font-face { font-family: X; src: url(x.woff2) }", "url(x.woff2): there is no such file"),
            (
                '@font-face { font-family: X; src: url("https://elsewhere.example/x.woff2") }',
                "url(https://elsewhere.example/x.woff2) leads elsewhere",
            ),
            ("@font-face { font-family: X }", "a typeface needs font-family and src"),
            (
                "@font-face { font-family: X; src: url(x.woff2); color: red }",
                "color is nothing that @font-face",
            ),
            (":root { --paper: #f0e9da; }", "is darker than the theme's; set --accent too"),
            (":root { --quiet: #cccccc; }", "look/tokens.css:1: --quiet #cccccc on --paper"),
            (
                ":root { --paper: #ffffff; }",
                "on a dark ground; set both in @media (prefers-color-scheme: dark)",
            ),
        ],
    )
    def test_what_is_wrong_is_told_with_its_line(self, sheet: str, said: str) -> None:
        assert any(said in problem for problem in refusal({"tokens.css": sheet})), refusal(
            {"tokens.css": sheet}
        )


class TestRules:
    def test_stand_last_and_may_use_tokens_and_files(self) -> None:
        sheet = '/* ours */ p { content: " ; x"; background: url(mark.svg); color: var(--accent) }'
        look.use(fit(source({"site.css": sheet, "files/mark.svg": "<svg/>"}), live=False))
        place = address("mark.svg", b"<svg/>")
        assert style().endswith(f'p{{content: " ; x"; background: url({place}); color: var(--accent)}}')

    def test_media_queries_and_nested_rules_are_kept(self) -> None:
        sheet = "@media (min-width: 45rem) { .card { gap: 0; & p { color: var(--ink) } } }"
        assert fit(source({"site.css": sheet}), live=False).style == (
            "@media (min-width: 45rem){.card { gap: 0; & p { color: var(--ink) } }}"
        )

    @pytest.mark.parametrize(
        ("sheet", "said"),
        [
            ('\n@import "x.css";', "look/site.css:2: @import has no place here"),
            ("@charset 'utf-8';", "look/site.css:1: @charset has no place here"),
            ("p { background: url(//elsewhere.example/a.png) }", "leads elsewhere"),
            ("p { background: url('data:image/png,x') }", "leads elsewhere"),
            ("p {\n background: image-set('a.png' 1x) }", "look/site.css:2: image-set() may fetch"),
            ("p { background: url(a.png) }", "there is no such file"),
            ("p { color: var(--papr) }", "look/site.css:1: var(--papr) is set nowhere"),
            ("p { color red }", "look/site.css:1: this cannot be read"),
            ("p { color: red }}", "this cannot be read"),
            ("@font-face { font-family: x }", "@font-face goes into tokens.css"),
            ("p { color: red }\n" * 2000, f"at most {css.MOST:,} go"),
        ],
    )
    def test_what_is_wrong_is_told_with_its_line(self, sheet: str, said: str) -> None:
        assert any(said in problem for problem in refusal({"site.css": sheet})), refusal({"site.css": sheet})


class TestTemplates:
    CARD = (
        '{% import "theme/parts/card.html" as theme %}\n'
        '{% macro teaser(card, level=3, class="", excerpt=True, picture=True, byline=True) %}\n'
        '<article class="ours">{{ theme.headline(card, level) }}</article>{% endmacro %}\n'
    )

    def test_stand_for_the_themes_and_can_reach_those(self) -> None:
        look.use(fit(source({"templates/parts/card.html": self.CARD}), live=False))
        drawn = page()
        assert drawn.select(".second .ours h2 a")
        assert not drawn.select(".second .card")

    def test_macros_that_are_left_out_come_from_the_theme(self) -> None:
        look.use(fit(source({"templates/parts/card.html": self.CARD}), live=False))
        drawn = page("section-page", "section:harbour")
        assert drawn.select(".ours")
        assert drawn.select(".row .row__headline")

    def test_may_name_files_of_the_look(self) -> None:
        template = '{% extends "theme/pages/error.html" %}{% block side %}{% endblock %}\n'
        template += (
            '{% block content %}<img src="{{ assets.own["mark.svg"] }}" alt="">{{ super() }}{% endblock %}'
        )
        held = {"templates/pages/error.html": template, "files/mark.svg": "<svg/>"}
        look.use(fit(source(held), live=False))
        drawn = page("error-page", "site:main", "/_e/404/")
        assert drawn.select_one("main img")["src"] == address("mark.svg", b"<svg/>")
        assert drawn.h1

    @pytest.mark.parametrize(
        ("path", "source_text", "said"),
        [
            ("pages/front.html", "x\n{% if %}", "look/templates/pages/front.html:2: "),
            (
                "pages/front.html",
                "\n\n{{ vew.title }}",
                "look/templates/pages/front.html:3: vew is unknown here",
            ),
            ("pages/front.html", "\n{{ view.titel }}", ":2: titel is unknown here: view.titel"),
            ("pages/front.html", "{{ view.frame.meta.nothing }}", "nothing is unknown here"),
            ("pages/front.html", "{{ view.lead.headlin }}", "headlin is unknown here"),
            ("pages/front.html", "{{ view.title|shout }}", "No filter named 'shout'."),
            ("pages/front.html", "{{ view.title|safe }}", "`safe` is off"),
            (
                "pages/front.html",
                "{% autoescape false %}{{ view.title }}{% endautoescape %}",
                "escaping stays on",
            ),
            ("pages/front.html", "{{ view.__class__ }}", "__class__ is not for templates"),
            (
                "pages/front.html",
                '{% include "parts/nothing.html" %}',
                "there is no template parts/nothing.html",
            ),
            ("pages/front.html", "<p>\n<p style='color:red'>", ":2: style=…: readers' browsers refuse"),
            ("pages/front.html", "<script>alert(1)</script>", "readers' browsers refuse"),
            ("pages/fronts.html", "x", "the theme has no such template"),
            ("parts/card.html", b"\n\xff", "look/templates/parts/card.html:2: is not UTF-8"),
        ],
    )
    def test_what_is_wrong_is_told_with_its_line(
        self, path: str, source_text: str | bytes, said: str
    ) -> None:
        held = {f"templates/{path}": source_text}
        assert any(said in problem for problem in refusal(held)), refusal(held)

    def test_the_themes_own_templates_would_all_be_taken(self) -> None:
        folder = HERE / "templates"
        held = {f"templates/{f.relative_to(folder)}": f.read_bytes() for f in folder.rglob("*.html")}
        assert len(held) > 10
        assert fit(source(held), live=False).templates.keys() == {
            path.removeprefix("templates/") for path in held
        }


class TestWords:
    def test_stand_before_the_themes_which_fill_the_rest(self) -> None:
        po = 'msgid "list.latest"\nmsgstr "Just in"\n'
        look.use(fit(source({"strings/en.po": po}), live=False))
        assert strings("en").text("list.latest") == "Just in"
        assert strings("en-GB").text("list.latest") == "Just in"
        assert strings("en").text("frame.skip") == "Skip to content"
        assert page().select_one(".latest__title").get_text() == "Just in"

    def test_are_those_of_feeds_and_cards_too_which_other_parts_of_a_look_leave_alone(self) -> None:
        plain = (words.fingerprint(), card.fingerprint())
        look.use(fit(source({"tokens.css": ":root { --measure: 38rem; }"}), live=False))
        assert (words.fingerprint(), card.fingerprint()) == plain
        look.use(fit(source({"strings/en.po": 'msgid "status.disputed"\nmsgstr "In dispute"\n'}), live=False))
        assert words.fingerprint() != plain[0]
        assert card.fingerprint() != plain[1]

    def test_a_language_that_the_theme_lacks_may_come_with_the_look(self) -> None:
        look.use(fit(source({"strings/eo.po": 'msgid "list.latest"\nmsgstr "Laste"\n'}), live=False))
        assert strings("eo").text("list.latest") == "Laste"
        assert strings("eo").text("frame.skip") == "Skip to content"

    @pytest.mark.parametrize(
        ("po", "said"),
        [
            (
                '\nmsgid "list.lastest"\nmsgstr "x"\n',
                "look/strings/en.po:2: there is no message list.lastest",
            ),
            ('msgid "frame.founded"\nmsgstr "{year}"\n', "frame.founded is given no {year}"),
            ('msgid "list.latest"\nmsgstr ""\n', "list.latest is empty"),
            ('msgid "story.reading"\nmsgstr "{count}"\n', "story.reading has plural forms"),
            ('msgid "x\n', "look/strings/en.po"),
        ],
    )
    def test_what_is_wrong_is_told_with_its_line(self, po: str, said: str) -> None:
        assert any(said in problem for problem in refusal({"strings/en.po": po}))

    def test_a_name_that_is_no_language_is_refused(self) -> None:
        assert "look/strings/xx.po" in refusal({"strings/xx.po": 'msgid "list.latest"\nmsgstr "x"\n'})[0]


def test_a_file_without_a_place_or_too_large_for_readers_is_refused() -> None:
    said = refusal(
        {"script.js": "x", "fonts/a.ttf": "x", "files/a/b.svg": "x", "files/big.png": b"x" * 400_001}
    )
    assert [line.split(":")[0] for line in said] == [
        "look/script.js", "look/fonts/a.ttf", "look/files/a/b.svg", "look/files/big.png",
    ]  # fmt: skip


def test_all_mistakes_are_told_at_once() -> None:
    held = {"tokens.css": ":root { --x: 1; }", "site.css": "@import 'x';", "templates/pages/x.html": "x"}
    assert [line.split(":")[0] for line in refusal(held)] == [
        "look/tokens.css", "look/site.css", "look/templates/pages/x.html",
    ]  # fmt: skip


def test_every_part_of_a_look_is_part_of_what_pages_are_drawn_with() -> None:
    parts = {
        "tokens.css": b":root { --measure: 40rem; }", "site.css": b"p { gap: 0 }", "files/a.svg": b"<svg/>",
        "templates/parts/time.html": (HERE / "templates/parts/time.html").read_bytes() + b"\n",
        "strings/en.po": b'msgid "list.latest"\nmsgstr "Just in"\n',
    }  # fmt: skip
    prints = {fingerprint()}
    for path, body in parts.items():
        with look.temporarily(fit(Source({path: body}), live=False)):
            prints.add(fingerprint())
        with look.temporarily(fit(Source({path: body}), live=True)):
            prints.add(fingerprint())
    assert len(prints) == 2 * len(parts) + 1


def test_pages_watch_the_look_only_while_the_site_is_live() -> None:
    assert "live" not in str(page().head)
    look.use(Look(live=True))
    script = page().select_one("script[data-look]")
    stamp = next(asset for asset in assets().files.values() if asset.path == "/_f/look/")
    assert script["src"] == assets().scripts["live"]
    assert script["data-look"] == stamp.body.decode()
    assert stamp.cache == "page"


def test_notes_and_what_editors_leave_behind_are_no_part_of_a_look(tmp_path: Path) -> None:
    for name in (".DS_Store", "README.md", "OFL.txt", "tokens.css~", "tokens.css"):
        (tmp_path / name).write_text("")
    assert list(files.read(tmp_path).files) == ["tokens.css"]
    assert [path for path, *_ in files.stamp(tmp_path)] == ["tokens.css"]
