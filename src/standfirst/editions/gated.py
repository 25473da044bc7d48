"""The gated store: text that only some may read. Public renderers cannot import this module (a contract)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from pydantic import TypeAdapter

from standfirst.editions import rows
from standfirst.editions.documents.blocks import Block
from standfirst.kit.canonical import canonical_bytes

_BLOCKS: TypeAdapter[tuple[Block, ...]] = TypeAdapter(tuple[Block, ...])


class GatedPayload(models.Model):
    """The blocks of one edition that follow the public ones, for those who may read them."""

    seq = models.BigIntegerField(primary_key=True)
    record = models.TextField(db_index=True)
    blocks = models.BinaryField()
    salt = models.BinaryField()

    class Meta:
        app_label = "editions"


def to_bytes(blocks: Sequence[Block]) -> bytes:
    """Return the canonical bytes of gated blocks; none where there are none."""
    if not blocks:
        return b""
    return canonical_bytes([block.model_dump(mode="json") for block in blocks])


def blocks(record: str) -> tuple[Block, ...]:
    """Return the gated blocks of a record as it is now; none when it is withdrawn.

    The caller has made sure that the reader may have them.
    """
    row = rows.one(
        """SELECT g.blocks FROM editions_head h JOIN editions_gatedpayload g ON g.seq = h.seq
           WHERE h.record = %s AND h.state = 'live'""",
        [record],
    )
    return _BLOCKS.validate_json(bytes(row[0])) if row else ()
