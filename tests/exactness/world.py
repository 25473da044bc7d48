"""A newsroom that lives: it invents stories, edits and time, step by step, the same for the same seed.

Rooms that add records or pages add what people do with them to `EDITS`; the comparison then covers them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction

from standfirst.bake import api as bake
from standfirst.editions import api
from standfirst.editions.documents import (
    Author,
    Byline,
    Claim,
    Correction,
    Coverage,
    Credit,
    Document,
    FeedItem,
    Front,
    ImageBlock,
    LinkGroup,
    Media,
    Navigation,
    NavigationLink,
    Paragraph,
    PictureUse,
    PlainPage,
    Post,
    RelatedStory,
    Rendition,
    Section,
    Site,
    Story,
    Topic,
)
from standfirst.kit.canonical import digest

D = TypeVar("D", bound=Document)

ACTOR = "system:test"
START = datetime(2026, 11, 5, 6, 0, tzinfo=UTC)
LANGUAGES = ("en", "uk")
WORDS = "harbour ferry council mole tide crane night budget school bridge flood pilot eel mill choir".split()
FORMATS = ("news", "news", "news", "long_read", "opinion", "explainer", "gallery", "q_and_a")


@dataclass
class World:
    """The newsroom: what is public now, what time it is, and the dice."""

    seed: int
    now: datetime = START
    stories: dict[str, Story] = field(default_factory=dict)
    gone: dict[str, Story] = field(default_factory=dict)  # unpublished; they may come back
    others: dict[str, Document] = field(default_factory=dict)  # by record
    pictures: list[bytes] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)  # of the last post of each coverage
    count: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    def id(self, kind: str) -> str:
        """Return an id that sorts as ids do, by age, and is the same for the same seed."""
        self.count += 1
        return f"01k9{kind[:4]:x<4}{self.count:018d}"

    def words(self, many: int) -> str:
        return " ".join(self.dice.choice(WORDS) for _ in range(many)).capitalize()

    def some(self, kind: type[Document], language: str = "") -> Any:
        """Return one of the records of a kind, in a language where they have one."""
        found = [
            one
            for one in self.others.values()
            if isinstance(one, kind)
            and getattr(one, "language", "") in ("", language or getattr(one, "language", ""))
        ]
        return self.dice.choice(found)

    def story(self) -> Story | None:
        return self.dice.choice(list(self.stories.values())) if self.stories else None

    def maybe(self, kind: type[D]) -> D | None:
        """Return one of the records of a kind, or None while there is none."""
        found = [one for one in self.others.values() if isinstance(one, kind)]
        return self.dice.choice(found) if found else None

    def coverage(self) -> Story | None:
        """Return a live story, or None while there is none."""
        found = [story for story in self.stories.values() if story.live]
        return self.dice.choice(found) if found else None

    def take_away(self, document: Document) -> None:
        """An item or post goes: taken back, or killed with the pictures that nothing else uses."""
        with transaction.atomic():
            if self.dice.random() < 0.5:
                api.unpublish(document.record, actor=ACTOR)
            else:
                api.kill(document.record, actor=ACTOR, why="a test")
        del self.others[document.record]
        self.forget_pictures()

    def forget_pictures(self) -> None:
        """Leave out the pictures that went with something; there is always one to be shown."""
        for record, document in list(self.others.items()):
            if isinstance(document, Media) and (head := api.head(record)) and head.state != "live":
                del self.others[record]
        if not any(isinstance(document, Media) for document in self.others.values()):
            take_picture(self)

    def publish(self, document: Document) -> None:
        """Make `document` public at the world's own time."""
        with transaction.atomic():
            known = api.head(document.record)
            reason: Any = "published" if known is None or known.state != "live" else "updated"
            api.publish(document, reason=reason, actor=ACTOR, at=self.now)
        if isinstance(document, Story):
            self.stories[document.id] = document
        else:
            self.others[document.record] = document

    def change(self, document: Document, **fields: Any) -> None:
        self.publish(document.model_copy(update=fields))


