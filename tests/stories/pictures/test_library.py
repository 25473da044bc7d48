"""Pictures come into the library: checked, described by their own metadata, edited at the desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.images.forms import get_image_form

from standfirst.kit.images import BadPicture
from standfirst.readers.models import User
from standfirst.stories.pictures.agencies import format_agencies, parse_agencies
from standfirst.stories.pictures.models import Picture
from standfirst.stories.pictures.notices import notices, warnings
from standfirst.stories.pictures.saving import save_picture
from tests.kit.bombs import png
from tests.stories.pictures.conftest import small_picture
from tests.stories.pictures.samples import from_a_camera, saved, scene

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("library")


def upload(data: bytes, name: str = "candle.jpg") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, data, "image/jpeg")}


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("", ()),
        ("AP", ("AP",)),
        ("AP via Reuters", ("AP", "Reuters")),
        ("  AP   VIA  Reuters  ", ("AP", "Reuters")),
        ("AP / Reuters via Getty Images", ("AP", "Reuters", "Getty Images")),
        ("via Reuters", ("Reuters",)),
        ("AP via AP", ("AP",)),
        ("Viatcheslav News", ("Viatcheslav News",)),
    ],
)
def test_the_chain_of_agencies_is_read_as_newsrooms_write_it(text: str, chain: tuple[str, ...]) -> None:
    assert parse_agencies(text) == chain
    assert parse_agencies(format_agencies(chain)) == chain


def test_what_a_file_says_about_itself_fills_the_empty_fields() -> None:
    picture = save_picture(from_a_camera(), title="Candles")
    assert picture.photographer == "Olena Koval"
    assert picture.agencies == "Agency One via Agency Two"
    assert picture.copyright_notice == "© 2024 Agency One"
    assert picture.caption == "People & candles."
    assert picture.taken_on == "2024-05-24"
    assert picture.place == "Kyiv, Ukraine"


def test_what_a_person_says_goes_before_what_the_file_says() -> None:
    picture = save_picture(from_a_camera(), title="Candles", photographer="A. Person", taken_on="2024")
    assert (picture.photographer, picture.taken_on) == ("A. Person", "2024")
    assert picture.agencies == "Agency One via Agency Two"


def test_exif_alone_fills_caption_and_date() -> None:
    data = from_a_camera("PNG")
    picture = save_picture(data.replace(b"photoshop:DateCreated", b"photoshop:DateElsewhr"), title="x")
    assert picture.taken_on == "2023-01-02"


@pytest.mark.parametrize(
    "packet",
    [
        b"not xml",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + b"<a>" * 5000,
        b"\xff\xfe\0",
    ],
)
def test_hostile_metadata_says_nothing_and_harms_nothing(packet: bytes) -> None:
    picture = save_picture(saved(scene(60, 40), xmp=packet), title="x")
    assert (picture.caption, picture.photographer) == ("", "")


def test_the_same_source_is_the_same_picture_and_what_is_left_out_stays() -> None:
    first = save_picture(saved(scene(60, 40)), source_uri="urn:x:1", title="One", alt="A", place="Kyiv")
    again = save_picture(saved(scene(60, 40)), source_uri="urn:x:1", alt="B")
    assert (again.pk, again.title, again.alt, again.place) == (first.pk, "One", "B", "Kyiv")
    assert again.file.name == first.file.name


def test_an_import_that_knows_less_takes_nothing_away() -> None:
    for _ in range(2):
        picture = save_picture(from_a_camera(), source_uri="urn:x:1", title="", photographer="", agencies=())
        assert picture.photographer == "Olena Koval"
        assert picture.agencies == "Agency One via Agency Two"


def test_another_file_for_the_same_source_takes_its_place() -> None:
    first = save_picture(saved(scene(60, 40)), source_uri="urn:x:1", title="One")
    again = save_picture(saved(scene(90, 40)), source_uri="urn:x:1")
    assert (again.pk, again.width) == (first.pk, 90)
    assert again.source_hash != first.source_hash


def test_a_file_that_is_no_picture_leaves_no_row() -> None:
    with pytest.raises(BadPicture):
        save_picture(b"GIF89a no", title="x")
    with pytest.raises(ValidationError):
        save_picture(saved(scene(60, 40)), title="x", taken_on="24 May")
    assert not Picture.objects.exists()


@pytest.mark.parametrize("text", ["2024", "2024-05", "2024-02-29", "1839-01-01"])
def test_a_date_is_as_exact_as_it_is_known(text: str) -> None:
    small_picture(taken_on=text).full_clean()


@pytest.mark.parametrize("text", ["24", "2023-02-29", "2024-13", "2024-5-4", "yesterday", "2024-05-24T10:00"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        small_picture(taken_on=text)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (png(60_000, 60_000), "bomb.png", "far too many pixels"),
        (png(9_000, 9_000), "large.png", "9000 × 9000"),
        (saved(scene(60, 40))[:500], "short.jpg", "damaged"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing.svg", "SVG"),
        (b"%PDF-1.7", "paper.jpg", "PDF"),
    ],
)
def test_the_desks_form_refuses_with_a_word_on_what_to_do(data: bytes, name: str, says: str) -> None:
    form = get_image_form(Picture)({"title": "x"}, upload(data, name), user=editor())
    assert not form.is_valid()
    assert says in form.errors["file"][0]


def test_a_refusal_comes_in_the_language_of_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    from standfirst.stories.pictures import messages

    monkeypatch.setattr(messages, "gettext", lambda text: "Datei zu groß" if "%(size)d MB" in text else text)
    with pytest.raises(BadPicture) as caught:
        save_picture(bytes(50_000_001), title="x")
    assert messages.shown(caught.value) == "Datei zu groß"


@pytest.mark.parametrize("data", [saved(scene(60, 40)), from_a_camera(size=(90, 60))])
def test_an_editor_uploads_and_edits_a_picture_at_the_desk(data: bytes) -> None:
    client = Client()
    client.force_login(editor())
    answer = client.post(reverse("wagtailimages:add"), {"title": "Candles", "collection": 1, **upload(data)})
    assert answer.status_code == 302, answer.context["form"].errors
    picture = Picture.objects.get()
    fields = {
        "title": "Candles", "alt": "A candle", "photographer": "Olena Koval", "agencies": "AP / Reuters",
        "licence_ends_at": "2026-12-01 10:00", "taken_on": "2024", "collection": picture.collection_id,
    }  # fmt: skip
    page = client.get(reverse("wagtailimages:edit", args=[picture.pk]))
    assert "No alt text" in page.content.decode()
    answer = client.post(reverse("wagtailimages:edit", args=[picture.pk]), fields)
    assert answer.status_code == 302, answer.context["form"].errors
    picture.refresh_from_db()
    assert picture.agencies == "AP via Reuters"
    assert picture.metadata_hash == picture.words.hash
    assert picture.source_hash


def test_the_multiple_uploader_takes_what_the_file_says() -> None:
    client = Client()
    client.force_login(editor())
    data = {"title": "x", "collection": 1, "files[]": upload(from_a_camera())["file"]}
    answer = client.post(
        reverse("wagtailimages:add_multiple"), data, headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert answer.json()["success"], answer.json()
    assert Picture.objects.get().photographer == "Olena Koval"


def test_an_editor_is_told_what_is_missing() -> None:
    picture = small_picture(alt="", photographer="", agencies="")
    assert [notice.field for notice in notices(picture, NOW)] == ["photographer", "alt"]
    assert warnings(small_picture(), NOW) == []


@pytest.mark.parametrize(
    ("ends", "says"),
    [
        (timedelta(days=-1), "The licence ended on"),
        (timedelta(0), "The licence ended on"),
        (timedelta(hours=5), "The licence ends within a day."),
        (timedelta(days=2, hours=1), "The licence ends in 3 days."),
        (timedelta(days=60), ""),
    ],
)
def test_an_editor_is_told_when_a_licence_ends(ends: timedelta, says: str) -> None:
    found = warnings(small_picture(licence_ends_at=NOW + ends), NOW)
    assert found == [] if not says else found[0].startswith(says)


def test_an_agency_of_a_state_needs_a_printed_note() -> None:
    assert "TASS belongs to a state" in warnings(small_picture(agencies="TASS via Reuters"), NOW)[0]
    assert not warnings(small_picture(agencies="TASS via Reuters", credit_note="State agency"), NOW)


def test_a_picture_from_an_earlier_year_will_be_marked_as_a_file_photo() -> None:
    assert warnings(small_picture(taken_on="2025-12-31"), NOW) == [
        "From 2025: the site marks it as a file photo."
    ]
    assert not warnings(small_picture(taken_on="2026-01"), NOW)


def test_notices_are_plain_in_every_language_of_the_desk() -> None:
    with translation.override("uk"):
        assert warnings(small_picture(alt=""), NOW)


def editor() -> User:
    return User.objects.create_superuser(email="editor@example.org", password="a long password")
