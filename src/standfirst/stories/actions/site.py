"""Setting up the site, and upserts of what stories are filed under; for `init`, imports and archives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.utils.text import slugify

from standfirst.kit.ids import new_id
from standfirst.stories import paths
from standfirst.stories.actions import named
from standfirst.stories.actions.filing import front_of
from standfirst.stories.actors import acting
from standfirst.stories.drafts import AuthorDraft, SectionDraft
from standfirst.stories.filing import Author, Section, Topic
from standfirst.stories.fronts import FrontSection, FrontStory, HomePage
from standfirst.stories.pages import StoryPage
from standfirst.stories.pictures.models import Picture
from standfirst.stories.sitesettings import SiteSettings

S = TypeVar("S", Section, Topic)


@transaction.atomic
def save_site(*, actor: str, **values: Any) -> SiteSettings:
    """Change the given settings of the site and publish them; the first call makes the site.

    Values by field name of SiteSettings: name, tagline, languages (a sequence or text), time_zone, accent,
    accent_dark, email, founded, hide_expired_pictures, logo (a picture's record id), names (as `{"language",
    "name", "tagline"}`), head (as `{"label", "url", "language"}`), footer (groups as `{"title", "language",
    "links": [{"label", "url"}]}`). Raises ValidationError (Django's).
    """
    row = SiteSettings.load()
    for name, value in values.items():
        if name == "languages" and not isinstance(value, str):
            value = ", ".join(value)
        elif name == "logo":
            value = Picture.objects.get(public_id=value) if value else None
        elif name == "footer":
            value = [_group(group) for group in value]
        elif name == "head":
            value = [{"type": "link", "id": new_id(), "value": dict(one)} for one in value]
        elif name == "names":
            value = [{"type": "name", "id": new_id(), "value": dict(one)} for one in value]
        setattr(row, name, value)
    row.full_clean()
    with acting(actor):
        row.save()
    return row


@transaction.atomic
def save_front(
    *, language: str, actor: str, title: str = "", lead: str = "",
    second: Sequence[str] = (), sections: Sequence[str] = (),
) -> HomePage:  # fmt: skip
    """Set what stands on a front, by record ids, and publish it; what is not there is left out."""
    front = front_of(language, SiteSettings.load())
    front.title = title or front.title
    front.draft_title = front.title
    front.lead = StoryPage.objects.filter(public_id=lead).first() if lead else None
    by_id = {page.public_id: page for page in StoryPage.objects.filter(public_id__in=second)}
    front.second_row = [  # type: ignore[misc]  # modelcluster's related managers take lists
        FrontStory(story=by_id[one], sort_order=number) for number, one in enumerate(second) if one in by_id
    ]
    shelf = {row.public_id: row for row in Section.objects.filter(public_id__in=sections)}
    front.sections = [  # type: ignore[misc]
        FrontSection(section=shelf[one], sort_order=number)
        for number, one in enumerate(sections)
        if one in shelf
    ]
    with acting(actor):
        front.save_revision().publish(skip_permission_checks=True)
    return front


def save_section(draft: SectionDraft, *, actor: str) -> Section:
    """Create or update a section and publish it. Without `order` a new one goes last."""
    row = _shelf(Section, draft)
    if draft.order is not None:
        row.sort_order = draft.order
    elif row.pk is None:
        row.sort_order = Section.objects.count()
    row.at_head = draft.at_head
    return _save(row, actor)


def save_topic(draft: SectionDraft, *, actor: str) -> Topic:
    """Create or update a topic and publish it."""
    return _save(_shelf(Topic, draft), actor)


def save_author(draft: AuthorDraft, *, actor: str) -> Author:
    """Create or update an author and publish the author's record."""
    slug = draft.slug or paths.shorten(slugify(draft.name, allow_unicode=True))
    language = draft.language or SiteSettings.load().language_tags[0]
    same = {"public_id": draft.id} if draft.id else {"slug": slug, "language": language}
    row = Author.objects.filter(**same).first() or Author(public_id=draft.id or new_id())
    row.language, row.translation_of = language, named.original(Author, draft.translation_of)
    row.name, row.slug, row.role, row.bio = draft.name, slug, draft.role, draft.bio
    row.links = "\n".join(draft.links)
    row.portrait = Picture.objects.filter(public_id=draft.portrait).first() if draft.portrait else None
    return _save(row, actor)


def _shelf(model: type[S], draft: SectionDraft) -> S:
    language = draft.language or SiteSettings.load().language_tags[0]
    slug = draft.slug or paths.shorten(slugify(draft.name, allow_unicode=True))
    same = {"public_id": draft.id} if draft.id else {"slug": slug, "language": language}
    row = model.objects.filter(**same).first() or model(public_id=draft.id or new_id())
    row.name, row.slug, row.language, row.description = draft.name, slug, language, draft.description
    row.translation_of = named.original(model, draft.translation_of)
    return row


def _save(row: Any, actor: str) -> Any:
    with transaction.atomic(), acting(actor):
        row.full_clean()
        row.save()
    return row


def _group(group: Mapping[str, Any]) -> dict[str, Any]:
    links = [
        {"type": "item", "id": new_id(), "value": {"label": link["label"], "url": link["url"]}}
        for link in group.get("links", ())
    ]
    value = {"title": group.get("title", ""), "language": group.get("language", ""), "links": links}
    return {"type": "group", "id": new_id(), "value": value}
