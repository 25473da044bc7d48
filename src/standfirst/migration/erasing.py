"""What imports keep of a story or item, erased with it."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.db import transaction

from standfirst.editions.api import Erasure
from standfirst.migration import ledger


def erase_from_ledgers(erasure: Erasure) -> list[str]:
    """Take its words out of the ledgers of imports. Called in the transaction that erases it."""
    kind, _colon, record_id = erasure.record.partition(":")
    if kind in ("story", "item"):
        transaction.on_commit(partial(ledger.forget, settings.STANDFIRST_SITE.log, record_id))
    return []