def found(seed: int) -> World:
    """Return a world with a site, its fronts and filing, a few stories, and one that is covered live."""
    world = World(seed)
    world.publish(
        Site(name="The Tern", tagline="News", base_url="https://tern.example", languages=LANGUAGES,
             time_zone="Europe/Kyiv", email="desk@tern.example")
    )  # fmt: skip
    for language in LANGUAGES:
        prefix = "/" if language == "en" else f"/{language}/"
        sections = []
        for name in ("city", "world", "sea"):
            section = Section(
                id=world.id("sect"), language=language, path=f"{prefix}section/{name}/", name=name
            )
            world.publish(section)
            sections.append(section.id)
        for name in ("ports", "money"):
            world.publish(
                Topic(id=world.id("topi"), language=language, path=f"{prefix}topic/{name}/", name=name)
            )
        world.publish(Navigation(id=language, language=language, sections=tuple(sections)))
        world.publish(
            Front(id=language, language=language, path=prefix, title="Tern", sections=tuple(sections))
        )
        world.publish(
            PlainPage(id=world.id("page"), language=language, path=f"{prefix}about/", purpose="about",
                      title="About", body=(Paragraph(id="p", html="Who we are."),), changed_at=world.now)
        )  # fmt: skip
    for name in ("Ada", "Ben", "Cyd"):
        world.publish(Author(id=world.id("auth"), path=f"/author/{name.lower()}/", name=name))
    for _ in range(4):
        take_picture(world)
    for _ in range(6):
        write(world)
    cover(world)
    while max(world.numbers.values(), default=0) < 36:  # more than the live page shows, in two files
        post(world)
    topic = world.some(Topic, "en").id
    for number in range(34):  # more than the feed and a topic of it show at once, over some days
        at = world.now - timedelta(hours=3 * number)
        send_item(world, language="en", topics=(topic,), published_at=at, breaking_until=None)
    return world


def take_picture(world: World) -> None:
    """A picture comes into the library; some may be shown for a while only."""
    body = world.words(30).encode()
    world.pictures.append(body)
    blob = bake.store_blob(body, "image/avif")
    name = digest(body)[:32]
    rendition = Rendition(
        path=f"/_m/{name}.avif", blob=blob, format="avif", width=1200, height=800, size=len(body)
    )
    ends = world.now + timedelta(days=world.dice.randint(1, 9)) if world.dice.random() < 0.3 else None
    world.publish(
        Media(id=world.id("medi"), width=1200, height=800, renditions=(rendition,),
              credit=Credit(photographer=world.words(2)), licence_ends_at=ends)
    )  # fmt: skip


def write(world: World, **fields: Any) -> None:
    """A story is published, with whatever a story may have."""
    dice = world.dice
    language = fields.pop("language", dice.choice(LANGUAGES))
    number = world.count
    prefix = "/" if language == "en" else f"/{language}/"
    body: list[Any] = [Paragraph(id=f"b{n}", html=world.words(20)) for n in range(dice.randint(1, 5))]
    if dice.random() < 0.4 and (other := world.story()):
        body.append(RelatedStory(id="r", story=other.id))
    if dice.random() < 0.4:
        body.append(ImageBlock(id="i", picture=PictureUse(media=world.some(Media).id, alt="A view")))
    claim = Claim(id="c", text="It is so", status=dice.choice(("verified", "unverified", "disputed")))
    trail = tuple(other.id for other in dice.sample(list(world.stories.values()), min(3, len(world.stories))))
    values: dict[str, Any] = {
        "id": world.id("stor"), "language": language, "path": f"{prefix}story-{number}/",
        "headline": world.words(5), "standfirst": world.words(12), "format": dice.choice(FORMATS),
        "section": world.some(Section, language).id, "topics": (world.some(Topic, language).id,),
        "bylines": (Byline(author=world.some(Author).id),), "body": tuple(body), "published_at": world.now,
        "hero": PictureUse(media=world.some(Media).id, alt="A view") if dice.random() < 0.7 else None,
        "claims": (claim,) if dice.random() < 0.2 else (), "trail": trail,
    }  # fmt: skip
    world.publish(Story(**values | fields))


def translate(world: World) -> None:
    """A story gets its translation."""
    original = world.story()
    taken = {story.translation_of for story in world.stories.values()}
    if original and not original.translation_of and original.id not in taken:
        language = "uk" if original.language == "en" else "en"
        write(world, language=language, translation_of=original.id)


def rewrite(world: World) -> None:
    """A word of the text changes, and nothing that lists show."""
    if story := world.story():
        world.change(story, body=(*story.body[:-1], Paragraph(id=f"e{world.count}", html=world.words(9))))
        world.count += 1


def retitle(world: World) -> None:
    if story := world.story():
        world.change(story, headline=world.words(6), updated_at=max(world.now, story.published_at))


