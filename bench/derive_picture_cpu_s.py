"""What deriving one picture costs: 12 files of a 1600 pixel source, credit inside each.

Seconds of CPU (median of 5), seconds of wall time, and the bytes of the three formats at full width. The
source is drawn: gradients, shapes and grain, which is harder to compress than most photographs.
"""

from __future__ import annotations

import io
import json
import os
import random
import statistics
import time

from PIL import Image, ImageChops, ImageDraw, ImageFilter

LIMIT = 1.5


def source(width: int = 1600, height: int = 1067) -> bytes:
    """Return a JPEG with soft and sharp parts and the grain of a sensor."""
    chance = random.Random(1)
    light = Image.linear_gradient("L").resize((width, height))
    clouds = Image.effect_noise((width // 8, height // 8), 60).resize(
        (width, height), Image.Resampling.BICUBIC
    )
    picture = Image.merge("RGB", (ImageChops.add(light, clouds, 2), light.rotate(180), clouds))
    draw = ImageDraw.Draw(picture)
    for _ in range(300):
        x, y, size = chance.randrange(width), chance.randrange(height), chance.randrange(5, width // 8)
        draw.ellipse((x, y, x + size, y + size), tuple(chance.randrange(256) for _ in range(3)))
    grain = Image.effect_noise((width, height), 12)
    soft = picture.filter(ImageFilter.GaussianBlur(1.2))
    picture = ImageChops.add(soft, Image.merge("RGB", (grain, grain, grain)), 1.6, -30)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92)
    return out.getvalue()


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standfirst.project.settings")
    os.environ.setdefault("STANDFIRST_SITE", "/nonexistent")
    django.setup()
    from standfirst.stories.pictures.making import make
    from standfirst.stories.pictures.words import Words

    words = Words("01jd0000000000000000000001", photographer="Olena Koval", agencies=("AP", "Reuters"))
    data, cpu, wall = source(), [], []
    made = make(data, words)
    for _ in range(5):
        busy, began = time.process_time(), time.perf_counter()
        made = make(data, words)
        cpu.append(time.process_time() - busy)
        wall.append(time.perf_counter() - began)
    figures: list[tuple[str, float, str]] = [
        ("derive_picture_cpu_s", round(statistics.median(cpu), 3), "s"),
        ("derive_picture_wall_s", round(statistics.median(wall), 3), "s"),
    ]
    widest = {file.format: len(file.body) for file in made.files}
    figures += [(f"picture_1600_{form}_kb", round(size / 1000, 1), "kB") for form, size in widest.items()]
    for name, value, unit in figures:
        print(json.dumps({"name": name, "value": value, "unit": unit}))
    return 0 if figures[0][1] <= LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
