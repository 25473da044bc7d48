"""Writing credit and rights into picture files: XMP and EXIF in all, IPTC-IIM in JPEG too.

Properties after the IPTC Photo Metadata Standard 2023.2, XMP after ISO 16684-1, IIM version 4, EXIF 2.32.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from PIL import Image

from standfirst.stories.pictures.agencies import format_agencies
from standfirst.stories.pictures.words import Words

_EXIF_DESCRIPTION, _EXIF_ARTIST, _EXIF_COPYRIGHT = 0x010E, 0x013B, 0x8298
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
}


def xmp(words: Words) -> bytes:
    """Return the XMP packet: only what has a value."""
    parts = [
        _array("dc:creator", "Seq", words.photographer or words.source),
        _array("dc:rights", "Alt", words.copyright_notice),
        _array("dc:description", "Alt", words.alt),
        _array("xmpRights:UsageTerms", "Alt", words.usage_terms),
        _array("Iptc4xmpCore:AltTextAccessibility", "Alt", words.alt),
    ]
    plain = {
        "dc:identifier": words.media,
        "photoshop:Credit": words.credit_line,
        "photoshop:Source": words.source,
        "photoshop:Instructions": words.note,
        "photoshop:DateCreated": words.taken_on,
        "Iptc4xmpCore:Location": words.place,
        "xmpRights:Marked": "True" if words.copyright_notice else "",
        "xmpRights:WebStatement": words.licence if words.licence.startswith(("https://", "http://")) else "",
    }
    attributes = "".join(f" {name}={quoteattr(_xml(text))}" for name, text in plain.items() if text)
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about=""{spaces}{attributes}>{"".join(parts)}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def _array(name: str, kind: str, text: str) -> str:
    if not text:
        return ""
    language = ' xml:lang="x-default"' if kind == "Alt" else ""
    return f"<{name}><rdf:{kind}><rdf:li{language}>{escape(_xml(text))}</rdf:li></rdf:{kind}></{name}>"


def _xml(text: str) -> str:
    """Return `text` without the characters XML 1.0 has no form for."""
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))


def exif(words: Words) -> bytes:
    """Return an EXIF block of artist, copyright and description; b"" when there is nothing to say."""
    block = Image.Exif()
    for tag, text in (
        (_EXIF_DESCRIPTION, words.alt),
        (_EXIF_ARTIST, words.photographer or words.source),
        (_EXIF_COPYRIGHT, words.copyright_notice),
    ):
        if text:
            block[tag] = text.replace("\0", "").encode()  # UTF-8, as all readers of today take it
    return block.tobytes() if block else b""


def iim(words: Words) -> bytes:
    """Return the IPTC-IIM datasets of application record 2, in UTF-8, each within its length."""
    day = words.taken_on.replace("-", "")
    fields = (
        (55, day if len(day) == 8 else "", 8),
        (80, words.photographer or words.source, 32),
        (92, words.place, 32),
        (110, _fitting((words.credit_line, format_agencies(words.agencies), words.source), 32), 32),
        (115, words.source, 32),
        (116, words.copyright_notice, 128),
        (120, words.alt, 2000),
    )
    sets = b"".join(_dataset(2, number, _cut(text, limit)) for number, text, limit in fields if text)
    return _dataset(1, 90, b"\x1b%G") + _dataset(2, 0, b"\0\4") + sets


def _fitting(texts: tuple[str, ...], limit: int) -> str:
    """Return the first text that fits, else the last: half a chain of agencies would name the wrong one."""
    return next((text for text in texts if len(text.encode()) <= limit), texts[-1])


def _dataset(record: int, number: int, value: bytes) -> bytes:
    return bytes((0x1C, record, number)) + len(value).to_bytes(2, "big") + value


def _cut(text: str, limit: int) -> bytes:
    """Return at most `limit` bytes of UTF-8, no character cut in two."""
    return text.encode()[:limit].decode("utf-8", "ignore").encode()


def with_iim(jpeg: bytes, datasets: bytes) -> bytes:
    """Return the JPEG with the datasets in an APP13 segment (a Photoshop image resource 0x0404).

    It goes behind the leading application segments, so that JFIF and EXIF stay first as they must be.
    Raises ValueError when `jpeg` is not one or the datasets do not fit in a segment.
    """
    padded = datasets + b"\0" * (len(datasets) % 2)
    resource = b"8BIM\x04\x04\0\0" + len(datasets).to_bytes(4, "big") + padded
    body = b"Photoshop 3.0\0" + resource
    if jpeg[:2] != b"\xff\xd8" or len(body) > 65_533:
        raise ValueError("not a JPEG, or too much to say in one segment")
    place = 2
    while jpeg[place : place + 2] in (b"\xff\xe0", b"\xff\xe1"):
        place += 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
    segment = b"\xff\xed" + (len(body) + 2).to_bytes(2, "big") + body
    return jpeg[:place] + segment + jpeg[place:]
