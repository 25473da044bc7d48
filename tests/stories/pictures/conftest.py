"""The library on real tables, in a store of its own, with a page rule for the files of pictures."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from django.conf import settings
from wagtail.models import Collection

from standfirst.bake.registry import GONE, Rendered, renderers
from standfirst.editions.documents import Document, Media
from standfirst.editions.pages import PageRule, list_rules, page_rules
from standfirst.stories.pictures.models import Picture
from standfirst.stories.pictures.saving import save_picture
from tests.stories.pictures.samples import saved, scene


@pytest.fixture(autouse=True)
def _own_store() -> None:
    for folder in (settings.STANDFIRST_SITE.store, Path(settings.MEDIA_ROOT)):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def library(db: None) -> None:
    """The root collection, which a test with real transactions may have emptied away."""
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")


@pytest.fixture
def picture(library: None) -> Picture:
    return small_picture()


def small_picture(**fields: object) -> Picture:
    """Return a picture of 300 by 200 pixels with alt text and credit."""
    said: dict[str, object] = {
        "title": "Candles", "alt": "A candle", "photographer": "Olena Koval", "agencies": "AP via Reuters",
    }  # fmt: skip
    return save_picture(saved(scene(300, 200), "PNG"), **{**said, **fields})  # type: ignore[arg-type]


def _paths(document: Document) -> Iterable[str]:
    assert isinstance(document, Media)
    return [rendition.path for rendition in document.renditions]


class _Renderer:
    """Names the blob of a picture's file, as the theme's renderer does."""

    fingerprint = "test"

    def render(self, page: object, reader: object) -> Rendered:
        media = reader.read(f"{page.owner}/body")  # type: ignore[attr-defined]
        found = next((r for r in media.renditions if r.path == page.path), None) if media else None  # type: ignore[attr-defined]
        if found is None:
            return Rendered(b"gone", status=410)
        return Rendered(blob=found.blob, content_type=f"image/{found.format}", cache="immutable")


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only pictures have pages here."""
    monkeypatch.setattr(page_rules, "_items", {"media-file": PageRule("media", _paths)})
    monkeypatch.setattr(list_rules, "_items", {})
    monkeypatch.setattr(renderers, "_items", {"media-file": _Renderer(), GONE: _Renderer()})


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Callable[..., object]) -> Callable[..., object]:
    return django_capture_on_commit_callbacks