def correct(world: World) -> None:
    if story := world.story():
        world.change(story, corrections=(*story.corrections, Correction(at=world.now, text=world.words(8))))


def move_section(world: World) -> None:
    if story := world.story():
        world.change(story, section=world.some(Section, story.language).id)


def move_address(world: World) -> None:
    if story := world.story():
        world.count += 1
        world.change(story, path=f"{story.path.rsplit('/', 2)[0]}/moved-{world.count}/")


def file_elsewhere(world: World) -> None:
    if story := world.story():
        topics = tuple({world.some(Topic, story.language).id for _ in range(world.dice.randint(0, 2))})
        world.change(story, topics=topics, bylines=(Byline(author=world.some(Author).id),))


def verify_claim(world: World) -> None:
    if story := next((one for one in world.stories.values() if one.claims), None):
        status = world.dice.choice(("verified", "unverified", "disputed", "retracted"))
        world.change(story, claims=(story.claims[0].model_copy(update={"status": status}),))


def change_related(world: World) -> None:
    """A story that others show as a card gets another headline and picture."""
    shown = [
        block.story for one in world.stories.values() for block in one.body if isinstance(block, RelatedStory)
    ]
    if targets := [world.stories[one] for one in shown if one in world.stories]:
        target = world.dice.choice(targets)
        world.change(target, headline=world.words(4), hero=PictureUse(media=world.some(Media).id, alt="Now"))


def credit(world: World) -> None:
    world.change(world.some(Media), credit=Credit(photographer=world.words(2), agencies=("Wire",)))


def rename_author(world: World) -> None:
    world.change(world.some(Author), name=world.words(2))


def rename_section(world: World) -> None:
    world.change(world.some(Section), name=world.words(1), description=world.words(5))


def navigate(world: World) -> None:
    navigation = world.some(Navigation)
    links = (NavigationLink(label=world.words(1), url="https://example.org/"),)
    turned = tuple(world.dice.sample(navigation.sections, len(navigation.sections)))
    world.change(navigation, sections=turned, footer=(LinkGroup(title=world.words(1), links=links),))


def rename_site(world: World) -> None:
    site = world.others["site:main"]
    world.change(site, tagline=world.words(3), ai_crawlers=world.dice.choice(("allow", "refuse")))


def edit_front(world: World) -> None:
    front = world.some(Front)
    own = [story.id for story in world.stories.values() if story.language == front.language]
    chosen = world.dice.sample(own, min(4, len(own)))
    world.change(front, lead=chosen[0] if chosen else None, second=tuple(chosen[1:]))


def edit_page(world: World) -> None:
    page = world.some(PlainPage)
    world.change(page, body=(Paragraph(id="p", html=world.words(9)),), changed_at=world.now)


def unpublish(world: World) -> None:
    if len(world.stories) > 3 and (story := world.story()):
        with transaction.atomic():
            api.unpublish(story.record, actor=ACTOR)
        world.gone[story.id] = world.stories.pop(story.id)


def bring_back(world: World) -> None:
    if world.gone:
        world.publish(world.gone.pop(world.dice.choice(list(world.gone))))


def kill(world: World) -> None:
    """A story goes at once, with pictures that nothing else uses."""
    if len(world.stories) > 3 and (story := world.story()):
        api.kill(story.record, actor=ACTOR, why="a test")
        del world.stories[story.id]
        world.forget_pictures()


def send_item(world: World, **fields: Any) -> None:
    """An item of the news feed is published, some of them breaking for a while."""
    dice = world.dice
    language = fields.pop("language", dice.choice(LANGUAGES))
    identity = world.id("item")
    prefix = "/" if language == "en" else f"/{language}/"
    ends = world.now + timedelta(minutes=dice.choice((20, 90, 600))) if dice.random() < 0.4 else None
    told = world.story()
    given: dict[str, Any] = {
        "headline": world.words(5), "body": (world.words(12),), "topics": some_topics(world, language),
        "breaking_until": ends, "story": told.id if told and dice.random() < 0.5 else None,
        "published_at": world.now, **fields,
    }  # fmt: skip
    world.publish(FeedItem(id=identity, language=language, path=f"{prefix}feed/{identity}/", **given))


def some_topics(world: World, language: str) -> tuple[str, ...]:
    """Return one topic of a language, or two."""
    return tuple(dict.fromkeys(world.some(Topic, language).id for _ in range(world.dice.choice((1, 2)))))


