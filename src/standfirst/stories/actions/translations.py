"""Beginning a translation: a draft in another language, with what there is to translate."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from standfirst.stories import translating
from standfirst.stories.actions.filing import front_of
from standfirst.stories.pages import StoryByline, StoryPage
from standfirst.stories.sitesettings import SiteSettings

_TAKEN_OVER = (
    "title", "format", "standfirst", "dateline", "hero_picture", "hero_caption", "hero_alt",
    "hero_decorative", "body",
)  # fmt: skip


@transaction.atomic
def start_translation(page: StoryPage, language: str, *, user: Any) -> StoryPage:
    """Return the story in `language`: the one that is there, or a draft of what was last saved of `page`.

    The draft is linked to the story. It is filed where the section, topics and authors have translations of
    their own; its address is made of its headline, and follows it until it is published.
    """
    found = translating.counterpart(page, language)
    if found is not None:
        return found
    source = page.get_latest_revision_as_object()
    draft = StoryPage(language=language, owner=user, translation_of=page.translation_of or page)
    for name in _TAKEN_OVER:
        setattr(draft, name, getattr(source, name))
    draft.draft_title = draft.title
    if source.section:
        draft.section = translating.counterpart(source.section, language)
    topics = (translating.counterpart(topic, language) for topic in source.topics.all())
    draft.topics = [topic for topic in topics if topic]
    draft.bylines = [  # type: ignore[misc]  # modelcluster's related managers take lists
        _byline(line, language, number) for number, line in enumerate(source.bylines.all())
    ]
    front_of(language, SiteSettings.load()).add_child(instance=draft)
    draft.save_revision(user=user, clean=False)
    return draft


def _byline(line: StoryByline, language: str, number: int) -> StoryByline:
    author = line.author and (translating.counterpart(line.author, language) or line.author)
    return StoryByline(author=author, name=line.name, role=line.role, sort_order=number)
