"""Cut the theme's fonts from the families' own files: the letters the style sheet says, the axes we use.

`theme/styles/tokens.css` has the say: of every `@font-face` there, the file gets the characters of its
`unicode-range`. Run it after a change of those, with the packages that NOTICE names unpacked in a folder:

    python -m tools.cut_fonts FOLDER
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

THEME = Path(__file__).resolve().parents[1] / "src" / "standfirst" / "theme"
LITERATA = "literata-{part}-opsz-{style}.woff2"
SOURCE_SANS = "source-sans-3-{part}-wght-{style}.woff2"
FEATURES = [
    "rvrn",
    "kern",
    "liga",
    "calt",
    "ccmp",
    "locl",
    "mark",
    "mkmk",
    "rlig",
    "tnum",
    "lnum",
    "onum",
    "pnum",
]
UPRIGHT = {"wght": (400, 700), "opsz": (12, 60)}
ITALIC = {"wght": 400, "opsz": 18}  # words within a text: one weight, one optical size
SANS = {"wght": (400, 700)}

_RULE = re.compile(r"@font-face \{[^}]*?url\(([a-z0-9-]+)\.woff2\)[^}]*?unicode-range: ([^;]+);")
_RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")


class Cut(NamedTuple):
    """Where a file of ours is taken from, and which part of its design space is kept."""

    source: str
    axes: dict[str, Any]


def _cuts() -> Iterator[tuple[str, Cut]]:
    """Yield the names of our files, without suffix, each with its cut."""
    parts = {"latin": "latin", "accents": "latin", "figures": "latin", "latin-ext": "latin-ext"}
    parts |= {"cyrillic": "cyrillic", "cyrillic-ext": "cyrillic-ext"}
    for ours, theirs in parts.items():
        yield f"literata-{ours}", Cut(LITERATA.format(part=theirs, style="normal"), UPRIGHT)
        yield f"literata-italic-{ours}", Cut(LITERATA.format(part=theirs, style="italic"), ITALIC)
        yield f"standfirst-sans-{ours}", Cut(SOURCE_SANS.format(part=theirs, style="normal"), SANS)


def characters(ranges: str) -> set[int]:
    """Return the code points of a `unicode-range`."""
    return {
        point
        for first, last in _RANGE.findall(ranges)
        for point in range(int(first, 16), int(last or first, 16) + 1)
    }


def cut(source: bytes, axes: dict[str, Any], wanted: set[int], name: str) -> bytes:
    """Return a woff2 file of the `wanted` characters, with its axes narrowed."""
    narrowed = _written(instantiateVariableFont(TTFont(io.BytesIO(source)), axes), None)
    font = TTFont(io.BytesIO(narrowed))
    if "gvar" in font:  # the subsetter wants an entry of every glyph, moving or not
        for glyph in font.getGlyphOrder():
            font["gvar"].variations.setdefault(glyph, [])
    options = Options(layout_features=FEATURES, hinting=False, name_IDs=[0, 1, 2, 4, 6, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted & set(font.getBestCmap()))
    subsetter.subset(font)
    if name.startswith("standfirst-"):  # the name of what it is cut from is reserved to the whole
        for record in font["name"].names:
            if record.nameID in (1, 4, 6):
                record.string = "StandfirstSans" if record.nameID == 6 else "Standfirst Sans"
    return _written(font, "woff2")


def _written(font: TTFont, flavor: str | None) -> bytes:
    out = io.BytesIO()
    font.flavor = flavor
    font.save(out)
    return out.getvalue()


def main(folder: Path) -> int:
    """Write all files that are cut, and print their sizes. Raises ValueError where a source is missing."""
    cuts = dict(_cuts())
    for name, ranges in _RULE.findall((THEME / "styles" / "tokens.css").read_text()):
        if name not in cuts:
            continue  # the Arabic ones are as NOTICE says
        (source,) = folder.rglob(cuts[name].source)
        body = cut(source.read_bytes(), cuts[name].axes, characters(ranges), name)
        (THEME / "fonts" / f"{name}.woff2").write_bytes(body)
        sys.stdout.write(f"{len(body):7,}  {name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
