"""Assets, colours, icon, and what the theme registers."""

from __future__ import annotations

import gzip
import re
from graphlib import CycleError

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from tools.cut_fonts import characters

from standfirst.bake.registry import all_assets, renderers
from standfirst.editions.pages import page_rules
from standfirst.theme import colours
from standfirst.theme.assets import HERE, assets, without_comments
from standfirst.theme.bundle import BundleError, bundle
from standfirst.theme.pages.errors import paths as error_paths
from tests.theme.samples import SITE
from tests.theme.source import MemorySource, render

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


def test_everything_is_registered_when_the_program_starts() -> None:
    for name in (
        "story-page", "section-page", "topic-page", "author-page", "front-page", "month-page", "archive-page",
        "media-file", "latest-fragment", "picks-fragment", "error-page", "gone", "site-colours", "site-icon",
    ):  # fmt: skip
        assert name in renderers
    assert {rule.kind for _, rule in page_rules.items()} >= {
        "story",
        "section",
        "topic",
        "author",
        "front",
        "media",
        "site",
    }
    assert assets().style in {asset.path for asset in all_assets()}


def test_addresses_of_assets_carry_their_hash_and_stay_small() -> None:
    files = assets().files
    assert all(re.fullmatch(r"/_a/[0-9a-f]{16}\.(css|js|woff2)", asset.path) for asset in files.values())
    assert len(gzip.compress(files["theme/site.css"].body)) < 11_000
    for name, asset in files.items():
        if name.endswith(".woff2"):
            assert len(asset.body) < 100_000, name
        if name.endswith(".js") and name != "theme/newsfeed.js":
            assert len(asset.body) < 2_000, name


def test_modules_of_the_live_feed_are_small_and_what_they_are_joined_to_is_fetched_once_and_late() -> None:
    modules = {file.stem: len(without_comments(file.read_text())) for file in (HERE / "scripts").glob("*.js")}
    assert {name: size for name, size in modules.items() if size >= 2_000} == {}
    assert len(gzip.compress(assets().files["theme/newsfeed.js"].body)) < 9_000
    assert b"import" not in assets().files["theme/newsfeed.js"].body


def test_a_module_in_a_form_that_cannot_be_joined_is_named() -> None:
    with pytest.raises(BundleError, match=r"b\.js"):
        bundle({"a": 'import { x } from "./b.js";\n', "b": "export default 1;\n"}, ["a"])
    with pytest.raises(CycleError):
        bundle({"a": 'import "./b.js";\n', "b": 'import "./a.js";\n'}, ["a"])


def test_the_style_sheet_asks_nothing_of_others_and_names_only_what_exists() -> None:
    style = assets().files["theme/site.css"].body.decode()
    addresses = re.findall(r"url\(([^)]*)\)", style)
    assert addresses
    assert set(addresses) <= set(assets().fonts.values())
    assert "http" not in style


def test_the_style_is_written_for_both_directions() -> None:
    physical = re.compile(
        r"(?:margin|padding|border)-(?:left|right)|[^-](?:left|right)\s*:|float:|text-align:\s*(?:left|right)"
    )
    for file in (HERE / "styles").glob("*.css"):
        rules = re.sub(
            r"\[dir=\"ltr\"\][^}]*}", "", file.read_text()
        )  # a large first letter: Arabic ones join
        assert not physical.search(rules), file.name


def test_fonts_are_under_an_open_licence_that_is_named() -> None:
    notice = (HERE.parents[2] / "NOTICE").read_text()
    for family in {name.split("-")[0] for name in assets().fonts}:
        assert f"fonts/{family}" in notice
    assert "SIL OPEN FONT LICENSE" in (HERE / "fonts" / "OFL.txt").read_text()


def test_each_language_fetches_the_fonts_of_its_script_first() -> None:
    assert assets().preloads("en-GB") == tuple(
        assets().fonts[f"{f}-latin.woff2"] for f in ("literata", "standfirst-sans")
    )
    names = {address: name for name, address in assets().fonts.items()}
    assert [names[address] for address in assets().preloads("uk")] == [
        "literata-cyrillic.woff2", "literata-figures.woff2",
        "standfirst-sans-cyrillic.woff2", "standfirst-sans-figures.woff2",
    ]  # fmt: skip
    assert {names[address].partition("-")[0] for address in assets().preloads("ar")} == {"noto"}
    assert assets().preloads("fa") == assets().preloads("ar")  # by script: no list of languages
    assert assets().preloads("sr-Latn") == assets().preloads("en")
    assert assets().preloads("ka") == ()  # the reader's own face, for a script we ship none for


