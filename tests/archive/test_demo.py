"""The demo is a whole paper: real lengths, every picture described and credited, links that lead on."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from PIL import Image

from standfirst.archive.documents import PageWords, StoryWords
from standfirst.archive.holding import Archive
from standfirst.archive.reading import read
from standfirst.archive.schemas import pages
from standfirst.archive.wiredocuments import ItemWords, PostWords
from standfirst.kit.html import inline, text
from standfirst.stories.attribution import dropped

NEWSROOM = Path(__file__).resolve().parents[2] / "newsroom"
STORIES = sorted(path.stem for path in (NEWSROOM / "stories").glob("*.json"))
PAGES = sorted(path.stem for path in (NEWSROOM / "pages").glob("*.json"))
FEED = sorted(path.stem for path in (NEWSROOM / "feed").glob("*.json"))
MEDIA = sorted(path.stem for path in (NEWSROOM / "media").glob("*.json"))
LANGUAGES = ("en", "uk", "ar")


@cache
def demo() -> Archive:
    return read(NEWSROOM, lambda _name: datetime(2026, 11, 5, 12, tzinfo=UTC))


def html_of(story: StoryWords | PageWords | PostWords) -> list[str]:
    """Return all inline HTML of a body."""
    found: list[str] = []
    for block in story.body:
        values = block.model_dump()
        found += [values[name] for name in ("html", "text") if values.get(name)]
        found += values.get("items", ())
        found += [cell for row in values.get("rows", ()) for cell in row]
        if values.get("picture"):
            found.append(values["picture"]["caption"] or "")
    return found


def addresses() -> set[str]:
    """Return every address of the site that its documents may link to."""
    archive = demo()
    found = {"/archive/", "/uk/archive/", "/ar/archive/"}
    for part, shelf in (("", archive.stories), ("", archive.pages), ("section/", archive.sections),
                        ("topic/", archive.topics), ("author/", archive.authors)):  # fmt: skip
        for key, words in shelf.items():
            language = words.language or "en"
            prefix = "/" if language == "en" else f"/{language}/"
            found.add(f"{prefix}{part}{words.slug or key}/")
    return found


def dead_links(html: list[str]) -> list[str]:
    links = [link for piece in html for link in re.findall(r'href="([^"]*)"', piece)]
    known = addresses()
    return [link for link in links if link not in known and not link.startswith(("https://", "mailto:"))]


def feed() -> dict[str, ItemWords]:
    return {key: placed.words for key, placed in demo().feed.items()}


def words(story: StoryWords | PostWords) -> int:
    kept = [block for block in story.body if block.type != "pull_quote"]
    return sum(len(text(html).split()) for html in html_of(story.model_copy(update={"body": tuple(kept)})))


@pytest.mark.parametrize("key", STORIES)
def test_a_story_is_of_real_length(key: str) -> None:
    posts = [placed.words for placed in demo().posts.values() if placed.words.story == key]
    told = sum(len(text(post.headline).split()) + words(post) for post in posts)  # live coverage
    assert 400 <= words(demo().stories[key]) + told <= 1_800


@pytest.mark.parametrize("key", STORIES)
def test_links_of_a_story_lead_to_a_page_of_the_site(key: str) -> None:
    assert dead_links(html_of(demo().stories[key])) == []


@pytest.mark.parametrize("key", PAGES)
def test_links_of_a_page_lead_to_a_page_of_the_site(key: str) -> None:
    assert dead_links(html_of(demo().pages[key])) == []


def test_links_at_the_foot_lead_to_a_page_of_the_site_in_the_same_language() -> None:
    known = addresses()
    groups = demo().manifest.site.footer
    assert {group.language for group in groups} == set(LANGUAGES)
    for group in groups:
        prefix = "/" if group.language == "en" else f"/{group.language}/"
        for link in (link for link in group.links if not link.url.startswith("mailto:")):
            assert link.url in known
            assert link.url.startswith(prefix)


@pytest.mark.parametrize("key", STORIES)
def test_cards_sections_topics_and_authors_are_in_the_storys_language(key: str) -> None:
    archive, story = demo(), demo().stories[key]
    assert story.section
    assert archive.sections[story.section].language == story.language
    assert {archive.topics[topic].language for topic in story.topics} == {story.language}
    assert {archive.stories[other].language for other in story.related} <= {story.language}
    for line in story.bylines:
        assert line.author is None or (archive.authors[line.author].language or "en") == story.language


@pytest.mark.parametrize("key", STORIES)
def test_a_storys_markup_passes_the_sanitiser_unchanged(key: str) -> None:
    for block in demo().stories[key].body:
        values = block.model_dump()
        for html in (values.get("html", ""), *values.get("items", ())):
            assert inline(html).replace("&nbsp;", "\u00a0") == html


@pytest.mark.parametrize("key", STORIES)
def test_a_story_has_what_a_page_shows(key: str) -> None:
    story = demo().stories[key]
    assert story.standfirst
    assert story.section
    assert story.topics
    assert story.bylines
    assert_reads_well([story.headline, story.standfirst, *html_of(story)])


@pytest.mark.parametrize("key", PAGES)
def test_a_page_has_what_it_shows(key: str) -> None:
    page = demo().pages[key]
    assert page.description
    assert page.body
    assert page.purpose
    assert_reads_well([page.title, page.description, *html_of(page)])


def assert_reads_well(pieces: list[str]) -> None:
    """Fail at straight quotes and at text that nobody has written."""
    assert not re.search(
        r"lorem|ipsum|TODO|XXX|\"|'", re.sub(r"<[^>]+>", "", " ".join(pieces)), re.IGNORECASE
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_items_of_the_feed_read_as_a_wire_does(language: str) -> None:
    """A full sentence first, then one to three paragraphs; clean, in their own language."""
    for key, item in feed().items():
        if item.language != language:
            continue
        assert item.headline.endswith("."), key
        assert 20 <= len(item.headline) <= 160, key
        assert 1 <= len(item.body) <= 3, key
        assert sum(len(text(html)) for html in item.body) <= 400, key
        assert [inline(html).replace("&nbsp;", "\u00a0") for html in item.body] == list(item.body), key
        assert dead_links(list(item.body)) == [], key
        assert_reads_well([item.headline, *item.body])
        assert not item.story or demo().stories[item.story].language == language, key
        assert {demo().topics[topic].language for topic in item.topics} <= {language}, key
        if language != "en":
            assert not re.search("[a-z]{4}", re.sub("Holm Line|Mareld Grid", "", item.headline)), key


def test_an_item_that_belongs_to_a_story_does_not_come_long_before_it() -> None:
    stories = demo().stories
    for key, item in feed().items():
        published = stories[item.story].published if item.story else None
        if published and item.published:
            assert published - item.published < timedelta(days=90), key


def test_the_feed_has_something_of_everything() -> None:
    items = list(feed().values())
    languages = Counter(item.language for item in items)
    assert languages["en"] >= 30
    assert languages["uk"] >= 16
    assert languages["ar"] >= 10
    statuses = {item.source.status for item in items if item.source}
    assert statuses == {"verified", "unverified", "disputed", "retracted"}
    for language in LANGUAGES:
        own = [item for item in items if item.language == language]
        assert any(item.updated for item in own)
        assert any(item.story for item in own)
        days = {item.published.date() for item in own if item.published}
        assert len(days) >= 5
        assert len({day.replace(day=1) for day in days}) >= 2
        assert sum((item.breaking_minutes or 0) >= 1_400 for item in own) == 1, "one shows for a day"


@pytest.mark.parametrize("key", [key for key in STORIES if key.startswith(("uk-", "ar-"))])
def test_a_story_in_another_language_says_in_it_what_its_pictures_show(key: str) -> None:
    archive, story = demo(), demo().stories[key]
    for use in story.pictures:
        assert use.alt, use.media
        assert use.caption, use.media
        assert use.alt != archive.pictures[use.media].alt
        assert not re.search("[a-z]{4}", use.alt), "the alt text is in the story's own script"


@pytest.mark.parametrize("key", STORIES)
def test_other_titles_of_a_story_say_whose_claim_it_is(key: str) -> None:
    story = demo().stories[key]
    assert not dropped(story.headline, story.seo_title)
    assert not dropped(story.headline, story.social_title)


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
    languages = Counter(story.language for story in archive.stories.values())
    assert len(archive.stories) >= 40
    assert languages["uk"] >= 12
    assert languages["ar"] >= 8
    assert sum(story.translation_of is not None for story in archive.stories.values()) >= 6
    assert len({author.translation_of or key for key, author in archive.authors.items()}) >= 8
    assert len(archive.pictures) >= 30
    assert {"news", "long_read", "opinion", "explainer", "q_and_a", "gallery"} <= set(formats)
    for language in LANGUAGES:
        purposes = {page.purpose for page in archive.pages.values() if page.language == language}
        assert {"about", "ethics", "corrections", "ownership", "contact"} <= purposes
    blocks = {block.type for story in archive.stories.values() for block in story.body}
    assert {"table", "key_facts", "embed", "pull_quote", "quote", "related_story", "image"} <= blocks
    assert any(story.corrections for story in archive.stories.values())
    assert any(line.name for story in archive.stories.values() for line in story.bylines)


def test_nothing_lies_unused() -> None:
    archive = demo()
    used = {use.media for story in archive.stories.values() for use in story.pictures}
    used |= {use.media for page in archive.pages.values() for use in page.pictures}
    used |= {author.portrait for author in archive.authors.values() if author.portrait}
    assert used == set(archive.pictures)
    assert {story.section for story in archive.stories.values()} == set(archive.sections)
    assert {topic for story in archive.stories.values() for topic in story.topics} == set(archive.topics)
    bylines = {line.author for story in archive.stories.values() for line in story.bylines if line.author}
    people = {archive.authors[key].translation_of or key for key in bylines}
    assert people | {"brigit-talvane"} == {one.translation_of or key for key, one in archive.authors.items()}


def test_all_but_a_few_stories_have_a_picture_at_the_top() -> None:
    assert 1 <= sum(story.hero is None for story in demo().stories.values()) <= 3  # shown without one, too


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
    "page": [f"pages/{key}.json" for key in PAGES],
    "feed": [f"feed/{name}.json" for name in FEED],
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
