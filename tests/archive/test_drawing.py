"""The pictures in the demo are those the code draws."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from tools.draw.__main__ import save
from tools.draw.scenes import SCENES

MEDIA = Path(__file__).resolve().parents[2] / "newsroom" / "media"
NEAR = 6.0  # mean difference of a channel, of 255: another build of the JPEG encoder, not another picture


def drawn(name: str, folder: Path) -> Image.Image:
    path = folder / f"{name}.jpg"
    save(SCENES[name](), path)
    return Image.open(path).convert("RGB")


def apart(one: Image.Image, other: Image.Image) -> float:
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


@pytest.mark.parametrize("name", ["eel-counts", "portrait-ana-kelder", "night-ferry"])
def test_the_code_draws_the_picture_that_is_shipped(name: str, tmp_path: Path) -> None:
    shipped = Image.open(io.BytesIO((MEDIA / f"{name}.jpg").read_bytes())).convert("RGB")
    picture = drawn(name, tmp_path)
    assert picture.size == shipped.size
    assert apart(picture, shipped) < NEAR


def test_another_picture_is_told_apart(tmp_path: Path) -> None:
    shipped = Image.open(MEDIA / "portrait-pell-ostry.jpg").convert("RGB")
    assert apart(drawn("portrait-ana-kelder", tmp_path), shipped) > NEAR


def test_every_picture_has_its_code_and_every_code_its_picture() -> None:
    assert set(SCENES) == {path.stem for path in MEDIA.glob("*.jpg")}
