"""Write the pictures of the demo newsroom."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PIL import Image

from tools.draw.scenes import SCENES

MEDIA = Path(__file__).resolve().parents[2] / "newsroom" / "media"
WIDTH = 1600  # pixels of the widest
QUALITY = 58


def save(picture: Image.Image, path: Path) -> None:
    """Write `picture` as the JPEG that the archive carries."""
    if picture.width > WIDTH:
        height = round(picture.height * WIDTH / picture.width)
        picture = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
    picture.save(path, "JPEG", quality=QUALITY, optimize=True, progressive=True, subsampling="4:2:0")


def main(names: list[str]) -> int:
    """Draw the named pictures, or all. Returns the exit code."""
    unknown = [name for name in names if name not in SCENES]
    if unknown:
        sys.stderr.write(f"No picture is called {', '.join(unknown)}; there is: {', '.join(SCENES)}\n")
        return 2
    MEDIA.mkdir(parents=True, exist_ok=True)
    for name in names or SCENES:
        started = time.monotonic()
        path = MEDIA / f"{name}.jpg"
        save(SCENES[name](), path)
        sys.stdout.write(
            f"{path.name}  {path.stat().st_size // 1000} kB  {time.monotonic() - started:.1f} s\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