def edit_item(world: World) -> None:
    """An item says something else, is filed elsewhere, or is called breaking, or no more."""
    if item := world.maybe(FeedItem):
        ends = world.now + timedelta(minutes=30) if world.dice.random() < 0.5 else None
        topics = some_topics(world, item.language) if world.dice.random() < 0.5 else item.topics
        fields: dict[str, Any] = {"updated_at": world.now, "breaking_until": ends, "topics": topics}
        world.change(item, headline=world.words(4), **fields)


def kill_item(world: World) -> None:
    if item := world.maybe(FeedItem):
        world.take_away(item)


def cover(world: World) -> None:
    """A story is covered live."""
    summary = (world.words(6), world.words(4)) if world.dice.random() < 0.5 else ()
    write(world, format="live", live=Coverage(opened_at=world.now, summary=summary))


def post(world: World) -> None:
    """Some posts of a coverage come, one now and then with a picture, or a key event."""
    coverage = world.coverage()
    for _ in range(world.dice.choice((1, 1, 1, 8)) if coverage else 0):
        assert coverage
        dice, identity = world.dice, world.id("post")
        number = world.numbers[coverage.id] = world.numbers.get(coverage.id, 0) + 1
        prefix = "/" if coverage.language == "en" else f"/{coverage.language}/"
        body: list[Any] = [Paragraph(id="p", html=world.words(dice.choice((9, 30, 900))))]
        if dice.random() < 0.3:
            body.append(ImageBlock(id="i", picture=PictureUse(media=world.some(Media).id, alt="A view")))
        if dice.random() < 0.2 and (other := world.story()):
            body.append(RelatedStory(id="r", story=other.id))
        world.publish(
            Post(id=identity, story=coverage.id, language=coverage.language, number=number,
                 path=f"{prefix}live/{identity}/", headline=world.words(4) if dice.random() < 0.8 else "",
                 body=tuple(body), bylines=(Byline(author=world.some(Author).id),), key=dice.random() < 0.2,
                 published_at=world.now + timedelta(microseconds=number))
        )  # fmt: skip


def edit_post(world: World) -> None:
    """A post is changed, becomes a key event, or leads on to the story that was made of it."""
    if found := world.maybe(Post):
        told = world.story()
        fields: list[dict[str, Any]] = [
            {"headline": world.words(5), "updated_at": found.published_at + timedelta(hours=1)},
            {"key": not found.key}, {"became": told.id if told else None},
        ]  # fmt: skip
        world.change(found, **world.dice.choice(fields))


def kill_post(world: World) -> None:
    if found := world.maybe(Post):
        world.take_away(found)


def pin(world: World) -> None:
    """What is known is pinned above the posts of a coverage."""
    if (coverage := world.coverage()) and coverage.live:
        world.change(coverage, live=coverage.live.model_copy(update={"summary": (world.words(5),)}))


def close_or_open(world: World) -> None:
    if (coverage := world.coverage()) and coverage.live:
        closed = None if coverage.live.closed_at else world.now
        world.change(coverage, live=coverage.live.model_copy(update={"closed_at": closed}))


def wait(world: World) -> None:
    """Time passes: minutes, or days."""
    world.now += timedelta(minutes=world.dice.choice((1, 7, 45, 300, 1500, 3000, 6000)))


EDITS: dict[Callable[[World], None], int] = {
    write: 8, translate: 3, rewrite: 8, retitle: 5, correct: 2, move_section: 3, move_address: 2,
    file_elsewhere: 3, verify_claim: 2, change_related: 3, credit: 3, rename_author: 2, rename_section: 1,
    navigate: 1, rename_site: 1, edit_front: 3, edit_page: 1, unpublish: 3, bring_back: 2, kill: 2,
    take_picture: 2, wait: 8, send_item: 6, edit_item: 3, kill_item: 1, cover: 1, post: 9, edit_post: 5,
    kill_post: 2, pin: 1, close_or_open: 1,
}  # fmt: skip
"""What people do, and how often."""


def live(world: World, edits: int) -> Iterator[str]:
    """Do `edits` things, one after another; yield the name of each."""
    doings, weights = list(EDITS), list(EDITS.values())
    for _ in range(edits):
        (doing,) = world.dice.choices(doings, weights)
        world.now += timedelta(seconds=world.dice.randint(1, 90))
        doing(world)
        yield doing.__name__
