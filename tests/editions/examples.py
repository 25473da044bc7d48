"""One full document of every kind, with every block: what the golden files hold."""

from __future__ import annotations

from datetime import UTC, datetime

from standfirst.editions import documents as public
from standfirst.editions.documents import Document

_AT = datetime(2026, 11, 5, 12, 30, tzinfo=UTC)
_PICTURE = public.PictureUse(media="01k9aaaaaaaaaaaaaaaaaaaam1", caption="The <em>harbour</em>.", alt="Boats")

BODY = (
    public.Paragraph(id="b1", html="Rain fell on the harbour for a third day."),
    public.Heading(id="b2", level=3, html="What the harbour master says"),
    public.ListBlock(id="b3", ordered=True, items=("Two ferries <strong>wait</strong>.", "One is late.")),
    public.Quote(id="b4", html="We wait.", attribution="Harbour master"),
    public.PullQuote(id="b5", text="We wait.", attribution="Harbour master"),
    public.ImageBlock(id="b6", picture=_PICTURE, width="wide"),
    public.Embed(
        id="b7",
        provider="Example",
        url="https://example.org/p/1",
        title="A post",
        author="A. Sailor",
        text="Still raining.",
        posted_at=_AT,
        picture=_PICTURE,
    ),
    public.RelatedStory(id="b8", story="01k9aaaaaaaaaaaaaaaaaaaas2"),
    public.Divider(id="b9"),
    public.Table(
        id="b10", caption="Ferries", header_column=True, rows=(("Ferry", "Due"), ("Anna", "<em>12:30</em>"))
    ),
    public.KeyFacts(id="b11", title="In short", items=("It rains.",)),
)

EXAMPLES: dict[str, Document] = {
    "story": public.Story(
        id="01k9aaaaaaaaaaaaaaaaaaaas1",
        language="en",
        path="/harbour/",
        format="long_read",
        headline="Rain",
        standfirst="A third day.",
        seo_title="Rain at the harbour",
        social_title="It rains",
        description="Rain.",
        section="01k9aaaaaaaaaaaaaaaaaaaac1",
        topics=("01k9aaaaaaaaaaaaaaaaaaaat1",),
        bylines=(
            public.Byline(author="01k9aaaaaaaaaaaaaaaaaaaaa1"),
            public.Byline(name="Guest", role="photo"),
        ),
        dateline="HARBOUR",
        hero=_PICTURE,
        body=BODY,
        published_at=_AT,
        updated_at=_AT,
        reading_minutes=2,
        access="members",
        gated_blocks=3,
        claims=(public.Claim(id="c1", text="Two ferries wait", status="unverified", source="A sailor"),),
        corrections=(public.Correction(at=_AT, text="It was the <em>third</em> day."),),
        retraction="Wrong port.",
        trail=("01k9aaaaaaaaaaaaaaaaaaaas2",),
        source_uri="urn:example:1",
        translation_of="01k9aaaaaaaaaaaaaaaaaaaas3",
    ),
    "author": public.Author(
        id="01k9aaaaaaaaaaaaaaaaaaaaa1",
        language="uk",
        translation_of="01k9aaaaaaaaaaaaaaaaaaaaa3",
        path="/uk/author/ada/",
        name="Ada Quay",
        role="Correspondent",
        bio="Writes from <em>ports</em>.",
        portrait=_PICTURE,
        links=("https://example.org/ada",),
    ),
    "section": public.Section(
        id="01k9aaaaaaaaaaaaaaaaaaaac1",
        language="en",
        path="/section/world/",
        name="World",
        description="All of it.",
        translation_of="01k9aaaaaaaaaaaaaaaaaaaac3",
    ),
    "topic": public.Topic(
        id="01k9aaaaaaaaaaaaaaaaaaaat1",
        language="en",
        path="/topic/ports/",
        name="Ports",
        description="Ships.",
        translation_of="01k9aaaaaaaaaaaaaaaaaaaat3",
    ),
    "media": public.Media(
        id="01k9aaaaaaaaaaaaaaaaaaaam1",
        width=1600,
        height=900,
        renditions=(
            public.Rendition(
                path="/_m/" + "a" * 32 + ".avif",
                blob="a" * 64,
                format="avif",
                width=1600,
                height=900,
                size=120_000,
            ),
        ),
        credit=public.Credit(photographer="P. Hoto", agencies=("Agency", "Wire"), note="Handout"),
        licence="CC-BY-4.0",
        licence_ends_at=_AT,
        taken_on="2026-11",
        place="Harbour",
        colour="#336699",
        focus=(250, 700),
    ),
    "front": public.Front(
        id="en",
        language="en",
        path="/",
        title="The Paper",
        lead="01k9aaaaaaaaaaaaaaaaaaaas1",
        second=("01k9aaaaaaaaaaaaaaaaaaaas2",),
        sections=("01k9aaaaaaaaaaaaaaaaaaaac1",),
    ),
    "navigation": public.Navigation(
        id="en",
        language="en",
        sections=("01k9aaaaaaaaaaaaaaaaaaaac1",),
        links=(public.NavigationLink(label="About", url="/about/"),),
        footer=(public.LinkGroup(title="About", links=(public.NavigationLink(label="Us", url="/about/"),)),),
    ),
    "site": public.Site(
        name="The Paper",
        tagline="Of record",
        names=(public.SiteName(language="uk", name="Газета", tagline="Про головне"),),
        base_url="https://example.org",
        languages=("en", "uk"),
        time_zone="Europe/Kyiv",
        logo=_PICTURE,
        founded="1999",
        email="desk@example.org",
        hide_expired_pictures=False,
        ai_crawlers="refuse",
    ),
    "page": public.PlainPage(
        id="01k9aaaaaaaaaaaaaaaaaaaap1",
        language="en",
        path="/how-we-work/",
        purpose="ethics",
        title="How we work",
        description="What we hold ourselves to.",
        body=BODY,
        changed_at=_AT,
        translation_of="01k9aaaaaaaaaaaaaaaaaaaap3",
    ),
}
