"""A story's card for social networks: headline, section and status on paper, and its picture beside them."""

from __future__ import annotations

import hashlib
import io
from dataclasses import astuple, dataclass

from PIL import Image, ImageDraw, ImageOps, __version__

from standfirst.bake.reading import Page, RecordingReader
from standfirst.bake.registry import Rendered, Renderer
from standfirst.editions.documents import Document, Story, StoryCard
from standfirst.editions.records import Records
from standfirst.editions.standing import STANDINGS
from standfirst.kit.images import open_picture
from standfirst.theme import colours
from standfirst.theme.drawn import faces, setting
from standfirst.theme.drawn.faces import Face
from standfirst.theme.locales import formats
from standfirst.theme.look import per_look
from standfirst.theme.parts.card import status
from standfirst.theme.strings import languages, strings
from standfirst.theme.tokens import tokens

SIZE = (1200, 630)
MOST_BYTES = 150_000

_PACKING = ((86, "4:2:2"), (76, "4:2:0"), (60, "4:2:0"))
"""Tried until it is small enough. Tables of its own make a card a tenth smaller in twice the time."""
_MARGIN = 64
_PICTURE = 440  # pixels of the width
_SIZES = (84, 76, 68, 62, 56, 50, 46, 42)
_SMALLEST = _SIZES[-1]
_ROOM = 340  # pixels of height for the headline
_LEADING = 1.14
_LEADING_ARABIC = 1.5


@dataclass(frozen=True, slots=True)
class CardWords:
    """All that a card shows; `picture` is the name of its picture's bytes, "" without one."""

    headline: str
    label: str
    status: str
    site: str
    accent: str
    language: str
    picture: str
    focus: tuple[int, int]

    @property
    def version(self) -> str:
        """Return a name that changes with what the card shows."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:10]


def path(story_id: str) -> str:
    """Return the address of a story's card."""
    return f"/_c/{story_id}.jpg"


def paths(document: Document) -> list[str]:
    """Return the address of a story's card. Raises TypeError for a record that is no story."""
    if not isinstance(document, Story):
        raise TypeError(f"{document.record} is not a story")
    return [path(document.id)]


def words_of(records: Records, card: StoryCard) -> CardWords:
    """Return what a story's card shows."""
    site = records.site()
    section = records.section(card.section) if card.section else None
    media = records.shown(card.hero)
    file = media.jpeg(_PICTURE * 2) if media else None
    return CardWords(
        headline=card.headline,
        label=section.name if section else "",
        status=status(card, strings(card.language)),
        site=site.name_in(card.language),
        accent=site.accent,
        language=card.language,
        picture=file.blob if file else "",
        focus=media.focus if media else (500, 500),
    )


@dataclass(frozen=True, slots=True)
class SocialCard:
    """Draws a story's card as JPEG."""

    gone: Renderer

    @property
    def fingerprint(self) -> str:
        return fingerprint()

    def render(self, page: Page, reader: RecordingReader) -> Rendered:
        records = Records(reader)
        card = records.card(page.owner.partition(":")[2])
        if card is None:
            return self.gone.render(page, reader)
        words = words_of(records, card)
        picture = reader.file(words.picture) if words.picture else b""
        return Rendered(body=draw(words, picture), content_type="image/jpeg", surrogate_keys=(page.owner,))


@per_look
def fingerprint() -> str:
    """Return a hash of what draws a card: this folder, the fonts, the words of status; no template.

    Thousands of cards are not drawn again because a page has changed.
    """
    digest = hashlib.sha256(f"pillow {__version__} raqm {faces.SHAPED}".encode())
    here = faces.THEME / "drawn"
    files = [*sorted(here.glob("*.py")), faces.THEME / "colours.py", faces.THEME / "styles" / "tokens.css"]
    for file in (*files, *(faces.THEME / "fonts" / name for name in faces.font_files())):
        digest.update(file.read_bytes())
    for language in languages():
        digest.update("".join(strings(language).text(f"status.{said}") for said in STANDINGS).encode())
    return digest.hexdigest()[:32]


