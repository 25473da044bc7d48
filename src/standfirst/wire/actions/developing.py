"""An item that becomes a story, and a story that offers its item."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from standfirst.editions import api as editions
from standfirst.editions.documents import Paragraph
from standfirst.kit import html
from standfirst.kit.ids import new_id
from standfirst.stories import api as stories
from standfirst.stories.pages import StoryPage
from standfirst.wire.actions import changes
from standfirst.wire.actions.items import ITEMS
from standfirst.wire.drafts import ItemDraft
from standfirst.wire.errors import ItemRefused
from standfirst.wire.models import Item


@transaction.atomic
def develop(item: Item, *, actor: str) -> int:
    """Begin a draft of a story with an item's words, and tie the two; return the page's primary key.

    Readers see nothing of it before the story is published; then the item leads on to it. Raises ItemRefused
    when there is a story already.
    """
    kept = Item.objects.get(pk=item.pk)
    _not_developed(kept)
    draft = stories.StoryDraft(
        headline=kept.headline,
        language=kept.language,
        body=tuple(Paragraph(id=new_id()[-8:], html=paragraph) for paragraph in kept.paragraphs),
        topics=tuple(topic.public_id for topic in kept.topics.order_by("pk")),
    )
    made = stories.save_story(draft, actor=actor, publish=False)  # locks the front; rows come after it
    kept = Item.objects.select_for_update().get(pk=item.pk)
    _not_developed(kept)
    kept.story_id = made.page
    kept.save(update_fields=["story"])
    return made.page


def _not_developed(kept: Item) -> None:
    if kept.story is not None:
        raise ItemRefused(_("“%(title)s” tells it already.") % {"title": kept.story.title})


def follow_story(page: StoryPage, what: str, actor: str) -> None:
    """Let live items lead on to a story when readers first have it; for the desk's registry of follow-ups."""
    head = editions.head(page.record)
    if what != "published" or head is None or head.number != 1:
        return
    for item in Item.objects.filter(story=page, state=Item.State.LIVE):
        changes.publish_only(ITEMS, item, actor=actor, story=page.public_id)


def draft_of_story(public_id: str) -> ItemDraft | None:
    """Return what a story would say in the feed; None for one that nobody knows."""
    page = stories.find_story(public_id)
    if page is None:
        return None
    standfirst = html.escaped(page.standfirst)
    topics = tuple(page.topics.order_by("pk").values_list("public_id", flat=True)[:2])
    return ItemDraft(
        headline=page.title,
        language=page.language,
        body=(standfirst,) if standfirst else (),
        topics=topics,
        story=page.public_id,
    )
