"""Pictures from outside: whole, still, of bounded cost, or refused with a word on what to do."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from standfirst.kit import images
from standfirst.kit.images import BadPicture, check_picture, open_picture, picture_size, picture_suffix
from tests.kit.bombs import BOMBS, LARGEST, blank, moving, png, saved

ROOT = Path(__file__).resolve().parents[2]
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
Measure = dict[str, Any]
SECONDS, MEMORY = 5.0, 256_000_000


def opened_apart(folder: Path, opener: str, made: Mapping[str, Callable[[], bytes]]) -> dict[str, Measure]:
    """Open each in a process of its own; return the measure of each."""
    files = []
    for number, make in enumerate(made.values()):
        files.append(folder / str(number))
        files[-1].write_bytes(make())
    command = [sys.executable, "-m", "tests.kit.bombs", opener, *map(str, files)]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=True)
    return dict(zip(made, json.loads(done.stdout), strict=True))


@pytest.fixture(scope="module")
def bombs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Measure]:
    return opened_apart(tmp_path_factory.mktemp("bombs"), "gate", BOMBS)


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_within_5_seconds_and_256_megabytes(name: str, bombs: dict[str, Measure]) -> None:
    found = bombs[name]
    assert str(found["refusal"]).startswith("BadPicture"), found
    assert found["seconds"] < SECONDS
    assert found["bytes"] < MEMORY


def test_control_without_the_gate_a_bomb_goes_off(tmp_path: Path) -> None:
    name = "a PNG of 400 million black pixels"
    assert opened_apart(tmp_path, "plain", {name: BOMBS[name]})[name]["bytes"] > MEMORY


def test_the_largest_pictures_taken_stay_within_the_same_bound(tmp_path: Path) -> None:
    for name, found in opened_apart(tmp_path, "gate", LARGEST).items():
        assert found["refusal"] == "", name
        assert found["seconds"] < SECONDS, name
        assert found["bytes"] < MEMORY, name


@pytest.mark.parametrize("form", FORMATS)
def test_a_picture_that_is_one_opens_with_its_size(form: str) -> None:
    data = saved(form, 300, 200)
    assert open_picture(data).size == (300, 200)
    assert picture_size(data) == check_picture(data) == (300, 200)


@pytest.mark.parametrize("form", FORMATS)
def test_a_picture_cut_short_is_refused(form: str) -> None:
    data = saved(form, 300, 200)
    for length in (len(data) // 2, len(data) * 9 // 10):
        with pytest.raises(BadPicture) as caught:
            check_picture(data[:length])
        assert caught.value.code == "broken"
        assert "again" in str(caught.value)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"hello", "not_a_picture"),
        (b"<html><script>alert(1)</script></html>", "not_a_picture"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "svg"),
        (b"\xef\xbb\xbf <svg onload='x'/>", "svg"),
        (b"%PDF-1.7 ...", "other_format"),
        (b"II*\x00........", "other_format"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "other_format"),
        (b"RIFF\x10\0\0\0AVI LIST....", "not_a_picture"),
        (b"\x89PNG\r\n\x1a\n", "broken"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not_a_picture"),
    ],
)
def test_what_is_no_raster_picture_is_named_for_what_it_is(data: bytes, code: str) -> None:
    with pytest.raises(BadPicture) as caught:
        open_picture(data)
    assert caught.value.code == code


def test_a_file_over_50_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.truncate(51_000_000)
    with pytest.raises(BadPicture, match="51 MB; a picture may have 50"):
        open_picture(large)


def test_a_message_says_how_many_pixels_and_what_to_do() -> None:
    with pytest.raises(BadPicture) as caught:
        open_picture(png(9_000, 5_000))
    assert "9000 × 5000" in str(caught.value)
    assert "JPEG (up to 80 million)" in str(caught.value)
    assert caught.value.template % caught.value.values == str(caught.value)


def test_a_moving_picture_is_refused_and_the_same_one_still_is_taken() -> None:
    with pytest.raises(BadPicture, match="moves"):
        open_picture(moving("GIF", 2))
    assert open_picture(moving("GIF", 1)).size == (8, 8)


def test_a_large_jpeg_is_decoded_no_larger_than_enough() -> None:
    data = blank("JPEG", 6_000, 4_000)
    assert max(open_picture(data, enough=1_500).size) == 1_500
    assert max(open_picture(data, enough=1_501).size) == 3_000
    assert max(open_picture(data, enough=6_000).size) == 6_000


def test_the_suffix_is_that_of_the_content() -> None:
    assert [picture_suffix(saved(form, 8, 8)) for form in FORMATS] == ["jpg", "png", "gif", "webp", "avif"]


@pytest.mark.parametrize("form", FORMATS)
def test_a_damaged_picture_opens_or_is_refused_and_nothing_else(form: str) -> None:
    whole, chance = saved(form, 64, 48), random.Random(form)
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            open_picture(bytes(damaged))
        except BadPicture:
            continue


def test_every_limit_is_at_most_what_the_gate_promises() -> None:
    assert images.MAX_BYTES == 50_000_000
    assert max(form.megapixels for form in images._FORMATS.values()) == 80