def test_the_faces_of_a_page_are_light_in_every_script() -> None:
    def size(language: str) -> int:
        wanted = assets().preloads(language)
        return sum(len(asset.body) for asset in assets().files.values() if asset.path in wanted)

    assert size("en") < 60_000
    assert size("uk") < 70_000
    assert size("ar") < 80_000


@given(COLOURS)
def test_any_accent_can_be_read_on_either_paper(accent: str) -> None:
    light = colours.readable(accent, colours.PAPER, colours.INK)
    dark = colours.readable(accent, colours.PAPER_DARK, colours.INK_DARK)
    assert colours.contrast(light, colours.PAPER) >= 4.5
    assert colours.contrast(dark, colours.PAPER_DARK) >= 4.5


def test_a_good_accent_is_left_alone_and_what_is_no_colour_becomes_ink() -> None:
    assert colours.readable("#8a1c1c", colours.PAPER, colours.INK) == "#8a1c1c"
    assert colours.readable("red;}body{display:none", colours.PAPER, colours.INK) == colours.INK
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_papers_of_the_style_sheet_are_those_that_contrast_is_measured_on() -> None:
    tokens = (HERE / "styles" / "tokens.css").read_text()
    for colour in (colours.PAPER, colours.INK, colours.PAPER_DARK, colours.INK_DARK):
        assert colour in tokens


def test_colours_and_icon_are_files_of_the_site_record() -> None:
    source = MemorySource([SITE])
    style, _ = render(source, "site-colours", "site:main", colours.style_path(SITE))
    icon, reader = render(source, "site-icon", "site:main", colours.icon_path(SITE))
    assert b"--accent:#0b5a6b" in style.body
    assert b">T</text>" in icon.body
    assert reader.keys == {"site:main/body"}
    other = SITE.model_copy(update={"accent": "#123456"})
    assert colours.style_path(other) != colours.style_path(SITE)


def test_a_name_cannot_break_out_of_the_icon() -> None:
    assert "<script" not in colours.icon("<script>", "#123456")
    assert ">&amp;<" not in colours.icon("&co", "#123456")  # a letter is taken, not a sign


def test_every_language_has_its_error_pages() -> None:
    site = SITE.model_copy(update={"languages": ("en", "uk")})
    assert set(error_paths(site)) == {f"{p}_e/{s}/" for p in ("/", "/uk/") for s in (404, 410, 503)}


def test_no_rule_takes_away_the_room_that_a_picture_keeps() -> None:
    # `aspect-ratio: auto` drops the ratio that browsers take from width and height, until the file is there.
    sheets = [sheet for sheet in (HERE / "styles").glob("*.css") if sheet.name != "print.css"]
    assert sheets
    assert [sheet.name for sheet in sheets if "aspect-ratio: auto" in sheet.read_text()] == []


def _drawn(font: str) -> set[int]:
    return set(TTFont(HERE / "fonts" / f"{font}.woff2").getBestCmap())


def test_each_font_is_cut_to_the_characters_that_the_style_sheet_sends_to_it() -> None:
    sheet = (HERE / "styles" / "tokens.css").read_text()
    faces = re.findall(r"@font-face \{[^}]*?url\(([a-z0-9-]+)\.woff2\)[^}]*?unicode-range: ([^;]+);", sheet)
    assert {f"{name}.woff2" for name, _ranges in faces} == set(assets().fonts)
    for name, ranges in faces:
        assert name.startswith("noto") or _drawn(name) <= characters(ranges), name


@pytest.mark.parametrize("family", ["literata", "literata-italic", "standfirst-sans"])
def test_what_is_cut_has_what_pages_are_set_in(family: str) -> None:
    assert set(range(0x20, 0x7F)) | set(map(ord, "–—‘’“”«»…€")) <= _drawn(f"{family}-latin")
    assert set(map(ord, " 0123456789,.:;!?()–—«»’“”…")) <= _drawn(f"{family}-figures")
    assert set(map(ord, "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъё")) <= _drawn(f"{family}-cyrillic")
    assert set(map(ord, "äöüßéèçñåøæ")) <= _drawn(f"{family}-accents")
    assert set(map(ord, "ąćęłńśźżčřšžğőű")) <= _drawn(f"{family}-latin-ext")
