"""How long after the commit a publish is on every page it changes, as a reader gets them from the edge.

A site of 1,000 stories (STORIES), one baker, one edge; 300 publishes (COUNT), new stories and changed
headlines by turns. The clock runs from the commit until the last affected path answers with the new words.
Milliseconds of wall time.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.newsroom.system import Newsroom, newsroom

STORIES = int(os.environ.get("STORIES", "1000"))
COUNT = int(os.environ.get("COUNT", "300"))


class Site:
    """Writes editions straight into the site's database, as publishing does."""

    def __init__(self, room: Newsroom) -> None:
        os.environ.update(room.environment())
        os.environ["DJANGO_SETTINGS_MODULE"] = "standfirst.project.settings"
        import django

        django.setup()
        from standfirst.editions import documents
        from standfirst.kit import instants
        from standfirst.kit.ids import new_id

        self.documents, self.new_id = documents, new_id
        self.start = instants.now() - timedelta(days=30)
        self.sections = [
            documents.Section(id=new_id(), language="en", path=f"/section/s{n}/", name=f"Section {n}")
            for n in range(6)
        ]
        self.authors = [
            documents.Author(id=new_id(), path=f"/author/a{n}/", name=f"Author {n}") for n in range(12)
        ]
        self.stories: list[Any] = []

    def fill(self) -> None:
        """Publish the sections, the authors and STORIES stories."""
        for document in (*self.sections, *self.authors):
            self.publish(document)
        for number in range(STORIES):
            self.publish(self.story(number, f"Story number {number}"))

    def story(self, number: int, headline: str) -> Any:
        """Return a story of 12 paragraphs and remember it."""
        documents = self.documents
        story = documents.Story(
            id=self.new_id(), language="en", path=f"/story-{number}/", headline=headline,
            standfirst="What it is, in a sentence.", section=self.sections[number % 6].id,
            bylines=(documents.Byline(author=self.authors[number % 12].id),),
            published_at=self.start + timedelta(minutes=number),
            body=tuple(documents.Paragraph(id=f"b{n}", html="Some words." * 40) for n in range(12)),
        )  # fmt: skip
        self.stories.append(story)
        return story

    def publish(self, document: Any) -> None:
        """Publish `document` and return after the commit."""
        from django.db import transaction

        from standfirst.editions import api

        with transaction.atomic():
            api.publish(document, reason="published" if api.head(document.record) is None else "updated",
                        actor="system:bench")  # fmt: skip

    def paths(self, story: Any) -> list[str]:
        """Return every path that shows the story's headline."""
        section = next(one for one in self.sections if one.id == story.section)
        author = next(one for one in self.authors if one.id == story.bylines[0].author)
        day = story.published_at.strftime("%Y/%m/%d")  # a month of so many stories is shown by days
        return [story.path, "/", section.path, author.path, f"/archive/{day}/"]


def wait_for(connection: http.client.HTTPConnection, path: str, words: bytes) -> None:
    """Ask for `path` until its body holds `words`. Raises TimeoutError after 20 s."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        if words in body:
            return
        time.sleep(0.002)
    raise TimeoutError(f"{path} does not show {words.decode()!r}")


def measure(site: Site, room: Newsroom) -> list[float]:
    """Publish COUNT times; return milliseconds from commit to the last path, one a publish."""
    connection = http.client.HTTPConnection("127.0.0.1", room.port)
    times = []
    for turn in range(COUNT):
        headline = f"Visible at turn {turn:05d}"
        if turn % 2:
            # Of the newest stories, so that the front still lists it.
            old = site.stories[-1 - turn % 10]
            story = old.model_copy(update={"headline": headline})
            site.stories[site.stories.index(old)] = story
        else:
            story = site.story(len(site.stories), headline)
        site.publish(story)
        committed = time.perf_counter()
        for path in site.paths(story):
            wait_for(connection, path, headline.encode())
        times.append((time.perf_counter() - committed) * 1000)
    return times


def main() -> int:
    """Print the figures; 0 when the limit of the plan holds."""
    with tempfile.TemporaryDirectory() as folder, newsroom(Path(folder)) as room:
        site = Site(room)
        site.fill()
        room.run("bake")
        room.start("edge", "baker")
        room.until(f"{room.readers}/")
        times = sorted(measure(site, room))
    p99 = times[int(len(times) * 0.99) - 1]
    for name, value in (
        ("publish_visible_ms_p50", statistics.median(times)),
        ("publish_visible_ms_p99", p99),
    ):
        print(json.dumps({"name": name, "value": round(value, 1), "unit": "ms", "stories": STORIES}))
    return int(p99 > 400)


if __name__ == "__main__":
    sys.exit(main())
