"""An archive with something of everything that the format can say."""

from __future__ import annotations

from tests.archive.small import Small, item, paragraph, picture, story


def enrich(small: Small) -> Small:
    """Put into a small archive something of everything the format can say; return it."""
    small.change(
        "archive.json",
        site={
            "name": "The Small", "tagline": "Of a harbour", "languages": ["en", "uk"], "logo": "mark",
            "time_zone": "Europe/Kyiv", "accent": "#17565c", "founded": "2014", "email": "a@example.org",
            "ai_crawlers": "refuse", "hide_expired_pictures": False,
            "head": [{"label": "Write to us", "url": "mailto:a@example.org", "language": "uk"},
                     {"label": "About", "url": "/about/"}],
            "footer": [{"title": "Us", "language": "en", "links": [{"label": "About", "url": "/about/"}]}],
        },
        fronts=[{"language": "en", "title": "Today", "lead": "lamp", "second": ["tide"],
                 "sections": ["city"]}],
    )  # fmt: skip
    small.write("media/mark.json", {
        "file": "mark.jpg", "title": "Mark", "alt": "", "photographer": "A. Nonym",
        "agencies": ["AP", "Reuters"], "credit_note": "Handed out", "licence": "CC-BY-4.0",
        "copyright_notice": "© The Harbour Board",
        "licence_ends_at": "2031-01-02T03:04:05Z", "taken_on": "2024-05", "place": "Kyiv",
        "focus": [200, 700],
    })  # fmt: skip
    (small.root / "media/mark.jpg").write_bytes(picture("#123456"))
    small.write("sections.json", {"items": [
        {"key": "world", "language": "en", "name": "World", "at_head": False},
        {"key": "uk-city", "language": "uk", "name": "Місто", "slug": "місто", "translation_of": "city"},
        {"key": "city", "language": "en", "name": "City", "description": "Streets."},
    ]})  # fmt: skip
    small.write("authors/uk-mira.json", {
        "language": "uk", "translation_of": "mira", "name": "Міра", "slug": "міра", "role": "Кореспондентка",
        "bio": "Пише про <em>порт</em>.", "links": ["https://example.org/mira", "mailto:m@example.org"],
    })  # fmt: skip
    small.write("stories/lamp.json", story(
        "The lamp & the tide", format="explainer", standfirst="A lamp.", seo_title="Lamp", social_title="Lit",
        description="Of lamps.", topics=["light"], dateline="QUAY", updated="2026-03-04T10:00:00Z",
        bylines=[{"author": "mira"}, {"name": "A guest", "role": "photo"}],
        hero={"media": "lamp", "caption": "Lit &amp; seen.", "alt": ""},
        corrections=[{"at": "2026-03-03T10:00:00Z", "text": "It was six, not <em>seven</em>."}],
        retraction="Withdrawn: no lamp.",
        body=[
            paragraph(1, 'It was lit\u00a0at <a href="/tide/">six</a>.'),
            {"type": "heading", "id": "b2", "html": "Then"},
            {"type": "heading", "id": "b3", "html": "Later", "level": 3},
            {"type": "list", "id": "b4", "items": ["One", "<strong>Two</strong>"], "ordered": True},
            {"type": "quote", "id": "b5", "html": "Light!", "attribution": "The keeper"},
            {"type": "pull_quote", "id": "b6", "text": "Light <it>", "attribution": "The keeper"},
            {"type": "image", "id": "b7", "picture": {"media": "lamp"}, "width": "wide"},
            {"type": "embed", "id": "b8", "provider": "Mastodon", "url": "https://example.org/1",
             "title": "T", "author": "A", "text": "X", "posted_at": "2026-03-01T09:00:00Z",
             "picture": {"media": "mark"}},
            {"type": "divider", "id": "b9"},
            {"type": "table", "id": "b10", "caption": "Lamps", "header_column": True, "header_row": False,
             "rows": [["a", "1"], ["b", "<em>2</em>"]]},
            {"type": "key_facts", "id": "b11", "title": "Facts", "items": ["One lamp", "Two"]},
            {"type": "related_story", "id": "b12", "story": "tide"},
        ],
    ))  # fmt: skip
    small.write("stories/uk-lamp.json", {
        **story("Лампа", slug="лампа", section="uk-city", translation_of="lamp"), "language": "uk",
    })  # fmt: skip
    small.write("stories/unfinished.json", story("Not yet", published=None))
    (small.root / "pages").mkdir()
    small.write("pages/about.json", {
        "language": "en", "purpose": "about", "title": "About", "description": "Us.",
        "body": [paragraph(1, "We are few."), {"type": "related_story", "id": "b2", "story": "lamp"}],
    })  # fmt: skip
    small.write("pages/uk-about.json", {
        "language": "uk", "translation_of": "about", "slug": "про-нас", "title": "Про нас", "draft": True,
    })  # fmt: skip
    small.feed(
        item("ferry", body=["By <em>wind</em>\u00a0of 20 m.", "It waits."], topics=["light"], story="lamp",
             source={"name": "Port", "url": "https://port.example/1", "status": "disputed"},
             published="2026-03-02T09:00:00+02:00", updated="2026-03-02T09:30:00+02:00",
             breaking_minutes=90, source_uri="urn:example:1", id="01jc8zv6q3m7t1x5k9n2p4r6w8"),
        item("uk-ferry", "Пором затримується", language="uk", published="2026-04-01T00:30:00+03:00"),
    )  # fmt: skip
    small.feed(
        item("unfinished", "Not yet", published=None, body=["Soon."]),
        item("quay", "The quay is open", source={"name": "Port"}, published="2026-03-31T23:30:00+03:00"),
        name="more",
    )
    small.write("stories/storm.json", story("The storm, live", format="live", live={
        "opened": "2026-03-02T10:00:00+02:00", "closed": "2026-03-02T18:00:00+02:00",
        "summary": ["Two boats are <strong>out</strong>."],
    }))  # fmt: skip
    small.write("stories/vote.json", story("The vote, live", format="live"))
    small.posts(
        {"key": "storm-1", "story": "storm", "number": 1, "headline": "It is here", "bylines": ["mira"],
         "key_event": True, "published": "2026-03-02T10:05:00+02:00",
         "updated": "2026-03-02T10:15:00+02:00", "became": "lamp", "body": [
             paragraph(1, "Wind\u00a0of 30\u00a0m."), {"type": "heading", "id": "b2", "html": "Boats"},
             {"type": "list", "id": "b3", "items": ["One", "Two"]},
             {"type": "quote", "id": "b4", "html": "Out!", "attribution": "The keeper"},
             {"type": "image", "id": "b5", "picture": {"media": "lamp", "caption": "Lit."}, "width": "wide"},
             {"type": "embed", "id": "b6", "provider": "Mastodon", "url": "https://example.org/1"},
             {"type": "related_story", "id": "b7", "story": "tide"}]},
        {"key": "storm-3", "story": "storm", "number": 3, "headline": "It is gone",
         "published": "2026-03-02T17:05:00+02:00", "id": "01jc8zv6q3m7t1x5k9n2p4r6w9"},
        {"key": "vote-1", "story": "vote", "body": [paragraph(1, "Polls are open.")], "published": "-2h"},
        {"key": "later", "story": "storm", "headline": "Not said yet"},
    )  # fmt: skip
    return small
