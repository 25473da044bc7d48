"""Writing stories to the desk without a browser: imports, archives, the demo.

The same pages and revisions as an editor makes, published by the same path.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.text import slugify

from standfirst.editions import api as editions
from standfirst.editions import documents as public
from standfirst.editions.api import Published
from standfirst.editions.documents import Byline
from standfirst.kit.html import inline
from standfirst.kit.ids import new_id
from standfirst.stories import bookkeeping, paths, receipts
from standfirst.stories.actions import named
from standfirst.stories.actions.filing import front_of
from standfirst.stories.actors import acting
from standfirst.stories.body import edit
from standfirst.stories.coverage import Coverage
from standfirst.stories.drafts import DraftByline, StoryDraft
from standfirst.stories.filing import Author, Section, Topic
from standfirst.stories.fronts import HomePage
from standfirst.stories.pages import StoryByline, StoryCorrection, StoryPage
from standfirst.stories.sitesettings import SiteSettings


@dataclass(frozen=True)
class StoryResult:
    """What became of a draft: the page's primary key, its record, and the edition, if one was made."""

    page: int
    record: str
    created: bool
    published: Published | None = None


@transaction.atomic
def save_story(draft: StoryDraft, *, actor: str, publish: bool) -> StoryResult:
    """Create or update a story on the desk, and publish it if `publish`; else it waits as a draft.

    Raises LookupError for a section, topic or author that is not there, ValidationError (Django's) for
    values the desk refuses, CannotPublish when it cannot go out as it is. Then nothing is saved.
    """
    site = SiteSettings.load()
    language = draft.language or site.language_tags[0]
    page = _find(draft, language)
    created = page is None
    if page is None:
        page = StoryPage(public_id=draft.id or new_id(), source_uri=draft.source_uri)
    elif page.has_unpublished_changes:
        page = page.get_latest_revision_as_object()
    home = _home(language, site)
    _fill(page, draft, language)
    if created or draft.slug:
        wanted = draft.slug or slugify(draft.headline, allow_unicode=True)
        page.slug = _free_slug(wanted, home, page)
    if draft.published_at and (created or page.first_published_at is None):
        page.first_published_at = draft.published_at
    user = get_user_model().objects.filter(email__iexact=actor, kind="staff").first()
    with acting(actor), receipts.collecting() as made, bookkeeping.once():
        if created:
            page.owner = user  # who may only add pages edits their own
            home.add_child(instance=page)
        elif draft.published_at and not page.live:
            StoryPage.objects.filter(pk=page.pk).update(first_published_at=page.first_published_at)
        if draft.live:
            _cover(page, draft.live)
        revision = page.save_revision(user=user, log_action=not created, clean=False)  # publishing cleans
        if publish:
            revision.publish(user=user, skip_permission_checks=True)
    bookkeeping.catch_up(StoryPage.objects.get(pk=page.pk))
    own = [edition for edition in made if edition.record == page.record]
    return StoryResult(page.pk, page.record, created, own[-1] if own else None)


def _cover(page: StoryPage, live: public.Coverage) -> None:
    """Keep what a draft says of its live coverage."""
    values = {**live.model_dump(exclude={"summary"}), "summary": "\n".join(map(inline, live.summary))}
    Coverage.objects.update_or_create(story=page, defaults=values)


def _find(draft: StoryDraft, language: str) -> StoryPage | None:
    stories = StoryPage.objects.all()
    if draft.id:
        return stories.filter(public_id=draft.id).first()
    if draft.source_uri:
        return stories.filter(source_uri=draft.source_uri).first()
    if draft.slug:
        return stories.filter(language=language, slug=draft.slug, source_uri="").first()
    return None


def _home(language: str, site: SiteSettings) -> HomePage:
    """Return the front under which a story of this language lies; the main one for a foreign language."""
    known = language if language in site.language_tags else site.language_tags[0]
    return front_of(known, site)


def _free_slug(wanted: str, home: HomePage, page: StoryPage) -> str:
    """Return `wanted`, or it with a number when another story has it, or had it: addresses are kept."""
    base = paths.shorten(wanted) or page.public_id
    languages = SiteSettings.load().language_tags
    if paths.reserved(base, languages):
        base = f"{base.lstrip('_')}-1"

    def is_free(slug: str) -> bool:
        path = paths.story(slug, page.language, languages)
        own = page if page.pk else None
        return StoryPage._slug_is_available(slug, home, own) and editions.free(path, page.record)

    slug, number = base, 1
    while not is_free(slug):
        number += 1
        slug = f"{paths.shorten(base[:170])}-{number}"
    return slug


def _fill(page: StoryPage, draft: StoryDraft, language: str) -> None:
    page.title = draft.headline
    page.draft_title = draft.headline
    page.language = language
    page.format = draft.format
    page.standfirst = draft.standfirst
    page.seo_title = draft.seo_title
    page.social_title = draft.social_title
    page.search_description = draft.description
    page.dateline = draft.dateline
    page.retraction = draft.retraction
    page.minor_change = draft.minor_change
    page.source_updated_at = draft.updated_at
    page.translation_of = named.original(StoryPage, draft.translation_of)
    page.section = _filed(Section, draft.section, language) if draft.section else None
    page.topics = [_filed(Topic, name, language) for name in draft.topics]
    page.bylines = [  # type: ignore[misc]  # modelcluster's related managers take lists
        _byline(line, number) for number, line in enumerate(draft.bylines)
    ]
    page.corrections = [  # type: ignore[misc]
        StoryCorrection(at=correction.at, text=correction.text, sort_order=number)
        for number, correction in enumerate(draft.corrections)
    ]
    pictures = named.pictures(draft.body, draft.hero)
    _fill_hero(page, draft, pictures)
    page.body = edit.stream(draft.body, pictures, named.stories(draft.body))


def _fill_hero(page: StoryPage, draft: StoryDraft, pictures: dict[str, int]) -> None:
    known = draft.hero is not None and draft.hero.media in pictures
    hero = edit.use(draft.hero, pictures) if draft.hero and known else {}
    page.hero_picture_id = hero.get("picture")
    page.hero_alt = hero.get("alt", "")
    page.hero_decorative = hero.get("decorative", False)
    page.hero_caption = hero.get("caption", "")


def _filed(model: type[Section] | type[Topic], name: str, language: str) -> Section | Topic:
    """Return the section or topic called `name`, a record id or a slug. Raises LookupError."""
    found = model.objects.filter(public_id=name).first()
    found = found or model.objects.filter(slug=name, language=language).first()
    found = found or model.objects.filter(slug=name).first()
    if found is None:
        raise LookupError(f"there is no {model._meta.verbose_name} {name!r}")
    return found


def _byline(line: DraftByline | Byline, number: int) -> StoryByline:
    author = None
    if line.author:
        by_id = Author.objects.filter(public_id=line.author).first()
        author = by_id or Author.objects.filter(slug=line.author).first()
        if author is None:
            raise LookupError(f"there is no author {line.author!r}")
    return StoryByline(author=author, name="" if author else line.name, role=line.role, sort_order=number)
