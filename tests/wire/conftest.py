"""A newsroom of two languages whose feed is written in tests."""

from __future__ import annotations

from typing import Any

import pytest

from standfirst.stories import api as stories
from standfirst.stories.models import StoryPage
from standfirst.wire import api as wire

ACTOR = "editor@example.org"


@pytest.fixture
def newsroom(db: None) -> None:
    stories.save_site(name="The Harbour", languages=("en", "uk"), time_zone="Europe/Kyiv", actor=ACTOR)


def published(headline: str = "Ferry delayed", **more: object) -> wire.Item:
    """Write an item and let readers have it."""
    draft = wire.ItemDraft(**{"headline": headline, "language": "en", "body": ("By wind.",), **more})  # type: ignore[arg-type]
    return wire.publish_item(wire.save_item(draft, actor=ACTOR), actor=ACTOR).item


def covered(headline: str = "The vote", **more: Any) -> StoryPage:
    """Publish a story as live coverage."""
    draft = stories.StoryDraft(headline=headline, format="live", **more)
    return StoryPage.objects.get(pk=stories.save_story(draft, actor=ACTOR, publish=True).page)


def posted(page: StoryPage, headline: str = "Polls open", **more: Any) -> wire.Post:
    """Write a post of a coverage and let readers have it."""
    draft = wire.PostDraft(page.public_id, headline, **more)
    return wire.publish_post(wire.save_post(draft, actor=ACTOR), actor=ACTOR).item
