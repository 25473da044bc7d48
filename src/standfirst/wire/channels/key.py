"""The public half of the key for alerts, in a file that pages of the feed fetch: empty while they are off."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.conf import settings
from django.db import DatabaseError

from standfirst.bake.registry import Asset
from standfirst.kit import p256
from standfirst.kit.sitefolder import SiteFolder
from standfirst.wire.channels.models import Channel

PATH = "/_f/push/"


class Alerts:
    """Whether browsers may ask for alerts, which bakers look at: a `bake.registry.Input`."""

    def __init__(self) -> None:
        self._on = False

    def take(self, site: SiteFolder) -> bool:
        """Look whether the channel is there and active; return whether that is different now."""
        before = self._on
        try:
            self._on = Channel.objects.filter(kind=Channel.Kind.WEBPUSH, active=True).exists()
        except DatabaseError:
            return False  # not migrated yet, or away: as it was
        return self._on != before

    def follow(self, site: SiteFolder) -> None:
        """Nothing: the desk shows no alerts."""

    def problems(self, site: SiteFolder) -> tuple[str, ...]:
        return ()

    def shelf(self) -> Iterable[Asset]:
        """Return the file."""
        key = settings.STANDFIRST_VAPID_KEY
        said = {"key": p256.public_text(key) if key and self._on else ""}
        return [Asset(PATH, json.dumps(said).encode(), "application/json", cache="page")]
