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
TALL, PANORAMA = 0.95, 1.75  # narrower than the one, wider than the other: set with care
PHONE = 45  # rem: below that a picture runs from edge to edge
HIGHEST = 85  # per cent of the window's height that a tall picture takes at most


def _room(crop: float, phone: str, *steps: tuple[float, str]) -> Room:
    return Room((*(Step(*step) for step in steps), Step(0, phone)), crop)


_SMALL = "(100vw - 2.5rem) * .34"  # beside the words, on a phone
_LARGE = "100vw - 2.5rem"
_HALF = (
    (100, "31.083rem"), (80, "29.417rem"), (68.75, "(100vw - 9.4rem) / 2.4"), (45, "(100vw - 6.5rem) / 2"),
)  # fmt: skip
_THIRD = (
    (100, "20.056rem"), (80, "18.944rem"), (68.75, "(100vw - 11.8rem) / 3.6"), (45, "(100vw - 8rem) / 3"),
)  # fmt: skip
_QUARTER = (
    (100, "14.542rem"), (80, "13.708rem"), (68.75, "(100vw - 14.2rem) / 4.8"), (45, "(100vw - 6.5rem) / 2"),
)  # fmt: skip

ROOMS: dict[Place, Room] = {
    # A story with the column beside it.
    "hero": _room(
        0, "100vw", (100, "52.5rem"), (80, "51rem"), (68.75, "100vw - 29rem"), (45, "100vw - 5rem")
    ),
    "wide": _room(
        0,
        "100vw",
        (100, "52.5rem"),
        (80, "51rem"),
        (75, "100vw - 29rem"),
        (68.75, "min(42rem, 100vw - 29rem)"),
        (45, "min(42rem, 100vw - 5rem)"),
    ),  # fmt: skip
    "column": _room(
        0,
        "100vw",
        (100, "44rem"),
        (80, "42.5rem"),
        (75, "100vw - 37.5rem"),
        (68.75, "min(42rem, 100vw - 29rem)"),
        (45, "min(42rem, 100vw - 5rem)"),
    ),  # fmt: skip
    # A story that has the page to itself: long reads, galleries; and the pages of the site.
    "open_hero": _room(0, "100vw", (100, "79rem"), (80, "75rem"), (45, "100vw - 5rem")),
    "open_wide": _room(0, "100vw", (68.75, "60rem"), (45, "min(42rem, 100vw - 5rem)")),
    "open_column": _room(0, "100vw", (45, "min(42rem, 100vw - 5rem)")),
    "plate": _room(
        0, "100vw - 2.5rem", (100, "58rem"), (80, "54rem"), (68.75, "100vw - 26rem"), (45, "100vw - 5rem")
    ),
    # Cards.
    "lead": _room(
        CARD,
        "100vw",
        (100, "35.35rem"),
        (80, "34.3rem"),
        (68.75, "(100vw - 31rem) * .7"),
        (45, "(100vw - 6.5rem) * .7"),
    ),  # fmt: skip
    "second": _room(
        CARD,
        _SMALL,
        (100, "16.167rem"),
        (80, "15.667rem"),
        (68.75, "(100vw - 33rem) / 3"),
        (45, "(100vw - 8rem) / 3"),
    ),  # fmt: skip
    "band_a": _room(
        CARD,
        _LARGE,
        (100, "37.7rem"),
        (80, "35.7rem"),
        (68.75, "(100vw - 7rem) * .5 - .8rem"),
        (45, "(100vw - 6.5rem) / 2"),
    ),  # fmt: skip
    "half": _room(CARD, _LARGE, *_HALF),
    "half_rest": _room(CARD, _SMALL, *_HALF),
    "third": _room(CARD, _LARGE, *_THIRD),
    "third_rest": _room(CARD, _SMALL, *_THIRD),
    "quarter": _room(CARD, _LARGE, *_QUARTER),
    "quarter_rest": _room(CARD, _SMALL, *_QUARTER),
    "one": _room(
        CARD,
        _LARGE,
        (100, "37.3rem"),
        (80, "35.3rem"),
        (68.75, "(100vw - 9.4rem) / 2"),
        (45, "(100vw - 6.5rem) / 2"),
    ),  # fmt: skip
    "trail": _room(
        CARD,
        _SMALL,
        (100, "16.167rem"),
        (80, "15.667rem"),
        (68.75, "(100vw - 33rem) / 3"),
        (45, "(100vw - 8rem) / 3"),
    ),  # fmt: skip
    "open_trail": _room(
        CARD,
        _SMALL,
        (100, "25rem"),
        (80, "23.667rem"),
        (68.75, "(100vw - 9rem) / 3"),
        (45, "(100vw - 8rem) / 3"),
    ),  # fmt: skip
    "section_lead": _room(
        CARD,
        _LARGE,
        (100, "46.2rem"),
        (80, "43.8rem"),
        (68.75, "(100vw - 7rem) * .6"),
        (45, "(100vw - 6.5rem) * .6"),
    ),  # fmt: skip
    "row": _room(CARD, "7rem", (68.75, "15rem"), (45, "12rem")),
    "pick": _room(CARD, "6.5rem"),
    "related": _room(CARD, "6.5rem", (45, "10rem")),
    "portrait": _room(FACE, "5.5rem", (45, "10rem")),
    "voice": _room(FACE, "4.5rem"),
    "logo": _room(1, "2.5rem"),
}


def shape(width: int, height: int) -> str:
    """Return `tall`, `panorama`, or "" for a picture that needs no care."""
    ratio = width / height
    return "tall" if ratio < TALL else "panorama" if ratio > PANORAMA else ""


def sizes(place: Place, width: int, height: int) -> str:
    """Return the `sizes` of a picture of this shape: how wide it is drawn, what a crop hides included."""
    room, ratio = ROOMS[place], width / height
    parts = []
    for step in room.steps:
        length = _drawn(step, ratio, room.crop or _crop(place, step, ratio))
        parts.append(f"(min-width: {step.rem:g}rem) {length}" if step.rem else length)
    return ", ".join(parts)


def _crop(place: Place, step: Step, ratio: float) -> float:
    """Return the shape that a picture which is not cropped elsewhere gets as the hero of a phone's page."""
    if step.rem >= PHONE or place not in ("hero", "open_hero"):
        return 0
    return CARD if ratio > PANORAMA else 0


def _drawn(step: Step, ratio: float, crop: float) -> str:
    if crop and ratio > crop:
        return f"calc(({step.length}) * {ratio / crop:.3f})"
    if not crop and ratio < TALL and step.rem >= PHONE:
        return f"min({step.length}, {HIGHEST * ratio:.1f}vh)"
    return (
        f"calc({step.length})" if " " in step.length and not step.length.startswith("min(") else step.length
    )
