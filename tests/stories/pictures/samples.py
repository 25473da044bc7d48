"""Pictures made by code, with metadata as cameras and agencies write it."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageCms, ImageDraw, IptcImagePlugin, TiffImagePlugin

from standfirst.stories.pictures.packet import with_iim

GPS_IFD, EXIF_IFD = 0x8825, 0x8769
SERIAL, COMMENT, MAKER, JPEG_COMMENT = (
    "CANARY-SERIAL-4711",
    "CANARY-XMP-0815",
    "CANARY-MAKER-12",
    "CANARY-COM-9",
)
LATITUDE = (50.0, 27.0, 13.5)
CANARIES = (SERIAL, COMMENT, MAKER, JPEG_COMMENT)

AGENCY_XMP = f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:desk="https://example.org/desk/"
 photoshop:Credit="Agency One via Agency Two" photoshop:DateCreated="2024-05-24T13:09:00+03:00"
 photoshop:City="Kyiv" photoshop:Country="Ukraine" desk:note="{COMMENT}">
<dc:creator><rdf:Seq><rdf:li>Olena Koval</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2024 Agency One</rdf:li></rdf:Alt></dc:rights>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">People &amp; candles.</rdf:li>
<rdf:li xml:lang="uk">Люди</rdf:li></rdf:Alt></dc:description>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()


def scene(width: int = 2000, height: int = 1333) -> Image.Image:
    """Return a picture whose corners are red, green, blue and white, from top left."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(picture)
    w, h = width // 4, height // 4
    draw.rectangle((0, 0, w, h), "red")
    draw.rectangle((width - w, 0, width, h), "lime")
    draw.rectangle((0, height - h, w, height), "blue")
    draw.rectangle((width - w, height - h, width, height), "white")
    return picture


def corners(picture: Image.Image) -> tuple[str, str, str, str]:
    """Return the colours at top left, top right, bottom left, bottom right, by name."""
    picture = picture.convert("RGB")
    right, low = picture.width - 5, picture.height - 5
    points = ((5, 5), (right, 5), (5, low), (right, low))
    return tuple(_name(picture.getpixel(point)) for point in points)  # type: ignore[return-value]


def _name(colour: object) -> str:
    red, green, blue = (part > 128 for part in colour)  # type: ignore[attr-defined]
    names = {(1, 0, 0): "red", (0, 1, 0): "lime", (0, 0, 1): "blue", (1, 1, 1): "white", (0, 0, 0): "black"}
    return names.get((red, green, blue), "other")


def saved(picture: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def from_a_camera(form: str = "JPEG", size: tuple[int, int] = (2000, 1333)) -> bytes:
    """Return a picture with all a camera and an agency say, the private things among it."""
    exif = Image.Exif()
    exif[0x010E] = "Люди зі свічками".encode()
    exif[0x0110] = "Camera X"
    inner = exif.get_ifd(EXIF_IFD)
    inner[0x9003] = "2023:01:02 03:04:05"
    inner[0xA431] = SERIAL
    inner[0x927C] = MAKER.encode()
    exif.get_ifd(GPS_IFD).update({1: "N", 2: tuple(TiffImagePlugin.IFDRational(part) for part in LATITUDE)})
    options: dict[str, object] = {"exif": exif.tobytes(), "xmp": AGENCY_XMP}
    if form == "JPEG":
        options["comment"] = JPEG_COMMENT
    data = saved(scene(*size), form, **options)
    private = b"\x1c\x02\x28" + len(COMMENT).to_bytes(2, "big") + COMMENT.encode()
    return with_iim(data, private) if form == "JPEG" else data


def gps(data: bytes) -> dict[int, object]:
    return dict(Image.open(io.BytesIO(data)).getexif().get_ifd(GPS_IFD))


def iim(data: bytes) -> dict[tuple[int, int], bytes]:
    return IptcImagePlugin.getiptcinfo(Image.open(io.BytesIO(data))) or {}  # type: ignore[return-value]


def strings(data: bytes) -> Iterator[str]:
    """Yield the canaries found anywhere in a file."""
    yield from (canary for canary in CANARIES if canary.encode() in data)


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
