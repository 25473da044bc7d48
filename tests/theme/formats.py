"""A story in each format, with pictures of every shape. All text is our own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from standfirst.editions.documents import (
    Byline,
    Document,
    Heading,
    ImageBlock,
    KeyFacts,
    Paragraph,
    PictureUse,
    Story,
)
from tests.theme.samples import PUBLISHED, media, story

SENTENCE = "The pilots met on the quay before first light and went through the charts, berth by berth. "


def paragraph(name: str) -> Paragraph:
    return Paragraph(id=name, html=SENTENCE * 3)


def heading(name: str, text: str, level: Any = 2) -> Heading:
    return Heading(id=name, level=level, html=text)


def shot(name: str, media_id: str, width: Any = "column") -> ImageBlock:
    use = PictureUse(media=media_id, caption=f"<strong>{name}.</strong> What was there.", alt=name)
    return ImageBlock(id=name, picture=use, width=width)


def pictures() -> list[Document]:
    """Return pictures that are upright, and broad, and square."""
    return [
        media("upright", 1200, 1500, focus=(500, 200)),
        media("broad", 1600, 720, focus=(800, 500)),
        media("square", 1200, 1200),
    ]


def crossing(**more: Any) -> Story:
    """Return a long read."""
    body = (
        paragraph("p1"), heading("h1", "The saloon"), paragraph("p2"), shot("Saloon", "broad", "wide"),
        paragraph("p3"), shot("Mate", "upright"), paragraph("p4"), shot("Quay", "crane"), paragraph("p5"),
    )  # fmt: skip
    fields: dict[str, Any] = {
        "format": "long_read", "body": body, "hero": PictureUse(media="broad", alt="A ferry"),
        "dateline": "On board the Vesper", "trail": ("dam", "prints", "ferry"),
    }  # fmt: skip
    return story("crossing", **(fields | more))


def dam(**more: Any) -> Story:
    """Return an explainer, whose key facts an editor put second."""
    titles = ("What did they want?", "What happened?", "Who &amp; when?", "And the eels?")
    parts = [
        block for n, title in enumerate(titles) for block in (heading(f"h{n}", title), paragraph(f"q{n}"))
    ]
    body = (paragraph("p1"), KeyFacts(id="k1", items=("It is high.", "It is old.")), *parts)
    fields: dict[str, Any] = {
        "format": "explainer",
        "body": body,
        "hero": PictureUse(media="upright", alt="A dam"),
    }
    return story("dam", **(fields | more))


def clock(**more: Any) -> Story:
    """Return an opinion of somebody who has a face here."""
    return story("clock", **({"format": "opinion", "body": (paragraph("p1"),)} | more))


def prints(**more: Any) -> Story:
    """Return a gallery: two pictures, a paragraph, one more, which is also its hero."""
    body = (
        paragraph("p1"), shot("Ice", "broad", "wide"), shot("Stairs", "square"), paragraph("p2"),
        shot("Crane", "crane"), paragraph("p3"),
    )  # fmt: skip
    fields: dict[str, Any] = {
        "format": "gallery", "body": body, "dateline": "Kestrel",
        "hero": PictureUse(media="crane", alt="A crane"),
    }  # fmt: skip
    return story("prints", **(fields | more))


def questions(**more: Any) -> Story:
    """Return an interview."""
    body = (
        paragraph("p1"), heading("h1", "Are you allowed to stop?"), paragraph("p2"),
        heading("h2", "What is hard?", 3), paragraph("p3"),
    )  # fmt: skip
    return story("questions", **({"format": "q_and_a", "body": body} | more))


def arabic() -> Story:
    """Return a story written from right to left."""
    sentence = "انتظر الربابنة على الرصيف قبل الفجر، كما يفعلون منذ سقط الجسر، وراجعوا الخرائط رصيفاً رصيفاً. "
    body = (
        Paragraph(id="p1", html=sentence * 2),
        heading("h1", "ما الذي يغيره التصويت"),
        Paragraph(id="p2", html=sentence * 2),
        shot("رافعة", "crane", "wide"),
        Paragraph(id="p3", html=sentence * 3),
    )
    return story(
        "tide", language="ar", path="/ar/tide/", headline="سفينة تعود إلى المرفأ بعد أحد عشر عاماً", body=body,
        standfirst="صوّت المجلس عند منتصف الليل. وكان النهر ينتظر منذ الربيع.", section=None,
        hero=PictureUse(media="crane", alt="رافعة", caption="الرافعة عند الظهر."),
        bylines=(Byline(name="ليلى منصور"),),
    )  # fmt: skip


def in_every_format() -> list[Story]:
    """Return a story in each format, a day apart and older than the newest ones."""
    stories = [crossing(), dam(), clock(), prints(), questions()]
    return [
        one.model_copy(update={"published_at": PUBLISHED - timedelta(days=n + 3)})
        for n, one in enumerate(stories)
    ]


def guest() -> tuple[Byline, ...]:
    return (Byline(name="Hanne Korrin"),)
