"""A newsroom of two languages whose feed is written in tests."""

from __future__ import annotations

import pytest

from standfirst.stories import api as stories
from standfirst.wire import api as wire

ACTOR = "editor@example.org"


@pytest.fixture
def newsroom(db: None) -> None:
    stories.save_site(name="The Harbour", languages=("en", "uk"), time_zone="Europe/Kyiv", actor=ACTOR)


def published(headline: str = "Ferry delayed", **more: object) -> wire.Item:
    """Write an item and let readers have it."""
    draft = wire.ItemDraft(**{"headline": headline, "language": "en", "body": ("By wind.",), **more})  # type: ignore[arg-type]
    return wire.publish_item(wire.save_item(draft, actor=ACTOR), actor=ACTOR).item