def draw(words: CardWords, picture: bytes) -> bytes:
    """Return the card as JPEG of at most `MOST_BYTES`. `picture` is a file, b"" for none."""
    sheet = Image.new("RGB", SIZE, colours.PAPER)
    direction = formats(words.language).direction
    room = SIZE[0] - 2 * _MARGIN
    if picture:
        _place(sheet, picture, words.focus, direction)
        room -= _PICTURE
    start = float(SIZE[0] - _MARGIN if direction == "rtl" else _MARGIN)
    _Sheet(ImageDraw.Draw(sheet), direction, start, room).fill(words)
    return _jpeg(sheet)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The part of a card that is written on. `start` is where lines begin, `room` how long they may be."""

    canvas: ImageDraw.ImageDraw
    direction: str
    start: float
    room: int

    def fill(self, words: CardWords) -> None:
        accent = colours.readable(words.accent, colours.PAPER, colours.INK)
        self._bar(_MARGIN, 8, accent, 72)
        labels = [(words.label, accent), (words.status, tokens()["--signal"].value)]
        self._labels([(text, ink) for text, ink in labels if text])
        self._headline(words.headline)
        self._bar(SIZE[1] - 118, 2, tokens()["--line"].value, self.room)
        face = Face("serif", 34, 600)
        site = setting.shortened(setting.wrapped(words.site, face, self.room, self.direction), 1)
        self._line(SIZE[1] - 64, "".join(site), face, colours.INK)

    def _labels(self, labels: list[tuple[str, str]]) -> None:
        start, face = self.start, Face("sans", 28, 600)
        for text, ink in labels:
            wide = setting.write(self.canvas, (start, 124), text, face, ink, self.direction) + 28
            start += -wide if self.direction == "rtl" else wide

    def _headline(self, text: str) -> None:
        leading = _LEADING_ARABIC if self.direction == "rtl" else _LEADING
        size, lines = self._fitted(text, leading)
        face = Face("serif", size, 600)
        for number, line in enumerate(lines):
            self._line(168 + size * 0.8 + number * size * leading, line, face, colours.INK)

    def _fitted(self, text: str, leading: float) -> tuple[int, list[str]]:
        """Return the largest size at which the headline has room, and its lines."""
        for size in _SIZES:
            face, most = Face("serif", size, 600), int(_ROOM / (size * leading))
            lines = setting.wrapped(text, face, self.room, self.direction)
            if len(lines) <= most and all(setting.width(x, face, self.direction) <= self.room for x in lines):
                return size, lines
        return _SMALLEST, setting.shortened(lines, int(_ROOM / (_SMALLEST * leading)))

    def _line(self, baseline: float, text: str, face: Face, ink: str) -> None:
        setting.write(self.canvas, (self.start, baseline), text, face, ink, self.direction)

    def _bar(self, top: int, height: int, ink: str, wide: int) -> None:
        left = self.start - wide if self.direction == "rtl" else self.start
        self.canvas.rectangle((left, top, left + wide - 1, top + height - 1), fill=ink)


def _place(sheet: Image.Image, picture: bytes, focus: tuple[int, int], direction: str) -> None:
    """Put the picture at the end of the lines, from edge to edge, cut around its focus."""
    opened = open_picture(picture, enough=_PICTURE * 2).convert("RGB")
    centre = (focus[0] / 1000, focus[1] / 1000)
    cut = ImageOps.fit(opened, (_PICTURE, SIZE[1]), centering=centre)
    sheet.paste(cut, (0 if direction == "rtl" else SIZE[0] - _PICTURE, 0))


def _jpeg(sheet: Image.Image) -> bytes:
    for quality, subsampling in _PACKING:
        file = io.BytesIO()
        sheet.save(file, "JPEG", quality=quality, subsampling=subsampling)
        if file.tell() <= MOST_BYTES:
            break
    return file.getvalue()
