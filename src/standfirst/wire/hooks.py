"""What this room hands down: how an item is erased, that a story offers one, where changes go out to."""

from __future__ import annotations

from standfirst.bake.registry import assets, inputs
from standfirst.editions.api import erasers, tables_of_words
from standfirst.kit.chores import Chore, chores
from standfirst.stories.followups import followups
from standfirst.stories.offers import offers
from standfirst.wire import erasing, offering
from standfirst.wire.actions import developing, posts
from standfirst.wire.api_v1 import once
from standfirst.wire.channels import bluesky, browsers, rows, subscribing, telegram, webhook, webpush
from standfirst.wire.channels.key import Alerts
from standfirst.wire.channels.sending import kinds
from standfirst.wire.channels.worker import Outgoing
from standfirst.wire.followups import followups as changes

TIDY_EVERY, FORGET_EVERY = 86400.0, 600.0  # seconds


def register() -> None:
    """Register everything; a second call is an error, as for every registry."""
    erasers.add("wire", erasing.erase_from_desk)
    tables_of_words.add("wire", erasing.tables_of_words())
    offers.add("feed", offering.offer)
    followups.add("wire", posts.follow_story)
    followups.add("items of the feed", developing.follow_story)
    for make, name in ((webhook.make, "webhook"), (telegram.make, "telegram"), (bluesky.make, "bluesky"),
                       (webpush.make, "webpush")):  # fmt: skip
        kinds.add(name, make)
    changes.add("channels", rows.follow)
    erasers.add("channels", rows.erase_from_channels)
    chores.add("channels", Chore(0.0, Outgoing()))
    chores.add("old alerts", Chore(TIDY_EVERY, lambda _site: browsers.tidy()))
    chores.add("askings", Chore(FORGET_EVERY, lambda _site: subscribing.forget()))
    alerts = Alerts()
    inputs.add("alerts", alerts)
    assets.add("alerts", alerts.shelf)
    chores.add("idempotency keys", Chore(once.SWEEP_EVERY, once.sweep))
