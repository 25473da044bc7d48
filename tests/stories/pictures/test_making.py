"""The files readers get: sizes, look, and the words inside them. No database."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageCms

from standfirst.stories.pictures import embedded
from standfirst.stories.pictures.making import Made, make, widths
from standfirst.stories.pictures.words import Words
from tests.stories.pictures import samples
from tests.stories.pictures.samples import corners, from_a_camera, saved, scene

WORDS = Words(
    media="01jd0000000000000000000001",
    photographer="Олена Коваль",
    agencies=("AP", "Reuters"),
    note="Handed out by a state agency",
    licence="CC-BY-4.0",
    licence_ends_on="2026-12-01",
    alt='A "woman" <lights> & a candle',
    taken_on="2024-05-24",
    place="Kyiv",
)
FORMATS = ("avif", "webp", "jpeg")


def opened(made: Made, form: str, width: int = 0) -> Image.Image:
    files = [file for file in made.files if file.format == form]
    chosen = files[-1] if not width else next(file for file in files if file.width == width)
    picture = Image.open(io.BytesIO(chosen.body))
    assert picture.format == form.upper()
    assert picture.size == (chosen.width, chosen.height)
    return picture


@pytest.fixture(scope="module")
def made() -> Made:
    return make(from_a_camera(), WORDS)


@pytest.mark.parametrize(
    ("largest", "expected"),
    [
        (4000, (480, 800, 1200, 4000)),
        (1600, (480, 800, 1200, 1600)),
        (1300, (480, 800, 1300)),
        (820, (480, 820)),
        (500, (500,)),
        (480, (480,)),
        (12, (12,)),
    ],
)
def test_widths_never_exceed_the_picture_and_none_nearly_doubles_another(
    largest: int, expected: tuple[int, ...]
) -> None:
    assert widths(largest)[-1] == expected[-1]
    assert widths(largest)[: len(expected) - 1] == expected[:-1]


def test_a_picture_comes_in_three_formats_and_four_widths_of_the_two_that_are_asked_for(made: Made) -> None:
    found = [(file.format, file.width, file.height) for file in made.files]
    sizes = ((480, 320), (800, 533), (1200, 800), (1600, 1066))
    assert [size for form, *size in found if form == "webp"] == [[800, 533], [1600, 1066]]
    for form in ("avif", "jpeg"):
        assert [(width, height) for name, width, height in found if name == form] == list(sizes)


def test_a_small_picture_is_not_made_larger() -> None:
    made = make(saved(scene(320, 200)), WORDS)
    assert [(file.format, file.width, file.height) for file in made.files] == [
        (form, 320, 200) for form in FORMATS
    ]


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (300, 12_000), (2, 2)])
def test_pictures_of_odd_shape_are_derived_within_bounds(size: tuple[int, int]) -> None:
    for file in make(saved(scene(*size), "PNG"), WORDS).files:
        assert 1 <= file.width <= 1600
        assert file.width * file.height <= 6_100_000


def test_avif_is_the_smallest_and_jpeg_is_progressive(made: Made) -> None:
    weights = {form: sum(len(file.body) for file in made.files if file.format == form) for form in FORMATS}
    assert weights["avif"] < weights["jpeg"]
    assert weights["webp"] < weights["jpeg"]
    assert opened(made, "jpeg").info["progressive"]


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_carries_credit_and_rights_as_xmp(made: Made, form: str) -> None:
    for file in made.files:
        if file.format == form:
            packet = Image.open(io.BytesIO(file.body)).info["xmp"]
            root = ElementTree.fromstring(packet.decode())
            said = {**_attributes(root), **_items(root)}
            assert said == {
                "identifier": WORDS.media,
                "Credit": "Олена Коваль / AP via Reuters",
                "Source": "AP",
                "Instructions": "Handed out by a state agency",
                "DateCreated": "2024-05-24",
                "Location": "Kyiv",
                "Marked": "True",
                "creator": "Олена Коваль",
                "rights": "© Олена Коваль / AP via Reuters",
                "description": 'A "woman" <lights> & a candle',
                "AltTextAccessibility": 'A "woman" <lights> & a candle',
                "UsageTerms": "CC-BY-4.0; until 2026-12-01",
            }


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_carries_artist_and_copyright_as_exif(made: Made, form: str) -> None:
    block = opened(made, form).getexif()
    assert {tag: str(text).encode("latin-1").decode() for tag, text in block.items()} == {
        0x010E: 'A "woman" <lights> & a candle',
        0x013B: "Олена Коваль",
        0x8298: "© Олена Коваль / AP via Reuters",
    }


def test_jpeg_carries_iim_within_its_lengths_and_never_half_a_chain(made: Made) -> None:
    for file in made.files:
        if file.format == "jpeg":
            found = samples.iim(file.body)
            assert found[1, 90] == b"\x1b%G"
            assert found[2, 80].decode() == "Олена Коваль"
            assert found[2, 110].decode() == "AP via Reuters"  # with the name it is over 32 bytes
            assert found[2, 116].decode() == "© Олена Коваль / AP via Reuters"
            assert found[2, 55] == b"20240524"


def test_what_was_written_into_a_file_is_read_back_from_it(made: Made) -> None:
    for file in made.files:
        said = embedded.read(file.body)
        assert said["photographer"] == WORDS.photographer
        assert said["agencies"] == "AP via Reuters"
        assert said["taken_on"] == WORDS.taken_on
        assert said["alt"] == WORDS.alt


def test_a_picture_of_which_nothing_is_known_says_only_which_it_is() -> None:
    for file in make(saved(scene(60, 40)), Words(media="01jd0000000000000000000002")).files:
        picture = Image.open(io.BytesIO(file.body))
        assert not dict(picture.getexif())
        assert b"identifier" in picture.info["xmp"]
        assert b"rights>" not in picture.info["xmp"]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_place_camera_and_private_notes_of_the_original_are_in_no_derived_file(form: str) -> None:
    original = from_a_camera(form, (900, 600))
    assert samples.gps(original), "control: the reader sees the place in the original"
    assert samples.SERIAL in set(samples.strings(original)), "control: and the camera's serial number"
    if form == "JPEG":
        assert set(samples.strings(original)) == set(samples.CANARIES)
    for file in make(original, WORDS).files:
        assert not samples.gps(file.body)
        assert list(samples.strings(file.body)) == []
        assert b"Camera X" not in file.body


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_taken_on_its_side_stands_upright(orientation: int) -> None:
    upright = scene(1000, 600)
    lying = {
        1: [], 2: [Image.Transpose.FLIP_LEFT_RIGHT], 3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM], 5: [Image.Transpose.TRANSPOSE], 6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE], 8: [Image.Transpose.ROTATE_270],
    }[orientation]  # fmt: skip
    stored = upright
    for step in lying:
        stored = stored.transpose(step)
    exif = Image.Exif()
    exif[0x0112] = orientation
    for file in make(saved(stored, exif=exif.tobytes()), WORDS).files:
        picture = Image.open(io.BytesIO(file.body))
        assert (file.width / file.height) == pytest.approx(1000 / 600, rel=0.01)
        assert corners(picture) == ("red", "lime", "blue", "white")
        assert 0x0112 not in picture.getexif()


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_an_orientation_that_makes_no_sense_is_passed_over() -> None:
    exif = Image.Exif()
    exif[0x0112] = 4711
    assert corners(opened(make(saved(scene(200, 100), exif=exif.tobytes()), WORDS), "jpeg"))[0] == "red"
    assert make(saved(scene(200, 100), exif=b"Exif\0\0II*\0\xff\xff\xff\xff"), WORDS).files


def test_a_colour_profile_is_turned_into_srgb() -> None:
    """A profile that swaps red and blue shows whether it was applied."""
    plain = saved(Image.new("RGB", (200, 100), (200, 40, 40)))
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red, blue = swapped.index(b"rXYZ"), swapped.index(b"bXYZ")
    swapped = swapped[:red] + b"bXYZ" + swapped[red + 4 : blue] + b"rXYZ" + swapped[blue + 4 :]
    tagged = saved(Image.new("RGB", (200, 100), (200, 40, 40)), icc_profile=swapped)
    as_it_is, turned = (opened(make(data, WORDS), "jpeg") for data in (plain, tagged))
    assert as_it_is.getpixel((50, 50))[0] > 150
    assert turned.getpixel((50, 50))[2] > 150
    assert "icc_profile" not in turned.info


@pytest.mark.parametrize("profile", [b"nonsense", b"", samples.srgb_profile()[:200]])
def test_a_broken_profile_is_left_out(profile: bytes) -> None:
    made = make(saved(Image.new("RGB", (60, 40), (200, 40, 40)), icc_profile=profile), WORDS)
    assert opened(made, "jpeg").getpixel((5, 5))[0] > 150


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "RGBA", "I;16"])
def test_every_kind_of_pixel_becomes_a_plain_picture(mode: str) -> None:
    source = Image.new("I;16", (64, 48), 52_000) if mode == "I;16" else scene(64, 48).convert(mode)
    picture = opened(make(saved(source, "PNG"), WORDS), "webp")
    assert picture.mode == "RGB"
    if mode == "I;16":
        assert picture.getpixel((5, 5))[0] == pytest.approx(203, abs=4)


def test_cmyk_is_shown_as_it_looks() -> None:
    made = make(saved(scene(200, 100).convert("CMYK")), WORDS)
    assert corners(opened(made, "webp")) == ("red", "lime", "blue", "white")


def test_what_is_transparent_becomes_white() -> None:
    glass = Image.new("RGBA", (60, 40), (255, 0, 0, 0))
    assert min(opened(make(saved(glass, "PNG"), WORDS), "jpeg").getpixel((5, 5))) > 250


def test_the_main_colour_is_the_commonest() -> None:
    picture = Image.new("RGB", (300, 200), (10, 60, 120))
    picture.paste((255, 255, 255), (0, 0, 300, 60))
    assert make(saved(picture, "PNG"), WORDS).colour == "#0a3c78"


def test_the_same_source_and_words_give_the_same_bytes(made: Made) -> None:
    again = make(from_a_camera(), WORDS)
    assert [file.body for file in again.files] == [file.body for file in made.files]


def _attributes(root: ElementTree.Element) -> dict[str, str]:
    description = root.find(".//{*}Description")
    assert description is not None
    return {name.split("}")[1]: text for name, text in description.attrib.items() if "rdf-syntax" not in name}


def _items(root: ElementTree.Element) -> dict[str, str]:
    description = root.find(".//{*}Description")
    assert description is not None
    return {
        child.tag.split("}")[1]: "|".join(
            item.text or "" for item in child.iter() if item.tag.endswith("}li")
        )
        for child in description
    }
