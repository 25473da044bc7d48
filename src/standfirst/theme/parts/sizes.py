"""How wide a picture is drawn in each place, as browsers are told it before there is a page to measure.

Follows the grid in styles/; a test compares both in a browser, at every width.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Place = Literal[
    "hero", "column", "wide", "open_hero", "open_column", "open_wide", "plate",
    "lead", "second", "band_a", "half", "half_rest", "third", "third_rest", "quarter", "quarter_rest", "one",
    "trail", "open_trail", "section_lead", "row", "pick", "related", "portrait", "voice", "logo",
]  # fmt: skip


class Step(NamedTuple):
    """From a page `rem` wide on, a picture is `length` wide (CSS, as inside `calc()`)."""

    rem: float
    length: str


class Room(NamedTuple):
    """A place: its steps, widest first, and the shape (width / height) that it crops to; 0 for none."""

    steps: tuple[Step, ...]
    crop: float = 0


CARD = 3 / 2
FACE = 4 / 5
TALL, PANORAMA = 1.1, 1.75  # narrower than the one, wider than the other: set with care
PHONE = 45  # rem: below that a picture runs from edge to edge
HIGHEST = 85  # per cent of the window's height that a tall picture takes at most


def _room(widths: str, crop: float = 0) -> Room:
    """Return the room of `100vw | 45: 100vw - 5rem | 80: 75rem`: how wide, and from which page width on."""
    steps = []
    for part in widths.split(" | "):
        rem, colon, length = part.rpartition(": ")
        steps.append(Step(float(rem) if colon else 0, length))
    return Room(tuple(reversed(steps)), crop)


_SMALL = "(100vw - 2.5rem) * .34"  # beside the words, on a phone
_LARGE = "100vw - 2.5rem"
_TEXT = "100vw | 45: min(42rem, 100vw - 5rem)"
_BESIDE = f"{_TEXT} | 68.75: min(42rem, 100vw - 29rem)"
_TWO = "45: (100vw - 6.5rem) / 2"
_HALF = f"{_TWO} | 68.75: (100vw - 9.4rem) / 2.4 | 80: 29.417rem | 100: 31.083rem"
_THIRD = "45: (100vw - 8rem) / 3 | 68.75: (100vw - 11.8rem) / 3.6 | 80: 18.944rem | 100: 20.056rem"
_QUARTER = f"{_TWO} | 68.75: (100vw - 14.2rem) / 4.8 | 80: 13.708rem | 100: 14.542rem"
_SECOND = "45: (100vw - 8rem) / 3 | 68.75: (100vw - 33rem) / 3 | 80: 15.667rem | 100: 16.167rem"
_OPEN_THIRD = "45: (100vw - 8rem) / 3 | 68.75: (100vw - 9rem) / 3 | 80: 23.667rem | 100: 25rem"

ROOMS: dict[Place, Room] = {
    # A story with the column beside it.
    "hero": _room("100vw | 45: 100vw - 5rem | 68.75: 100vw - 29rem | 80: 51rem | 100: 52.5rem"),
    "wide": _room(f"{_BESIDE} | 75: 100vw - 29rem | 80: 51rem | 100: 52.5rem"),
    "column": _room(f"{_BESIDE} | 75: 100vw - 37.5rem | 80: 42.5rem | 100: 44rem"),
    # A story that has the page to itself: long reads, galleries; and the pages of the site.
    "open_hero": _room("100vw | 45: 100vw - 5rem | 80: 75rem | 100: 79rem"),
    "open_wide": _room(f"{_TEXT} | 68.75: 60rem"),
    "open_column": _room(_TEXT),
    "plate": _room(f"{_LARGE} | 45: 100vw - 5rem | 68.75: 100vw - 26rem | 80: 54rem | 100: 58rem"),
    # Cards.
    "lead": _room(
        "100vw | 45: (100vw - 6.5rem) * .7 | 68.75: (100vw - 31rem) * .7 | 80: 34.3rem | 100: 35.35rem", CARD
    ),
    "second": _room(f"{_SMALL} | {_SECOND}", CARD),
    "band_a": _room(
        f"{_LARGE} | {_TWO} | 68.75: (100vw - 7rem) * .5 - .8rem | 80: 35.7rem | 100: 37.7rem", CARD
    ),
    "half": _room(f"{_LARGE} | {_HALF}", CARD),
    "half_rest": _room(f"{_SMALL} | {_HALF}", CARD),
    "third": _room(f"{_LARGE} | {_THIRD}", CARD),
    "third_rest": _room(f"{_SMALL} | {_THIRD}", CARD),
    "quarter": _room(f"{_LARGE} | {_QUARTER}", CARD),
    "quarter_rest": _room(f"{_SMALL} | {_QUARTER}", CARD),
    "one": _room(
        f"{_LARGE} | {_TWO} | 68.75: (100vw - 9.4rem) / 2 | 80: 35.3rem | 100: 37.3rem",
        CARD,
    ),
    "trail": _room(f"{_SMALL} | {_SECOND}", CARD),
    "open_trail": _room(f"{_SMALL} | {_OPEN_THIRD}", CARD),
    "section_lead": _room(
        f"{_LARGE} | 45: (100vw - 6.5rem) * .6 | 68.75: (100vw - 7rem) * .6 | 80: 43.8rem | 100: 46.2rem",
        CARD,
    ),
    "row": _room("7rem | 45: 12rem | 68.75: 15rem", CARD),
    "pick": _room("6.5rem", CARD),
    "related": _room("6.5rem | 45: 10rem", CARD),
    "portrait": _room("5.5rem | 45: 10rem", FACE),
    "voice": _room("4.5rem", FACE),
    "logo": _room("2.5rem", 1),
}


def shape(width: int, height: int) -> str:
    """Return `tall`, `panorama`, or "" for a picture that needs no care."""
    ratio = width / height
    return "tall" if ratio < TALL else "panorama" if ratio > PANORAMA else ""


def sizes(place: Place, width: int, height: int) -> str:
    """Return the `sizes` of a picture of this shape: how wide it is drawn, what a crop hides included.

    But for what a phone hides of a panorama at the head of a story: it would cost twice the
    bytes for a sharpness that is not seen on a hand's width.
    """
    room, ratio = ROOMS[place], width / height
    parts = []
    for step in room.steps:
        length = _drawn(step, ratio, room.crop)
        parts.append(f"(min-width: {step.rem:g}rem) {length}" if step.rem else length)
    return ", ".join(parts)


def _drawn(step: Step, ratio: float, crop: float) -> str:
    if crop and ratio > crop:
        return f"calc(({step.length}) * {ratio / crop:.3f})"
    if not crop and ratio < TALL and step.rem >= PHONE:
        return f"min({step.length}, {HIGHEST * ratio:.1f}vh)"
    return (
        f"calc({step.length})" if " " in step.length and not step.length.startswith("min(") else step.length
    )
