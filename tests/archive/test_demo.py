"""The demo is a whole paper: real lengths, every picture described and credited, links that lead on."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from PIL import Image

from standfirst.archive.documents import StoryWords
from standfirst.archive.reading import Archive, read
from standfirst.archive.schemas import pages
from standfirst.kit.html import inline, text

NEWSROOM = Path(__file__).resolve().parents[2] / "newsroom"
STORIES = sorted(path.stem for path in (NEWSROOM / "stories").glob("*.json"))
MEDIA = sorted(path.stem for path in (NEWSROOM / "media").glob("*.json"))


@cache
def demo() -> Archive:
    return read(NEWSROOM, lambda _name: datetime(2026, 11, 5, 12, tzinfo=UTC))


def html_of(story: StoryWords) -> list[str]:
    """Return all inline HTML of a story's body."""
    found: list[str] = []
    for block in story.body:
        values = block.model_dump()
        found += [values[name] for name in ("html", "text") if values.get(name)]
        found += values.get("items", ())
        found += [cell for row in values.get("rows", ()) for cell in row]
        if values.get("picture"):
            found.append(values["picture"]["caption"])
    return found


def words(story: StoryWords) -> int:
    kept = [block for block in story.body if block.type != "pull_quote"]
    return sum(len(text(html).split()) for html in html_of(story.model_copy(update={"body": tuple(kept)})))


@pytest.mark.parametrize("key", STORIES)
def test_a_story_is_of_real_length(key: str) -> None:
    assert 400 <= words(demo().stories[key]) <= 1_800


@pytest.mark.parametrize("key", STORIES)
def test_links_of_a_story_lead_to_a_page_of_the_site(key: str) -> None:
    known = {f"/{story.slug or name}/" for name, story in demo().stories.items()}
    for html in html_of(demo().stories[key]):
        for address in re.findall(r'href="([^"]*)"', html):
            assert address in known or address.startswith("https://"), address


@pytest.mark.parametrize("key", STORIES)
def test_a_storys_markup_passes_the_sanitiser_unchanged(key: str) -> None:
    for block in demo().stories[key].body:
        values = block.model_dump()
        for html in (values.get("html", ""), *values.get("items", ())):
            assert inline(html) == html


@pytest.mark.parametrize("key", STORIES)
def test_a_story_has_what_a_page_shows(key: str) -> None:
    story = demo().stories[key]
    assert story.standfirst
    assert story.section
    assert story.topics
    assert story.bylines
    assert story.hero
    whole = " ".join([story.headline, story.standfirst, *html_of(story)])
    assert not re.search(r"lorem|ipsum|TODO|XXX|\"|'", re.sub(r"<[^>]+>", "", whole), re.IGNORECASE)


@pytest.mark.parametrize("key", MEDIA)
def test_a_picture_is_described_credited_and_large(key: str) -> None:
    picture = demo().pictures[key]
    assert picture.photographer
    assert picture.agencies
    assert picture.licence
    assert len(picture.alt) >= 20
    assert picture.alt != picture.caption
    with Image.open(demo().file(key)) as image:
        assert image.width >= (640 if key.startswith("portrait-") else 1200)
    assert demo().file(key).stat().st_size < 380_000


def test_headlines_and_addresses_are_each_there_once() -> None:
    stories = demo().stories
    for values in (
        [one.headline for one in stories.values()],
        [one.slug or key for key, one in stories.items()],
    ):
        assert not [value for value, count in Counter(values).items() if count > 1]


def test_there_is_enough_of_everything() -> None:
    archive = demo()
    formats = Counter(story.format for story in archive.stories.values())
    assert len(archive.stories) >= 14
    assert len(archive.pictures) >= 14
    assert {"news", "long_read", "opinion", "explainer", "q_and_a"} <= set(formats)
    blocks = {block.type for story in archive.stories.values() for block in story.body}
    assert {"table", "key_facts", "embed", "pull_quote", "quote", "related_story", "image"} <= blocks
    assert any(story.corrections for story in archive.stories.values())
    assert any(line.name for story in archive.stories.values() for line in story.bylines)


def test_nothing_lies_unused() -> None:
    archive = demo()
    used = {use.media for story in archive.stories.values() for use in story.pictures}
    used |= {author.portrait for author in archive.authors.values() if author.portrait}
    assert used == set(archive.pictures)
    assert {story.section for story in archive.stories.values()} == set(archive.sections)
    assert {topic for story in archive.stories.values() for topic in story.topics} == set(archive.topics)
    assert {line.author for story in archive.stories.values() for line in story.bylines if line.author} | {
        "brigit-talvane"
    } == set(archive.authors)


def test_shapes_differ() -> None:
    sizes = set()
    for key in MEDIA:
        with Image.open(demo().file(key)) as image:
            sizes.add(round(image.width / image.height, 1))
    assert {1.5, 2.0, 0.8} <= sizes


FILES = {
    "archive": ["archive.json"],
    "shelves": ["sections.json", "topics.json"],
    "author": sorted(f"authors/{path.name}" for path in (NEWSROOM / "authors").glob("*.json")),
    "media": [f"media/{key}.json" for key in MEDIA],
    "story": [f"stories/{key}.json" for key in STORIES],
}


@pytest.mark.parametrize("name", FILES)
def test_the_documents_follow_the_published_schemas(name: str) -> None:
    schema = json.loads(pages()[f"reference/archive/{name}.schema.json"])
    for file in FILES[name]:
        jsonschema.validate(json.loads((NEWSROOM / file).read_text("utf-8")), schema)


def test_the_published_schema_refuses_what_the_reader_refuses() -> None:
    schema = json.loads(pages()["reference/archive/story.schema.json"])
    value = json.loads((NEWSROOM / "stories" / f"{STORIES[0]}.json").read_text("utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**value, "published": "the day before yesterday"}, schema)
