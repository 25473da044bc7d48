"""Files that cost far more than they weigh, made by code. `python -m tests.kit.bombs` measures the gate."""

from __future__ import annotations

import io
import json
import os
import struct
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image


def png(width: int, height: int, *chunks: tuple[bytes, bytes], rows: int = 0) -> bytes:
    """Return a greyscale PNG that claims a size and holds `rows` black rows."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packer = zlib.compressobj(1)
    body = b"".join(packer.compress(bytes(width + 1)) for _ in range(rows)) + packer.flush()
    parts = [(b"IHDR", head), *chunks, (b"IDAT", body), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def jpeg_claiming(width: int, height: int) -> bytes:
    """Return a small JPEG whose frame header claims another size."""
    data = bytearray(saved("JPEG", 16, 16))
    place = data.index(b"\xff\xc0") + 5
    data[place : place + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def jpeg_of_scans(count: int) -> bytes:
    """Return a progressive JPEG whose last scan is repeated."""
    data = saved("JPEG", 2000, 2000, progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * count + data[-2:]


def webp_claiming(side: int) -> bytes:
    """Return a WebP whose extended header claims a canvas of `side` squared (RFC 9649)."""
    canvas = (side - 1).to_bytes(3, "little") * 2
    inside = saved("WEBP", 16, 16, lossless=True)[12:]
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + canvas + inside
    return b"RIFF" + struct.pack("<I", len(body)) + body


def gif_claiming(side: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", side, side) + saved("GIF", 16, 16)[10:]


def avif_claiming(side: int) -> bytes:
    """Return an AVIF whose image spatial extents claim another size."""
    data = bytearray(saved("AVIF", 64, 64))
    place = data.index(b"ispe") + 8
    data[place : place + 8] = struct.pack(">II", side, side)
    return bytes(data)


def moving(form: str, frames: int) -> bytes:
    out = io.BytesIO()
    pictures = [Image.new("RGB", (8, 8), (n % 256, n // 256, 0)) for n in range(frames)]
    pictures[0].save(out, form, save_all=True, append_images=pictures[1:])
    return out.getvalue()


def text_bomb() -> bytes:
    """Return a PNG whose compressed comment unpacks to 100 MB."""
    return png(8, 8, (b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100_000_000), 1)), rows=8)


def profile_bomb() -> bytes:
    return png(8, 8, (b"iCCP", b"ICC\0\0" + zlib.compress(bytes(100_000_000), 1)), rows=8)


def saved(form: str, width: int, height: int, **options: object) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, form, **options)
    return out.getvalue()


def blank(form: str, width: int, height: int, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 150)).save(out, form, **options)
    return out.getvalue()


BOMBS: dict[str, Callable[[], bytes]] = {
    "a PNG of 400 million black pixels": lambda: png(20_000, 20_000, rows=20_000),
    "a PNG that claims 3,600 million pixels": lambda: png(60_000, 60_000),
    "a PNG that is one pixel high": lambda: png(2_000_000_000, 1),
    "a PNG with a comment of 100 MB": text_bomb,
    "a PNG with a profile of 100 MB": profile_bomb,
    "a JPEG that claims 4,294 million pixels": lambda: jpeg_claiming(65_535, 65_535),
    "a JPEG of 2,000 passes": lambda: jpeg_of_scans(2_000),
    "a GIF that claims 4,294 million pixels": lambda: gif_claiming(65_535),
    "a WebP that claims 268 million pixels": lambda: webp_claiming(16_383),
    "an AVIF that claims 4,294 million pixels": lambda: avif_claiming(65_535),
    "a GIF of 300 frames": lambda: moving("GIF", 300),
    "a moving PNG": lambda: moving("PNG", 20),
    "a moving WebP": lambda: moving("WEBP", 20),
}
"""What must be refused."""

LARGEST: dict[str, Callable[[], bytes]] = {
    "the largest PNG": lambda: blank("PNG", 10_000, 4_000, compress_level=1),
    "the largest JPEG": lambda: blank("JPEG", 10_000, 8_000),
    "the largest progressive JPEG": lambda: blank("JPEG", 5_000, 5_000, progressive=True, subsampling=0),
    "the largest WebP": lambda: blank("WEBP", 3_500, 4_000, quality=30, method=0),
    "the largest AVIF": lambda: blank("AVIF", 4_000, 4_000, quality=30, speed=10),
    "the largest GIF": lambda: blank("GIF", 8_000, 5_000),
}
"""What is taken, and must stay within the bound all the same."""


def measure(opener: Callable[[bytes], object], data: bytes) -> dict[str, object]:
    """Return what became of opening in a child process: seconds, bytes of memory it took, the refusal."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        before = _status("VmRSS")
        started = time.perf_counter()
        try:
            opener(data)
            refusal = ""
        except Exception as error:  # noqa: BLE001
            refusal = f"{type(error).__name__}: {error}"
        found = {"seconds": time.perf_counter() - started, "bytes": _status("VmHWM") - before}
        os.write(writing, json.dumps({**found, "refusal": refusal}).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        answer: dict[str, object] = json.load(pipe)
    return answer


def _status(name: str) -> int:
    """Return a line of /proc/self/status in bytes. Unlike ru_maxrss it starts anew in each program."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name + ":"))


def main() -> None:
    """Open the files named, behind the gate or (`plain`) without it, each in a process of its own."""
    from standfirst.kit.images import open_picture

    def plain(data: bytes) -> None:
        Image.MAX_IMAGE_PIXELS = None
        Image.open(io.BytesIO(data)).load()

    Image.init()
    opener = plain if sys.argv[1] == "plain" else open_picture
    print(json.dumps([measure(opener, Path(name).read_bytes()) for name in sys.argv[2:]]))


if __name__ == "__main__":
    main()
