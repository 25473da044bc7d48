"""A coverage of two thousand posts: small pages, and a post bakes a handful of files (wire-live.md)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as conf
from django.db import transaction

from standfirst.bake import segments
from standfirst.bake.baker import Baker
from standfirst.edge import blobs
from standfirst.editions import api as editions
from standfirst.editions.documents import (
    Author,
    Byline,
    Coverage,
    ImageBlock,
    Media,
    Paragraph,
    PictureUse,
    Post,
)
from standfirst.kit.sitefolder import SiteFolder
from tests.exactness.world import ACTOR, World, found, write

pytestmark = pytest.mark.django_db(databases=["default", "bake"])

COUNT = 2000
MOST_FILES = 8
MOST_BYTES = 120_000
TEXT = "The harbour office says that it has water for three days and bread for two. Nobody is to worry."


class Site:
    """A world with one coverage, baked after each edit."""

    def __init__(self) -> None:
        self.world: World = found(1)
        write(self.world, language="en", format="live", live=Coverage(opened_at=self.world.now))
        self.story = list(self.world.stories.values())[-1]
        self.baker = Baker(conf.STANDFIRST_SITE, "one", clock=lambda: self.world.now)
        self.baker.start()

    def post(self, number: int, **more: Any) -> Post:
        body: list[Any] = [Paragraph(id=f"p{n}", html=f"{TEXT} {TEXT}") for n in range(2)]
        if number % 4 == 0:
            use = PictureUse(media=self.world.some(Media).id, alt="A view of the harbour", caption="At noon.")
            body.append(ImageBlock(id="i", picture=use))
        fields: dict[str, Any] = {
            "id": f"01kpost{number:019d}", "story": self.story.id, "language": "en", "number": number,
            "path": f"/live/01kpost{number:019d}/", "headline": f"Ship {number} waits at the bar",
            "body": tuple(body), "bylines": (Byline(author=self.world.some(Author).id),),
            "key": number % 50 == 0, "published_at": self.world.now + timedelta(seconds=30 * number),
        }  # fmt: skip
        return Post(**(fields | more))

    def publish(self, *posts: Post) -> None:
        with transaction.atomic():
            for post in posts:
                known = editions.current(post.record)
                editions.publish(post, reason="updated" if known else "published", actor=ACTOR)

    def baked(self, change: Callable[[], object]) -> tuple[set[str], int]:
        """Return the paths that a change wrote, and how many pages were drawn for it."""
        before, drawn = segments.last(conf.STANDFIRST_SITE.store), 0
        change()
        while (outcome := self.baker.step()) is not None:
            assert not outcome.failed
            drawn += outcome.baked
        store = conf.STANDFIRST_SITE.store
        names = (f"seg-{number:010d}" for number in range(before + 1, segments.last(store) + 1))
        return {entry.path for name in names for entry in segments.read(store, name)}, drawn

    def body(self, path: str) -> bytes:
        store = conf.STANDFIRST_SITE.store
        return blobs.read(store, segments.read_all(store)[1][path].blob).plain


@pytest.fixture
def site(settings: Any, tmp_path: Path) -> Site:
    settings.STANDFIRST_SITE = SiteFolder(tmp_path)
    return Site()


def test_two_thousand_posts(site: Site) -> None:
    """One long life of a coverage, as filling it is what takes the time."""
    site.publish(*(site.post(number) for number in range(1, COUNT + 1)))
    site.baked(lambda: None)
    own = site.story.path

    files, drawn = site.baked(lambda: site.publish(site.post(COUNT + 1)))
    part = f"/_f/live/{site.story.id}/{COUNT // 20 + 1}/"
    post = site.post(COUNT + 1)
    assert files == {own, f"/text{own}", post.path, part, "/_f/wire/"}
    assert drawn <= MOST_FILES, "a post bakes a bounded number of pages"

    files, drawn = site.baked(lambda: site.publish(site.post(7, headline="Ship 7 has sailed")))
    assert files == {"/live/01kpost0000000000000000007/", f"/_f/live/{site.story.id}/1/", "/_f/wire/"}
    assert drawn <= MOST_FILES, "so does an edit of an old one"

    files, drawn = site.baked(lambda: editions.kill(post.record, actor=ACTOR, why="x"))
    assert post.path in files
    assert drawn <= MOST_FILES, "and a kill"

    coverage = Coverage(opened_at=site.world.now, summary=("Talks begin at noon.",))
    files, drawn = site.baked(lambda: site.world.change(site.story, live=coverage))
    assert not any(path.startswith(("/live/", "/_f/live/")) for path in files), "a summary bakes no posts"

    tree = segments.read_all(conf.STANDFIRST_SITE.store)[1]
    pages = [own, *(path for path in tree if path.startswith(f"/_f/live/{site.story.id}/"))]
    assert len(pages) == COUNT // 20 + 2
    sizes = {path: len(site.body(path)) for path in pages}
    assert max(sizes.values()) < MOST_BYTES

    seen: set[str] = set()
    path, steps = own, 0
    while path:
        page = BeautifulSoup(site.body(path), "html.parser")
        seen |= {str(one["id"]) for one in page.select("article.post")}
        link = page.select_one("a[data-more]")
        path, steps = (str(link["href"]) if link else ""), steps + 1
    assert len(seen) == COUNT, "all posts are reached, by one file after another"
    assert steps <= COUNT // 20 + 1
