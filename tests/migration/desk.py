"""A newsroom to import into, and what came of it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from standfirst.editions import api as editions
from standfirst.editions.documents import Story
from standfirst.kit.fetch import Fetched, FetchFailed
from standfirst.migration.ledger import Ledger
from standfirst.migration.ninjs import Options, run
from standfirst.stories.pages import StoryPage

ACTOR = "system:import"


def jpeg(colour: str = "teal", size: tuple[int, int] = (640, 400)) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, colour).save(data, "JPEG")
    return data.getvalue()


class Web:
    """The outside world: pictures by address; what is not there cannot be had."""

    def __init__(self, **files: bytes) -> None:
        self.files = files
        self.asked: list[str] = []

    def __call__(self, url: str) -> Fetched:
        self.asked.append(url)
        if url not in self.files:
            raise FetchFailed(url, "no such host")
        return Fetched(url, "image/jpeg", self.files[url])


class EveryPicture(Web):
    """A world in which every address is a picture."""

    def __call__(self, url: str) -> Fetched:
        self.asked.append(url)
        return Fetched(url, "image/jpeg", jpeg())


def item(**values: Any) -> dict[str, Any]:
    """Return a whole item of ninjs 3.1 with the given properties instead of its own; None takes one out."""
    whole: dict[str, Any] = {
        "uri": "urn:example:agency:1",
        "type": "text",
        "version": "1",
        "versionCreated": "2026-11-05T08:30:00Z",
        "headlines": [{"role": "main", "value": "Council buys the old bridge"}],
        "bodies": [
            {
                "contentType": "text/html",
                "value": "<p>The council bought the bridge.</p><p>It paid a euro.</p>",
            }
        ],
    }
    whole |= values
    return {name: value for name, value in whole.items() if value is not None}


def write(folder: Path, *items: Any, name: str = "items.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(items[0] if len(items) == 1 else list(items)), "utf-8")
    return path


def imported(
    folder: Path, *items: Any, web: Callable[[str], Fetched] | None = None, **options: Any
) -> Ledger:
    """Write items to a file and import it."""
    path = write(folder, *items)
    return run([path], actor=ACTOR, options=Options(**options), get=web or Web())


def outcomes(ledger: Ledger) -> list[str]:
    return [line.outcome for line in ledger.lines]


def page(uri: str = "urn:example:agency:1") -> StoryPage:
    return StoryPage.objects.get(source_uri=uri)


def public(uri: str = "urn:example:agency:1") -> Story | None:
    """Return what readers have of a story, or None."""
    found = StoryPage.objects.filter(source_uri=uri).first()
    document = editions.current(found.record) if found else None
    assert document is None or isinstance(document, Story)
    return document


def words(story: Story) -> Sequence[str]:
    """Return the HTML or type of each block."""
    return [getattr(block, "html", "") or block.type for block in story.body]
