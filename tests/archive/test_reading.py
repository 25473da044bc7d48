"""A broken archive is refused, with the file and the place; nothing in it leads out of its folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from standfirst.archive.errors import ArchiveError
from standfirst.archive.holding import Archive
from standfirst.archive.reading import read
from tests.archive.small import Small, item, picture, story

ID = "01jc8zv6q3m7t1x5k9n2p4r6w8"
NOW = datetime(2026, 11, 5, 6, 30, tzinfo=UTC)  # 08:30 in Kyiv


def load(small: Small) -> Archive:
    return read(small.root, lambda _name: NOW)


def test_a_good_archive_is_read_whole(small: Small) -> None:
    archive = load(small)
    assert set(archive.stories) == {"lamp", "tide"}
    assert archive.stories["tide"].related == ("lamp",)


def test_relative_moments_are_told_in_the_sites_zone(small: Small) -> None:
    assert load(small).stories["tide"].published == datetime(2026, 11, 3, 7, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("-3h", datetime(2026, 11, 5, 3, 30, tzinfo=UTC)),
        ("-40m", datetime(2026, 11, 5, 5, 50, tzinfo=UTC)),
        ("-12d 00:00", datetime(2026, 10, 23, 21, 0, tzinfo=UTC)),  # summer time, then
        ("-0d 23:00", NOW),  # tonight is not here yet
        ("2026-03-02T09:00:00+02:00", datetime(2026, 3, 2, 7, 0, tzinfo=UTC)),
    ],
)
def test_moments(small: Small, text: str, instant: datetime) -> None:
    small.change("stories/tide.json", published=text)
    assert load(small).stories["tide"].published == instant


def test_days_may_be_relative_too(small: Small) -> None:
    small.change("media/lamp.json", taken_on="-5d")
    assert load(small).pictures["lamp"].taken_on == "2026-10-31"


def page(small: Small, key: str, **fields: object) -> None:
    (small.root / "pages").mkdir()
    small.write(f"pages/{key}.json", {"language": "en", "title": "How we work", **fields})


BROKEN: dict[str, tuple[Callable[[Small], object], str]] = {
    "no archive.json": (lambda s: (s.root / "archive.json").unlink(), "archive.json: is not there"),
    "a later format": (
        lambda s: s.change("archive.json", format=2),
        "archive.json: format: this is format 2",
    ),
    "JSON cut off": (
        lambda s: (s.root / "stories/lamp.json").write_text('{"language": "en",\n'),
        "stories/lamp.json: line 2, column 1: not JSON",
    ),
    "not UTF-8": (
        lambda s: (s.root / "stories/lamp.json").write_bytes(b'{"headline": "\xff"}'),
        "stories/lamp.json: not UTF-8 at byte 14",
    ),
    "NaN": (lambda s: (s.root / "topics.json").write_text('{"items": NaN}'), "topics.json: not JSON: NaN"),
    "JSON nested past all sense": (
        lambda s: (s.root / "topics.json").write_text("[" * 200_000),
        "topics.json: not JSON",
    ),
    "a number for a headline": (
        lambda s: s.change("stories/lamp.json", headline=7),
        "stories/lamp.json: headline: ",
    ),
    "a list for a story": (lambda s: s.write("stories/lamp.json", []), "stories/lamp.json: "),
    "an unknown field": (
        lambda s: s.change("stories/lamp.json", headlin="x"),
        "stories/lamp.json: headlin: no such field",
    ),
    "an unknown block": (
        lambda s: s.change("stories/lamp.json", body=[{"type": "carousel", "id": "b1"}]),
        "stories/lamp.json: body.0: ",
    ),
    "a block id twice": (
        lambda s: s.change("stories/lamp.json", body=[{"type": "divider", "id": "a"}] * 2),
        "stories/lamp.json: body: the block id 'a' is there 2 times",
    ),
    "no headline": (
        lambda s: s.write("stories/x.json", {"language": "en", "body": []}),
        "stories/x.json: headline: is needed and missing",
    ),
    "a naive instant": (
        lambda s: s.change("stories/lamp.json", published="2026-03-02T09:00:00"),
        "stories/lamp.json: published: '2026-03-02T09:00:00' is no moment",
    ),
    "an unknown section": (
        lambda s: s.change("stories/lamp.json", section="moon"),
        "stories/lamp.json: section: there is no 'moon'",
    ),
    "an unknown author": (
        lambda s: s.change("stories/lamp.json", bylines=[{"author": "nobody"}]),
        "stories/lamp.json: bylines: there is no 'nobody'",
    ),
    "a byline of nobody": (
        lambda s: s.change("stories/lamp.json", bylines=[{"role": "photo"}]),
        "stories/lamp.json: bylines.0: give",
    ),
    "a card of a story that is not there": (
        lambda s: s.change("stories/lamp.json", body=[{"type": "related_story", "id": "a", "story": "gone"}]),
        "stories/lamp.json: related story: there is no 'gone'",
    ),
    "a language the site lacks": (
        lambda s: s.change("stories/lamp.json", language="uk"),
        "stories/lamp.json: language: the site has no",
    ),
    "two stories of one address": (
        lambda s: s.write("stories/other.json", story("Another", slug="lamp")),
        "stories/other.json: slug: 'lamp' has the same address",
    ),
    "updated before it was published": (
        lambda s: s.change("stories/lamp.json", updated="2026-03-01T09:00:00Z"),
        "stories/lamp.json: updated: ",
    ),
    "no such zone": (
        lambda s: s.change("archive.json", site={"name": "A", "time_zone": "Mareld/Velmund"}),
        "archive.json: site.time_zone: 'Mareld/Velmund' is no time zone",
    ),
    "a picture that is missing": (
        lambda s: (s.root / "media/lamp.jpg").unlink(),
        "media/lamp.jpg: is not there",
    ),
    "a picture that is none": (
        lambda s: (s.root / "media/lamp.jpg").write_bytes(b"GIF89a and then nothing"),
        "media/lamp.jpg: ",
    ),
    "a picture nobody describes": (
        lambda s: (s.root / "media/stray.jpg").write_bytes(picture()),
        "media/stray.jpg: no document describes",
    ),
    "a file name that climbs out": (
        lambda s: s.change("media/lamp.json", file="../../etc/passwd"),
        "media/lamp.json: file: ",
    ),
    "a folder that is no part of it": (
        lambda s: (s.root / "story").mkdir(),
        "story: no part of an archive",
    ),
    "a key with a space": (
        lambda s: s.write("stories/A lamp.json", story("x")),
        "stories/A lamp.json: a document's name is its key",
    ),
    "a page of a language the site lacks": (
        lambda s: page(s, "ethics", language="ar"),
        "pages/ethics.json: language: the site has no language 'ar'",
    ),
    "a page at a story's address": (
        lambda s: page(s, "ethics", slug="lamp"),
        "pages/ethics.json: slug: 'lamp' has the same address",
    ),
    "a page with an unknown purpose": (
        lambda s: page(s, "ethics", purpose="jobs"),
        "pages/ethics.json: purpose: ",
    ),
    "a page with a picture that is not there": (
        lambda s: page(s, "x", body=[{"type": "image", "id": "a", "picture": {"media": "sun"}}]),
        "pages/x.json: picture: there is no 'sun'",
    ),
    "a translation of nothing": (
        lambda s: s.change("stories/lamp.json", translation_of="gone"),
        "stories/lamp.json: translation_of: there is no 'gone'",
    ),
    "a translation into its own language": (
        lambda s: s.change("stories/lamp.json", translation_of="tide"),
        "stories/lamp.json: translation_of: 'tide' says it in en already",
    ),
    "a translation of itself": (
        lambda s: s.change("stories/lamp.json", translation_of="lamp"),
        "stories/lamp.json: translation_of: 'lamp' is a translation itself",
    ),
    "a translation of a translation": (
        lambda s: (
            s.change("stories/lamp.json", translation_of="tide"),
            s.write("stories/third.json", story("Third", translation_of="lamp")),
        ),
        "stories/third.json: translation_of: 'lamp' is a translation itself; name 'tide'",
    ),
    "two translations into one language": (
        lambda s: (
            s.change("archive.json", site={"name": "A", "languages": ["en", "uk"]}),
            s.write("authors/m1.json", {"name": "M", "language": "uk", "translation_of": "mira"}),
            s.write("authors/m2.json", {"name": "M", "language": "uk", "translation_of": "mira"}),
        ),
        "authors/m2.json: translation_of: 'm1' says it in uk already",
    ),
    "a section that translates a topic": (
        lambda s: s.write(
            "sections.json",
            {
                "items": [
                    {"key": "city", "language": "en", "name": "City", "translation_of": "light"},
                ]
            },
        ),
        "sections.json: city.translation_of: there is no 'light'",
    ),
    "a story of tomorrow": (
        lambda s: s.change("stories/lamp.json", published="2131-01-01T10:00:00Z"),
        "stories/lamp.json: published: is in the future; leave it out",
    ),
    "a correction of tomorrow": (
        lambda s: s.change(
            "stories/lamp.json", corrections=[{"at": "2131-01-01T10:00:00Z", "text": "It was six."}]
        ),
        "stories/lamp.json: corrections.0.at: is in the future",
    ),
    "a language twice": (
        lambda s: s.change("archive.json", site={"name": "A", "languages": ["en", "uk", "en"]}),
        "archive.json: site.languages: 'en' is there twice",
    ),
    "a language as nobody writes it": (
        lambda s: s.change("archive.json", site={"name": "A", "languages": ["en", "pt-br"]}),
        "archive.json: site.languages.1: write 'pt-BR'",
    ),
    "no language at all": (
        lambda s: s.change("archive.json", site={"name": "A", "languages": ["en", "und"]}),
        "archive.json: site.languages.1: und is no language",
    ),
    "a front of a language the site lacks": (
        lambda s: s.change("archive.json", fronts=[{"language": "fr"}]),
        "archive.json: fronts.0.language: the site has no language 'fr'",
    ),
    "a section of a language the site lacks": (
        lambda s: s.write("sections.json", {"items": [{"key": "city", "language": "fr", "name": "Ville"}]}),
        "sections.json: city.language: the site has no language 'fr'",
    ),
    "a name that stands twice": (
        lambda s: (s.root / "topics.json").write_text('{"items": [], "items": []}'),
        "topics.json: not JSON: the name 'items' is there twice in one object",
    ),
    "a character that nobody reads": (
        lambda s: s.change("stories/lamp.json", headline="The\x00 lamp"),
        "stories/lamp.json: headline: has the character U+0000",
    ),
    "a character that turns text round": (
        lambda s: s.change("stories/lamp.json", body=[{"type": "paragraph", "id": "a", "html": "a\u202eb"}]),
        "stories/lamp.json: body.0.html: has the character U+202E",
    ),
    "an address of the site's own": (
        lambda s: s.change("stories/lamp.json", slug="section"),
        "stories/lamp.json: slug: 'section' is kept for the site itself",
    ),
    "an item without a key": (
        lambda s: s.feed({"language": "en", "headline": "x"}),
        "feed/news.json: items.0.key: is needed and missing",
    ),
    "an item's key twice in a file": (
        lambda s: s.feed(item("ferry"), item("ferry")),
        "feed/news.json: items.1.key: 'ferry' is the key of feed/news.json, items.0, too",
    ),
    "an item's key twice in two files": (
        lambda s: (s.feed(item("ferry")), s.feed(item("ferry"), name="old")),
        "feed/old.json: items.0.key: 'ferry' is the key of feed/news.json, items.0, too",
    ),
    "an item's id twice": (
        lambda s: s.feed(item("ferry", id=ID), item("quay", id=ID)),
        "feed/news.json: items.1.id: 'ferry' has the same id",
    ),
    "an item's id that is none": (
        lambda s: s.feed(item("ferry", id="../../etc")),
        "feed/news.json: items.0.id: ",
    ),
    "an item's topic that is not there": (
        lambda s: s.feed(item("ferry", topics=["light", "moon"])),
        "feed/news.json: items.0.topics.1: there is no 'moon'",
    ),
    "an item of three topics": (
        lambda s: s.feed(item("ferry", topics=["light", "light", "light"])),
        "feed/news.json: items.0.topics: ",
    ),
    "an item's story that is not there": (
        lambda s: s.feed(item("quay"), item("ferry", story="gone")),
        "feed/news.json: items.1.story: there is no 'gone'",
    ),
    "an item of a language the site lacks": (
        lambda s: s.feed(item("ferry", language="uk")),
        "feed/news.json: items.0.language: the site has no language 'uk'",
    ),
    "an item without a first line": (
        lambda s: s.feed(item("ferry", headline=" ")),
        "feed/news.json: items.0.headline: write a first line",
    ),
    "an item as long as a story": (
        lambda s: s.feed(item("ferry", body=["x" * 4001])),
        "feed/news.json: items.0.body: is longer than 4000 characters",
    ),
    "an item of tomorrow": (
        lambda s: s.feed(item("ferry", published="2131-01-01T10:00:00Z")),
        "feed/news.json: items.0.published: is in the future",
    ),
    "an item updated before it was published": (
        lambda s: s.feed(item("ferry", updated="-3h")),
        "feed/news.json: items.0.updated: is before it was published",
    ),
    "a draft of an item that was updated": (
        lambda s: s.feed(item("ferry", published=None, updated="-3h")),
        "feed/news.json: items.0.updated: a draft was never updated",
    ),
    "a draft of an item that is breaking": (
        lambda s: s.feed(item("ferry", published=None, breaking_minutes=30)),
        "feed/news.json: items.0.breaking_minutes: counts from `published`",
    ),
    "an item that is breaking for ever": (
        lambda s: s.feed(item("ferry", breaking_minutes=99_999_999)),
        "feed/news.json: items.0.breaking_minutes: breaking lasts a day at most",
    ),
    "an item's source without a name": (
        lambda s: s.feed(item("ferry", source={"status": "disputed"})),
        "feed/news.json: items.0.source.name: is needed and missing",
    ),
    "an item's source at no address": (
        lambda s: s.feed(item("ferry", source={"name": "x", "url": "javascript:alert(1)"})),
        "feed/news.json: items.0.source.url: ",
    ),
    "a list for a file of the feed": (
        lambda s: (s.feed(), s.write("feed/news.json", [])),
        "feed/news.json: ",
    ),
    "what is no document among the feed": (
        lambda s: (s.feed(), (s.root / "feed/notes.txt").write_text("x")),
        "feed/notes.txt: only documents",
    ),
    "posts of no story": (
        lambda s: s.posts({"key": "a", "story": "gone", "headline": "x"}),
        "posts/news.json: items.0.story: there is no 'gone'",
    ),
    "posts of a story that is not live": (
        lambda s: s.posts({"key": "a", "story": "lamp", "headline": "x"}),
        "posts/news.json: items.0.story: 'lamp' is not in the format 'live'",
    ),
    "a post of a draft that readers have": (
        lambda s: (
            s.change("stories/lamp.json", format="live", published=None),
            s.posts({"key": "a", "story": "lamp", "headline": "x", "published": "-2h"}),
        ),
        "posts/news.json: items.0.published: its story 'lamp' is a draft",
    ),
    "two posts of one number": (
        lambda s: (
            s.change("stories/lamp.json", format="live"),
            s.posts(*({"key": key, "story": "lamp", "headline": "x", "number": 1} for key in "ab")),
        ),
        "posts/news.json: items.1.number: 'a' has the number 1",
    ),
    "a post that says nothing": (
        lambda s: (
            s.change("stories/lamp.json", format="live"),
            s.posts({"key": "a", "story": "lamp", "published": "-2h"}),
        ),
        "posts/news.json: items.0: says nothing",
    ),
    "a post with a picture that is not there": (
        lambda s: s.posts(
            {"key": "a", "story": "lamp", "body": [{"type": "image", "id": "a", "picture": {"media": "sun"}}]}
        ),
        "posts/news.json: items.0.picture: there is no 'sun'",
    ),
    "a post by nobody": (
        lambda s: s.posts({"key": "a", "story": "lamp", "headline": "x", "bylines": ["nobody"]}),
        "posts/news.json: items.0.bylines.0: there is no 'nobody'",
    ),
    "a post with a table": (
        lambda s: s.posts({"key": "a", "story": "lamp", "body": [{"type": "table", "id": "a", "rows": []}]}),
        "posts/news.json: items.0.body.0: ",
    ),
    "a post with a block id twice": (
        lambda s: s.posts(
            {"key": "a", "story": "lamp", "body": [{"type": "paragraph", "id": "a", "html": "x"}] * 2}
        ),
        "posts/news.json: items.0.body: the block id 'a' is there 2 times",
    ),
    "a coverage of a story that is not live": (
        lambda s: s.change("stories/lamp.json", live={"opened": "-2h"}),
        "stories/lamp.json: live: only a story in the format 'live' has it",
    ),
    "a coverage closed before it was opened": (
        lambda s: s.change("stories/lamp.json", format="live", live={"opened": "-2h", "closed": "-3h"}),
        "stories/lamp.json: live.closed: is before it was opened",
    ),
    "a story too large": (
        lambda s: (s.root / "stories/lamp.json").write_bytes(b" " * 5_000_001),
        "stories/lamp.json: larger than",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_refused_with_its_place(small: Small, name: str) -> None:
    damage, expected = BROKEN[name]
    damage(small)
    with pytest.raises(ArchiveError) as refusal:
        load(small)
    assert any(str(problem).startswith(expected) for problem in refusal.value.problems), str(refusal.value)


@pytest.mark.parametrize(
    "name",
    ["media/lamp.jpg", "stories/lamp.json", "archive.json", "media", "stories", "feed", "feed/news.json"],
)
def test_links_are_not_followed(small: Small, tmp_path: Path, name: str) -> None:
    small.feed(item("ferry"))
    outside = tmp_path / "outside"
    (small.root / name).rename(outside)
    (small.root / name).symlink_to(outside)
    with pytest.raises(ArchiveError, match="link"):
        load(small)


def test_everything_wrong_is_named_at_once(small: Small) -> None:
    small.change("stories/lamp.json", section="moon")
    small.change("stories/tide.json", section="sun")
    with pytest.raises(ArchiveError) as refusal:
        load(small)
    assert [problem.file for problem in refusal.value.problems] == ["stories/lamp.json", "stories/tide.json"]


def test_a_pipe_in_place_of_a_file_does_not_hang(small: Small) -> None:
    import os

    (small.root / "stories/lamp.json").unlink()
    os.mkfifo(small.root / "stories/lamp.json")
    with pytest.raises(ArchiveError, match="not a plain file"):
        load(small)


def test_what_names_a_broken_document_is_not_blamed_for_it(small: Small) -> None:
    (small.root / "stories/lamp.json").write_text("{")  # the other story has a card of it
    (small.root / "sections.json").write_text("[")
    with pytest.raises(ArchiveError) as refused:
        load(small)
    assert {problem.file for problem in refused.value.problems} == {"stories/lamp.json", "sections.json"}
