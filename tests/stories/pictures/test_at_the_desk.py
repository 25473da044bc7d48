"""The desk shows its own pictures, to its own people."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from standfirst.stories.pictures.models import Picture
from tests.stories.conftest import signed_in, staff


@pytest.fixture
def at_the_desk(picture: Picture) -> Client:
    return signed_in(staff("admin@example.org", is_superuser=True))


def test_a_small_copy_is_shown_to_staff_and_to_nobody_else(picture: Picture, at_the_desk: Client) -> None:
    copy = picture.get_rendition("max-165x165").url
    answer = at_the_desk.get(copy)
    assert answer.headers["Content-Type"] == "image/png"
    assert b"".join(answer) == picture.get_rendition("max-165x165").file.read()  # type: ignore[arg-type]
    stranger = Client(HTTP_HOST="localhost").get(copy)
    assert stranger.headers["Location"].startswith("/desk/login/")


def test_only_pictures_are_shown(at_the_desk: Client) -> None:
    page = Path(settings.MEDIA_ROOT) / "documents" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text("<script>alert(1)</script>")
    assert at_the_desk.get("/uploads/documents/page.html").status_code == 404
    assert at_the_desk.get("/uploads/../secrets.png").status_code == 400
