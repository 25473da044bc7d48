"""From what the desk holds to what readers may read: page to story document, author to author record.

Nothing is written here. What an editor has to mend first is raised as CannotPublish.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from standfirst.editions import documents as public
from standfirst.kit.html import inline, link, text
from standfirst.stories import attribution, paths, translating
from standfirst.stories.body import links
from standfirst.stories.body import publish as body
from standfirst.stories.body.reading import minutes
from standfirst.stories.coverage import Coverage
from standfirst.stories.errors import CannotPublish
from standfirst.stories.filing import Author, Section, Topic
from standfirst.stories.fronts import HomePage
from standfirst.stories.pages import StoryPage
from standfirst.stories.pictures.models import Picture
from standfirst.stories.plainpages import PlainPage
from standfirst.stories.sitesettings import SiteSettings


@dataclass(frozen=True)
class Moment:
    """What a projection takes from outside the page: when, under which settings, and what readers have."""

    at: datetime
    site: SiteSettings
    current: public.Story | None = None  # the edition readers have, if any
    trail: tuple[str, ...] = ()  # for a first publication


def story(page: StoryPage, moment: Moment) -> public.Story:
    """Return the public document of a story page. Raises CannotPublish, with what to mend."""
    if not page.title.strip():
        raise CannotPublish(_("The story has no headline."), "title")
    for field in ("seo_title", "social_title"):
        if attribution.dropped(page.title, getattr(page, field)):
            message = _("The headline says whose claim this is; say it here too, or leave this empty.")
            raise CannotPublish(message, field)
    stream = page.body.get_prep_value()
    captions = (page.hero_caption, page.retraction, *(c.text for c in page.corrections.all()))
    known = look_up(stream, captions, page.hero_picture_id)
    current = moment.current
    document = public.Story(
        id=page.public_id,
        language=page.language,
        path=paths.story(page.slug, page.language, moment.site.language_tags),
        format=page.format,
        headline=page.title.strip(),
        standfirst=page.standfirst.strip(),
        seo_title=page.seo_title.strip(),
        social_title=page.social_title.strip(),
        description=page.search_description.strip(),
        section=page.section.public_id if page.section else None,
        topics=tuple(topic.public_id for topic in page.topics.all()),
        bylines=tuple(_byline(line) for line in page.bylines.all()),
        dateline=page.dateline.strip(),
        hero=_hero(page, known),
        body=_without_itself(body.blocks(stream, known), page.public_id),
        published_at=page.first_published_at or (current.published_at if current else moment.at),
        corrections=_corrections(page, known, moment),
        retraction=known.html(page.retraction),
        trail=current.trail if current else moment.trail,
        source_uri=page.source_uri,
        translation_of=translating.record_of(page),
        live=_coverage(page, moment) if page.format == StoryPage.Format.LIVE else None,
    )
    return document.model_copy(
        update={
            "reading_minutes": minutes(document.body, document.language),
            "updated_at": _updated_at(document, page, moment),
        }
    )


def look_up(stream: list[body.Raw], sources: tuple[str, ...] = (), *pictures: int | None) -> body.Known:
    """Look up, in two queries at most, what a body and these rich texts refer to."""
    picture_ids, page_ids = body.references(stream)
    picture_ids |= {pk for pk in pictures if pk}
    page_ids |= links.linked_pages(sources)
    rows = Picture.objects.filter(pk__in=picture_ids).values_list("pk", "public_id", "alt")
    pages = list(StoryPage.objects.filter(pk__in=page_ids)) if page_ids else []
    plain = list(PlainPage.objects.filter(pk__in=page_ids - {page.pk for page in pages})) if page_ids else []
    return body.Known(
        pictures={pk: (media, alt) for pk, media, alt in rows} if picture_ids else {},
        stories={page.pk: page.public_id for page in pages},
        addresses={page.pk: page.public_path for page in (*pages, *plain) if page.live},
    )


def pictures_of(document: public.Document) -> tuple[str, ...]:
    """Return the ids of the media records a document refers to, each once, in order of appearance."""
    found: dict[str, None] = {}

    def walk(value: Any) -> None:
        if isinstance(value, public.PictureUse):
            found[value.media] = None
        elif isinstance(value, tuple):
            for item in value:
                walk(item)
        elif isinstance(value, public.Document | public.Embed | public.ImageBlock):
            for name in type(value).model_fields:
                walk(getattr(value, name))

    walk(document)
    return tuple(found)


def section(row: Section, site: SiteSettings) -> public.Section:
    path = paths.section(row.slug, row.language, site.language_tags)
    return public.Section(
        id=row.public_id, language=row.language, path=path, name=row.name, description=row.description,
        translation_of=translating.record_of(row),
    )  # fmt: skip


def topic(row: Topic, site: SiteSettings) -> public.Topic:
    path = paths.topic(row.slug, row.language, site.language_tags)
    return public.Topic(
        id=row.public_id, language=row.language, path=path, name=row.name, description=row.description,
        translation_of=translating.record_of(row),
    )  # fmt: skip


def author(row: Author, site: SiteSettings) -> public.Author:
    addresses = (link(line) for line in row.links.split())
    return public.Author(
        id=row.public_id,
        language=row.language,
        path=paths.author(row.slug, row.language, site.language_tags),
        translation_of=translating.record_of(row),
        name=row.name,
        role=row.role,
        bio=inline(row.bio),
        portrait=_portrait(row.portrait, row.name),
        links=tuple(address for address in addresses if address),
    )


def site(row: SiteSettings) -> public.Site:
    return public.Site(
        name=row.name,
        tagline=row.tagline,
        names=tuple(_names(row)),
        base_url=settings.STANDFIRST.base_url.rstrip("/"),
        languages=row.language_tags,
        time_zone=row.time_zone,
        accent=row.accent,
        accent_dark=row.accent_dark,
        logo=_portrait(row.logo, row.name),
        founded=row.founded,
        email=row.email,
        hide_expired_pictures=row.hide_expired_pictures,
        ai_crawlers=row.ai_crawlers,
    )


def navigation(row: SiteSettings, language: str) -> public.Navigation:
    """Return head and foot of the pages in `language`: its sections in order, links after them and below."""
    sections = Section.objects.filter(language=language, at_head=True).values_list("public_id", flat=True)
    return public.Navigation(
        id=language,
        language=language,
        sections=tuple(sections),
        links=_links(item["value"] for item in row.head.get_prep_value() if _is_in(item, language)),
        footer=tuple(_footer(row, language)),
    )


def plain_page(page: PlainPage, moment: Moment) -> public.PlainPage:
    """Return the public document of a page of the site. Raises CannotPublish, with what to mend."""
    if not page.title.strip():
        raise CannotPublish(_("The page has no title."), "title")
    stream = page.body.get_prep_value()
    return public.PlainPage(
        id=page.public_id,
        language=page.language,
        path=paths.story(page.slug, page.language, moment.site.language_tags),
        purpose=page.purpose,
        title=page.title.strip(),
        description=page.search_description.strip(),
        body=body.blocks(stream, look_up(stream)),
        changed_at=moment.at,
        translation_of=translating.record_of(page),
    )


def front(page: HomePage, moment: Moment) -> public.Front:
    return public.Front(
        id=page.language,
        language=page.language,
        path=paths.prefix(page.language, moment.site.language_tags),
        title=page.title,
        lead=page.lead.public_id if page.lead else None,
        second=tuple(slot.story.public_id for slot in page.second_row.all()),
        sections=tuple(slot.section.public_id for slot in page.sections.all()),
    )


def _names(row: SiteSettings) -> Iterator[public.SiteName]:
    for item in row.names.get_prep_value():
        value = {key: (text or "").strip() for key, text in item["value"].items()}
        yield public.SiteName(**value)


def _footer(row: SiteSettings, language: str) -> Iterator[public.LinkGroup]:
    for item in row.footer.get_prep_value():
        if _is_in(item, language):
            links = _links(one["value"] for one in item["value"].get("links") or ())
            yield public.LinkGroup(title=item["value"].get("title") or "", links=links)


def _is_in(item: Mapping[str, Any], language: str) -> bool:
    return item["value"].get("language") in (None, "", language)


def _links(values: Iterable[Mapping[str, Any]]) -> tuple[public.NavigationLink, ...]:
    """Return the links whose addresses we let through, in order."""
    found = [(value["label"], link(value["url"])) for value in values]
    return tuple(public.NavigationLink(label=label, url=url) for label, url in found if url)


def _byline(line: Any) -> public.Byline:
    if line.author_id:
        return public.Byline(author=line.author.public_id, role=line.role)
    return public.Byline(name=line.name.strip(), role=line.role)


def _hero(page: StoryPage, known: body.Known) -> public.PictureUse | None:
    try:
        return body.picture_use(
            {
                "picture": page.hero_picture_id,
                "alt": page.hero_alt,
                "decorative": page.hero_decorative,
                "caption": page.hero_caption,
            },
            known,
        )
    except CannotPublish as refusal:
        raise CannotPublish(refusal.message, "hero_alt") from refusal


def _portrait(picture: Picture | None, name: str) -> public.PictureUse | None:
    return public.PictureUse(media=picture.public_id, alt=picture.alt or name) if picture else None


def _coverage(page: StoryPage, moment: Moment) -> public.Coverage:
    """Return the coverage of a live story, which opens when the story is first published as one."""
    kept = Coverage.objects.filter(story=page.pk).first() if page.pk else None
    return kept.document() if kept else public.Coverage(opened_at=moment.at)


def _without_itself(blocks: tuple[public.Block, ...], story_id: str) -> tuple[public.Block, ...]:
    return tuple(b for b in blocks if not (isinstance(b, public.RelatedStory) and b.story == story_id))


def _corrections(page: StoryPage, known: body.Known, moment: Moment) -> tuple[public.Correction, ...]:
    """Return the corrections, oldest first. Published ones are kept for ever: fewer is refused."""
    since = {c.text: c.at for c in moment.current.corrections} if moment.current else {}
    made = [
        public.Correction(at=row.at or since.get(html, moment.at), text=html)
        for row in page.corrections.all()
        if (html := known.html(row.text))
    ]
    if moment.current and len(made) < len(moment.current.corrections):
        lost = text(moment.current.corrections[-1].text)
        message = _("Published corrections stay. Put it back: “%(text)s”") % {"text": lost}
        raise CannotPublish(message, "corrections")
    return tuple(sorted(made, key=lambda correction: correction.at))


def _updated_at(document: public.Story, page: StoryPage, moment: Moment) -> datetime | None:
    """Return when readers were last told of a change: now, for a real one that is not marked as minor.

    An imported story brings its own instant.
    """
    current, elsewhere = moment.current, page.source_updated_at
    if elsewhere and elsewhere > ((current and current.updated_at) or document.published_at):
        return elsewhere
    if current is None:
        return None
    corrected = len(document.corrections) > len(current.corrections)
    if corrected or (not page.minor_change and _words(document) != _words(current)):
        return moment.at
    return current.updated_at


def _words(document: public.Story) -> tuple[object, ...]:
    """Return what a reader reads of a story: a change in it is news, a change of filing is not."""
    body = tuple(block.model_dump_json(exclude={"id"}) for block in document.body)
    return document.headline, document.standfirst, document.retraction, body
