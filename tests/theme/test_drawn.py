"""Cards for social networks and the site's icons: their size, their words, what they follow."""

from __future__ import annotations

import io
import json
import time
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageDraw

from standfirst.bake.reading import Page, RecordingReader
from standfirst.editions.documents import Claim, Media, PictureUse
from standfirst.theme import colours
from standfirst.theme.assets import HERE
from standfirst.theme.drawn import card, faces, icons, setting
from standfirst.theme.drawn.card import CardWords
from standfirst.theme.drawn.faces import Face
from standfirst.theme.tokens import tokens
from tests.theme.samples import SITE, media, site_documents, story
from tests.theme.source import AS_OF, RENDERERS, MemorySource, render, story_page

WORDS = CardWords(
    "A headline of some length about the river", "River", "", "The Tern", "#0b5a6b", "en", "", (500, 500)
)


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body))


def jpeg(width: int = 880, height: int = 587, colour: str = "#208040") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "JPEG")
    return file.getvalue()


def noise() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((945, 630), 90).convert("RGB").save(file, "JPEG", quality=95)
    return file.getvalue()


def ink(words: CardWords, box: tuple[int, int, int, int] = (0, 0, 1200, 630)) -> int:
    """Return how many pixels of a card are not paper."""
    return sum(opened(card.draw(words, b"")).crop(box).convert("L").histogram()[:200])


class TestCard:
    def test_is_of_the_size_that_networks_ask_for(self) -> None:
        made = opened(card.draw(WORDS, b""))
        assert (made.format, made.size) == ("JPEG", (1200, 630))

    @pytest.mark.parametrize("picture", [b"", jpeg(), noise()])
    def test_is_small(self, picture: bytes) -> None:
        assert len(card.draw(WORDS, picture)) < 150_000

    def test_is_drawn_quickly(self) -> None:
        picture = jpeg(1200, 800)
        card.draw(WORDS, picture)  # fonts are read once in a process
        started = time.process_time()
        for _ in range(5):
            card.draw(WORDS, picture)
        assert (time.process_time() - started) / 5 < 0.06

    @pytest.mark.parametrize(
        ("language", "headline"),
        [
            ("en", "Fog"),
            ("uk", "Міська рада проголосувала за поглиблення гавані"),
            ("ar", "صوّت المجلس عند منتصف الليل على تعميق الميناء"),
        ],
    )
    def test_shows_every_script(self, language: str, headline: str) -> None:
        assert faces.writable(headline)
        lines = (0, 150, 1200, 500)
        assert ink(replace(WORDS, headline=headline, language=language), lines) > 1_000
        assert ink(replace(WORDS, headline="", language=language), lines) == 0

    def test_stands_the_other_way_round_from_right_to_left(self) -> None:
        words = replace(WORDS, headline="ميناء", language="ar", label="", site="")
        left, right = (0, 0, 600, 500), (600, 0, 1200, 500)
        assert ink(words, left) == 0 < ink(words, right)
        assert ink(replace(words, headline="Fog", language="en"), right) == 0
        made = opened(card.draw(words, jpeg(colour="#208040")))
        assert made.getpixel((100, 600)) != made.getpixel((1100, 600))
        red, green, blue = made.getpixel((100, 300))  # type: ignore[misc]
        assert green > max(red, blue)

    def test_a_long_headline_keeps_within_its_lines(self) -> None:
        words = replace(WORDS, headline="An endless headline that will not stop " * 12)
        assert ink(words, (0, 520, 1200, 540)) == ink(replace(WORDS, headline=""), (0, 520, 1200, 540))
        assert ink(words, (1150, 0, 1200, 630)) == 0

    def test_a_status_is_in_the_signal_colour(self) -> None:
        signal = Image.new("RGB", card.SIZE, tokens()["--signal"].value)
        for status, there in (("Unverified claims", True), ("", False)):
            made = opened(card.draw(replace(WORDS, status=status), b""))
            red, green, blue = ImageChops.difference(made, signal).split()
            furthest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
            assert (sum(furthest.histogram()[:24]) > 200) is there

    def test_what_no_face_of_ours_writes_is_known(self) -> None:
        assert not faces.writable("東京の港")
        assert faces.writable("Fog 🌫 over the quay, 5 °C")


class TestSetting:
    def test_lines_are_about_equally_long(self) -> None:
        face = Face("serif", 60, 600)
        lines = setting.wrapped("The council voted at midnight to dredge the harbour", face, 900, "ltr")
        widths = [setting.width(line, face, "ltr") for line in lines]
        assert len(lines) == 2
        assert min(widths) > 0.7 * max(widths)

    def test_a_word_of_one_letter_goes_with_the_next(self) -> None:
        face = Face("serif", 60, 600)
        for room in range(300, 900, 50):
            lines = setting.wrapped("Мова в судах і в школах", face, room, "ltr")
            assert not [line for line in lines[:-1] if line.endswith((" в", " і"))]

    @pytest.mark.parametrize(
        ("text", "direction", "shown"),
        [
            ("one אב two", "ltr", ["one ", " two"]),
            ("ميناء PILOT 2026 جديد", "rtl", ["جديد", "PILOT 2026", "ميناء"]),
        ],
    )
    def test_runs_stand_in_the_order_of_reading(self, text: str, direction: str, shown: list[str]) -> None:
        found = ["".join(p.text) for p in setting.pieces(text, Face("serif", 40, 600), direction)]
        assert [piece.strip() for piece in found if piece.strip()] == [word.strip() for word in shown]

    def test_a_line_from_right_to_left_ends_where_it_is_put(self) -> None:
        sheet = Image.new("L", (400, 100), 255)
        setting.write(ImageDraw.Draw(sheet), (390, 70), "ميناء", Face("serif", 40, 600), "#000000", "rtl")
        box = sheet.point(lambda grey: 255 if grey < 128 else 0).getbbox()
        assert box is not None
        assert 380 <= box[2] <= 392


