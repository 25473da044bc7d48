"""The offer to put a story that was just published into the news feed."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from standfirst.stories.offers import Offer
from standfirst.stories.pages import StoryPage
from standfirst.wire.models import Item


def offer(page: StoryPage) -> Offer | None:
    """Return the offer, or None where an item tells of the story already."""
    if Item.objects.filter(story=page).exclude(state=Item.State.KILLED).exists():
        return None
    address = f"{reverse('standfirst_feed')}?story={page.public_id}"
    return Offer(_("Put it into the news feed"), address, "wire.add_item")
