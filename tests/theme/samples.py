"""A small invented newsroom on a river, and stories with every block. All text is our own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from standfirst.editions.documents import (
    Author,
    Byline,
    Coverage,
    Credit,
    Divider,
    Document,
    Embed,
    FeedItem,
    Front,
    Heading,
    ImageBlock,
    KeyFacts,
    LinkGroup,
    ListBlock,
    Media,
    Navigation,
    NavigationLink,
    Paragraph,
    PictureUse,
    PlainPage,
    Post,
    PullQuote,
    Quote,
    RelatedStory,
    Rendition,
    Section,
    Site,
    Story,
    Table,
    Topic,
)

PUBLISHED = datetime(2026, 11, 23, 9, 9, tzinfo=UTC)

SITE = Site(
    name="The Tern",
    tagline="Reporting from the estuary",
    base_url="https://tern.example",
    time_zone="Europe/Kyiv",
    accent="#0b5a6b",
    accent_dark="#7cc0cd",
    email="desk@tern.example",
    founded="2019",
)
SECTIONS = [
    Section(
        id="harbour",
        language="en",
        path="/section/harbour/",
        name="Harbour",
        description="Ships, cranes and the people who work with them.",
    ),
    Section(
        id="council",
        language="en",
        path="/section/council/",
        name="Council",
        description="Decisions, and who they fall on.",
    ),
    Section(
        id="river",
        language="en",
        path="/section/river/",
        name="River",
        description="Water, weather and what lives in both.",
    ),
    Section(id="culture", language="en", path="/section/culture/", name="Culture"),
]
TOPICS = [
    Topic(
        id="dredging",
        language="en",
        path="/topic/dredging/",
        name="Dredging",
        description="The long argument about how deep the river should be.",
    ),
    Topic(id="ferries", language="en", path="/topic/ferries/", name="Ferries"),
]
AUTHORS = [
    Author(
        id="ines",
        path="/author/ines-halloran/",
        name="Ines Halloran",
        role="Harbour correspondent",
        bio="Ines has covered the docks since the grain terminal closed.",
        portrait=PictureUse(media="portrait", alt="Ines Halloran in a raincoat"),
        links=("mailto:ines@tern.example", "https://social.example/@ines"),
    ),
    Author(id="marek", path="/author/marek-dune/", name="Marek Dune"),
]

PAGES = [
    PlainPage(
        id="about",
        language="en",
        path="/about/",
        purpose="about",
        title="Who we are",
        description="Nine people and a boat.",
        body=(
            Paragraph(id="p", html="The Tern has been told from one room over the chandler’s since 2019."),
            *(
                block
                for number, title in enumerate(("The room", "The people", "The boat", "The money"))
                for block in (
                    Heading(id=f"h{number}", html=title),
                    Paragraph(id=f"q{number}", html="There is not much to it, and most of it is on paper."),
                )
            ),
        ),
        changed_at=PUBLISHED,
    ),
    PlainPage(
        id="corrections",
        language="en",
        path="/corrections/",
        purpose="corrections",
        title="Corrections",
        body=(Paragraph(id="p", html="What was wrong, and since when it is right."),),
        changed_at=PUBLISHED,
    ),
]


def media(media_id: str, width: int = 1600, height: int = 1067, **more: Any) -> Media:
    """Return a picture with three formats in four widths."""
    widths = [w for w in (400, 800, 1200, 1600) if w <= width] or [width]
    suffix = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}
    renditions = tuple(
        Rendition(
            path=f"/_m/{media_id}-{w}.{suffix[form]}",
            blob=f"{media_id}{w}{form}".encode().hex().ljust(64, "0")[:64],
            format=form,
            width=w,
            height=round(height * w / width),
            size=w * 50,
        )
        for form in ("avif", "webp", "jpeg")
        for w in widths
    )
    return Media(id=media_id, width=width, height=height, renditions=renditions, **more)


def site_documents() -> list[Document]:
    """Return all but stories."""
    return [
        SITE,
        *SECTIONS,
        *TOPICS,
        *AUTHORS,
        *PAGES,
        Navigation(
            id="en",
            language="en",
            sections=("harbour", "council", "river", "culture"),
            footer=(
                LinkGroup(
                    title="The newsroom",
                    links=(
                        NavigationLink(label="Who we are", url="/about/"),
                        NavigationLink(label="Corrections", url="/corrections/"),
                    ),
                ),
            ),
        ),
        Front(id="en", language="en", path="/"),
        media(
            "crane",
            credit=Credit(photographer="Osei Lindqvist", agencies=("Tern Pictures", "Norden")),
            taken_on="2026-11-22",
            focus=(300, 400),
        ),
        media("portrait", 800, 1000, credit=Credit(photographer="Osei Lindqvist")),
    ]


def story(story_id: str = "dredger", **more: Any) -> Story:
    """Return a plain story; any field may be given."""
    fields: dict[str, Any] = {
        "id": story_id,
        "language": "en",
        "path": f"/{story_id}/",
        "headline": f"A headline for {story_id}",
        "standfirst": "The council voted at midnight. The river had been waiting since spring.",
        "section": "harbour",
        "bylines": (Byline(author="ines"),),
        "body": (Paragraph(id="p1", html="The tide turned at four."),),
        "published_at": PUBLISHED,
        "reading_minutes": 3,
    }
    return Story(**(fields | more))


def every_block() -> tuple[Any, ...]:
    """Return one of each block, two of some; the related story is `ferry`."""
    return (
        Paragraph(
            id="p1",
            html='The tide turned at <strong>four</strong>, and so did the <a href="/ferry/">argument</a>.',
        ),
        Heading(id="h1", html="What the vote changes"),
        ListBlock(id="l1", items=("Deeper by two metres", "Closed in <em>June</em>")),
        ListBlock(id="l2", ordered=True, items=("First the survey", "Then the ships")),
        Quote(id="q1", html="We asked for a year. We were given a week.", attribution="Lena Orde, pilot"),
        PullQuote(id="pq1", text="A river does not read minutes", attribution="Lena Orde"),
        ImageBlock(
            id="i1",
            picture=PictureUse(media="crane", caption="The crane at <em>noon</em>.", alt="A tall crane"),
            width="wide",
        ),
        Embed(
            id="e1",
            provider="Birdsong",
            url="https://birdsong.example/p/1",
            title="Harbour office",
            author="@harbour",
            text="No ships tonight.\nTry the ferry.",
            posted_at=PUBLISHED,
        ),
        RelatedStory(id="r1", story="ferry"),
        Divider(id="d1"),
        Heading(id="h2", level=3, html="By the numbers"),
        Table(
            id="t1",
            caption="Depth by berth",
            header_column=True,
            rows=(("Berth", "Now", "Planned"), ("North", "9.1 m", "11 m"), ("Grain", "8.4 m", "10 m")),
        ),
        KeyFacts(id="k1", items=("The vote was 14 to 9.", "Work starts in <strong>June</strong>.")),
        Paragraph(id="p2", html="Nobody left early."),
    )


def ferry(**more: Any) -> Story:
    """Return the story that others relate to."""
    fields: dict[str, Any] = {
        "headline": "The last ferry has a buyer, and a condition",
        "standfirst": "The boat may sail again in spring. The buyer wants the timetable and the cat.",
        "section": "river",
        "hero": PictureUse(media="crane", alt="A ferry at its berth"),
        "published_at": PUBLISHED - timedelta(days=2),
        "bylines": (Byline(author="marek"),),
        "topics": ("ferries",),
    }
    return story("ferry", **(fields | more))


def long_story(blocks: int = 60) -> Story:
    """Return a story of `blocks` blocks, as a long read has: mostly paragraphs, some of everything."""
    sentence = (
        "The pilots met on the quay before first light, as they have since the bridge came down, and went "
        "through the charts berth by berth, <em>pencil</em> in hand, until the coffee was gone. "
    )
    others = [block for block in every_block() if block.type != "paragraph"]
    body: list[Any] = []
    for number in range(blocks):
        if number % 5 == 4:
            body.append(others[(number // 5) % len(others)].model_copy(update={"id": f"b{number}"}))
        else:
            body.append(Paragraph(id=f"b{number}", html=sentence * 2))
    return story(
        "long",
        body=tuple(body),
        hero=PictureUse(media="crane", caption="At noon.", alt="A crane"),
        topics=("dredging", "ferries"),
        trail=("ferry",),
        bylines=(Byline(author="ines"), Byline(author="marek"), Byline(name="Osei Lindqvist", role="photo")),
    )


def item(item_id: str = "crane-down", **more: Any) -> FeedItem:
    """Return an item of the news feed."""
    fields: dict[str, Any] = {
        "id": item_id,
        "language": "en",
        "path": f"/feed/{item_id}/",
        "headline": "Crane 4 is out of service until Thursday",
        "body": ("A cable <strong>frayed</strong> overnight, the harbour office says.", "Nobody was hurt."),
        "topics": ("dredging",),
        "published_at": PUBLISHED,
    }
    return FeedItem(**(fields | more))


def strike(**more: Any) -> Story:
    """Return a story that is covered live; its posts are apart."""
    fields: dict[str, Any] = {
        "format": "live",
        "headline": "Pilots walk out: the strike hour by hour",
        "live": Coverage(
            opened_at=PUBLISHED,
            summary=("No ship has moved since <strong>six</strong>.", "Talks begin at noon."),
        ),
        "body": (Paragraph(id="p1", html="The pilots have asked for a second boat since spring."),),
        "published_at": PUBLISHED,
    }
    return story("strike", **(fields | more))


def post(number: int = 1, **more: Any) -> Post:
    """Return a post of the strike, two minutes after the one before."""
    fields: dict[str, Any] = {
        "id": f"post{number:04d}",
        "story": "strike",
        "language": "en",
        "path": f"/live/post{number:04d}/",
        "number": number,
        "headline": f"Ship {number} waits at the bar",
        "body": (Paragraph(id="b1", html="The harbour office says it has water for <em>three</em> days."),),
        "bylines": (Byline(author="ines"),),
        "published_at": PUBLISHED + timedelta(minutes=2 * number),
    }
    return Post(**(fields | more))
