"""What a file says about itself: credit, caption, date and place from XMP, IPTC-IIM and EXIF.

Read once, at upload, to fill what the editor would have to type. Where the three disagree XMP goes first,
then IIM, then EXIF (Metadata Working Group, Guidelines 2.0). GPS and camera data are not read at all.
"""

from __future__ import annotations

import contextlib
import re
import struct
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError  # parsed by defusedxml alone

from defusedxml import ElementTree  # type: ignore[import-untyped]
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from PIL import Image, ImageFile, IptcImagePlugin

from standfirst.kit.images import BadPicture, info_bytes, open_picture
from standfirst.stories.pictures.agencies import format_agencies, parse_agencies
from standfirst.stories.pictures.dates import is_taken_on

_MAX_XMP = 1_000_000  # bytes
_EXIF_IFD, _ORIGINAL_DATE = 0x8769, 0x9003
_LENGTHS = {
    "caption": 5000, "alt": 500, "photographer": 200, "agencies": 300, "copyright_notice": 300,
    "licence": 300, "taken_on": 10, "place": 200,
}  # fmt: skip
_BROKEN = (ValueError, SyntaxError, OSError, LookupError, TypeError, AttributeError, struct.error)

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PS = "{http://ns.adobe.com/photoshop/1.0/}"
_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"


def read(data: bytes) -> dict[str, str]:
    """Return what the file says, by the field of `Picture` it belongs to; {} when it says nothing."""
    try:
        picture = open_picture(data, enough=1)
    except BadPicture:
        return {}
    said: dict[str, str] = {}
    for source in (_from_xmp, _from_iim, _from_exif):
        with contextlib.suppress(*_BROKEN):
            for name, text in source(picture).items():
                if text and name not in said:
                    said[name] = text
    return _tidy(said)


def _tidy(said: Mapping[str, str]) -> dict[str, str]:
    fields = dict(said)
    photographer = fields.get("photographer", "")
    chain = parse_agencies(fields.pop("credit", "") or fields.pop("source", ""))
    fields.pop("source", None)
    fields["agencies"] = format_agencies(tuple(name for name in chain if name != photographer))
    fields["taken_on"] = _date(fields.get("taken_on", ""))
    cleaned = {
        name: "".join(c for c in text if c.isprintable() or c == "\n") for name, text in fields.items()
    }
    return {name: text.strip()[: _LENGTHS[name]] for name, text in cleaned.items() if text.strip()}


def _date(text: str) -> str:
    """Return `2024:05:24 13:09:00`, `20240524` or an ISO date as YYYY-MM-DD, YYYY-MM or YYYY; else ""."""
    match = re.match(r"(\d{4})(?:[:-]?(\d{2})(?:[:-]?(\d{2}))?)?(?!\d)", text)
    known = "-".join(part for part in match.groups() if part and part != "00") if match else ""
    return known if is_taken_on(known) else ""


def _from_xmp(picture: Image.Image) -> dict[str, str]:
    packet = info_bytes(picture, "xmp")[:_MAX_XMP].strip(b"\0 \r\n")
    if not packet:
        return {}
    try:
        root = ElementTree.fromstring(packet, forbid_dtd=True)
    except (ParseError, DefusedXmlException):
        return {}
    found: dict[str, str] = {}
    for description in root.iter(f"{_RDF}Description"):
        for name, text in description.attrib.items():
            found.setdefault(name, text)
        for child in description:
            found.setdefault(child.tag, ", ".join(_texts(child)))
    places = (found.get(f"{_PS}City", ""), found.get(f"{_PS}Country", ""))
    return {
        "caption": found.get(f"{_DC}description", ""),
        "alt": found.get(f"{_CORE}AltTextAccessibility", ""),
        "photographer": found.get(f"{_DC}creator", ""),
        "credit": found.get(f"{_PS}Credit", ""),
        "source": found.get(f"{_PS}Source", ""),
        "copyright_notice": found.get(f"{_DC}rights", ""),
        "licence": found.get(f"{_RIGHTS}UsageTerms", ""),
        "taken_on": found.get(f"{_PS}DateCreated", ""),
        "place": ", ".join(part for part in places if part) or found.get(f"{_CORE}Location", ""),
    }


def _texts(element: Element) -> Iterator[str]:
    """Yield an element's own text, or that of its list: of alternatives in languages only the first."""
    items = list(element.iter(f"{_RDF}li"))
    if not items:
        yield (element.text or "").strip()
        return
    alternatives = element.find(f"{_RDF}Alt") is not None
    for item in items[:1] if alternatives else items[:20]:
        yield (item.text or "").strip()


def _from_iim(picture: ImageFile.ImageFile) -> dict[str, str]:
    sets: Mapping[tuple[int, int], Any] = IptcImagePlugin.getiptcinfo(picture) or {}
    utf8 = sets.get((1, 90)) == b"\x1b%G"

    def text(number: int) -> str:
        value = sets.get((2, number), b"")
        parts = value if isinstance(value, list) else [value]
        return ", ".join(_decoded(part, utf8) for part in parts)

    return {
        "caption": text(120),
        "photographer": text(80),
        "credit": text(110),
        "source": text(115),
        "copyright_notice": text(116),
        "taken_on": text(55),
        "place": ", ".join(part for part in (text(90), text(101)) if part),
    }


def _decoded(value: bytes, utf8: bool) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("utf-8" if utf8 else "latin-1", "replace")


def _from_exif(picture: Image.Image) -> dict[str, str]:
    block = picture.getexif()
    inner = block.get_ifd(_EXIF_IFD)

    def text(value: Any) -> str:
        if not isinstance(value, str):
            return ""
        with contextlib.suppress(UnicodeError):
            return value.encode("latin-1").decode()  # Pillow reads bytes as Latin-1; writers mean UTF-8
        return value

    return {
        "caption": text(block.get(0x010E)),
        "photographer": text(block.get(0x013B)),
        "copyright_notice": text(block.get(0x8298)),
        "taken_on": text(inner.get(_ORIGINAL_DATE)),
    }