class TestRendering:
    def draw(self, *documents: Any) -> tuple[Any, RecordingReader]:
        reader = RecordingReader(
            MemorySource([*site_documents(), *documents]), AS_OF, files=lambda name: jpeg()
        )
        page = Page("/_c/dredger.jpg", "story:dredger", "social-card", "live")
        return RENDERERS["social-card"].render(page, reader), reader

    def test_follows_the_storys_card_alone(self) -> None:
        rendered, reader = self.draw(story(hero=PictureUse(media="crane")))
        assert rendered.content_type == "image/jpeg"
        assert reader.keys == {
            "story:dredger/card", "site:main/body", "section:harbour/body", "media:crane/body",
        }  # fmt: skip

    def test_changes_with_headline_and_status_and_so_does_its_address(self) -> None:
        made, addresses = set(), set()
        claim = Claim(id="c", text="x", status="unverified")
        for one in (story(), story(headline="Another"), story(claims=(claim,)), story(retraction="Wrong.")):
            made.add(self.draw(one)[0].body)
            page = story_page(MemorySource([*site_documents(), one]), one)
            addresses.add(page.select_one('meta[property="og:image"]')["content"])
        assert (len(made), len(addresses)) == (4, 4)
        assert all(address.startswith("https://tern.example/_c/dredger.jpg?v=") for address in addresses)

    def test_stays_while_the_text_changes(self) -> None:
        body = every = story().body
        assert body
        one, other = story(), story(body=(*every, every[0].model_copy(update={"id": "x"})))
        assert self.draw(one)[0].body == self.draw(other)[0].body

    def test_of_a_withdrawn_story_is_gone(self) -> None:
        assert self.draw()[0].status == 410

    def test_a_picture_whose_licence_has_ended_is_not_on_it(self) -> None:
        kept = [d for d in site_documents() if not isinstance(d, Media)]
        crane = media("crane", licence_ends_at=AS_OF)
        reader = RecordingReader(
            MemorySource([*kept, crane, story(hero=PictureUse(media="crane"))]), AS_OF, files=None
        )
        page = Page("/_c/dredger.jpg", "story:dredger", "social-card", "live")
        assert RENDERERS["social-card"].render(page, reader).status == 200  # asks for no file

    def test_the_page_names_its_size_and_what_it_says(self) -> None:
        one = story(claims=(Claim(id="c", text="x", status="unverified"),))
        page = story_page(MemorySource([*site_documents(), one]), one)
        meta = {m["property"]: m["content"] for m in page.select('meta[property^="og:image"]')}
        assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")
        assert meta["og:image:alt"] == "[Unverified claims] A headline for dredger"

    def test_a_headline_in_another_script_is_shown_by_the_storys_picture(self) -> None:
        one = story(headline="東京の港", hero=PictureUse(media="crane", alt="A crane"))
        page = story_page(MemorySource([*site_documents(), one]), one)
        assert (
            page.select_one('meta[property="og:image"]')["content"]
            == "https://tern.example/_m/crane-1200.jpg"
        )

    def test_its_fingerprint_follows_no_template(self) -> None:
        names = {file.name for file in (HERE / "templates").rglob("*.html")}
        assert names
        code = (HERE / "drawn" / "card.py").read_text()
        assert "templates" not in code
        assert RENDERERS["social-card"].fingerprint != RENDERERS["story-page"].fingerprint


class TestIcons:
    @pytest.mark.parametrize(
        ("path", "form", "size"),
        [
            ("/favicon.ico", "ICO", (32, 32)),
            ("/apple-touch-icon.png", "PNG", (180, 180)),
            (icons.icon_path(SITE, 192), "PNG", (192, 192)),
            (icons.icon_path(SITE, 512), "PNG", (512, 512)),
        ],
    )
    def test_are_drawn_from_the_site(self, path: str, form: str, size: tuple[int, int]) -> None:
        rendered, _ = render(MemorySource(site_documents()), "site-icons", "site:main", path)
        made = opened(rendered.body)
        assert (made.format, made.size) == (form, size)
        assert made.convert("RGB").getpixel((1, 1)) == (0x0B, 0x5A, 0x6B)
        middle = made.convert("L").resize((32, 32)).crop((8, 8, 24, 24))
        assert sum(middle.histogram()[200:]) > 20  # the initial
        assert path in icons.paths(SITE)

    def test_are_named_by_the_manifest_and_in_the_head(self) -> None:
        source = MemorySource([*site_documents(), story()])
        rendered, _ = render(source, "site-icons", "site:main", "/site.webmanifest")
        assert rendered.content_type == "application/manifest+json"
        value = json.loads(rendered.body)
        assert [one["src"] for one in value["icons"]] == [icons.icon_path(SITE, side) for side in (192, 512)]
        assert value["name"] == "The Tern"
        page = story_page(source, story())
        named = page.select("link[rel=icon], link[rel=apple-touch-icon], link[rel=manifest]")
        assert {link["href"] for link in named} == {
            "/favicon.ico", colours.icon_path(SITE), "/apple-touch-icon.png", "/site.webmanifest",
        }  # fmt: skip

    def test_have_another_address_when_name_or_colour_changes(self) -> None:
        other = SITE.model_copy(update={"accent": "#123456"})
        assert icons.icon_path(SITE, 192) != icons.icon_path(other, 192)
