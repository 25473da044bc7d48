"""The public record and what follows from it. Publishing uses SQL of its own; these classes make the tables.

`Edition` and `Payload` are the truth: rows are added, never changed (see `triggers`). `Head`, `ListEntry`,
`Address` and `Reference` say what is so now and change in the transaction that adds the edition.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from standfirst.editions.gated import GatedPayload

__all__ = [
    "Address", "Edition", "ErasedFile", "ExpungeApproval", "ExpungeRequest", "GatedPayload", "Head",
    "ListEntry", "Payload", "Reference", "Sequence", "Tombstone",
]  # fmt: skip


class Sequence(models.Model):
    """One row, held by whoever publishes until the commit: no gaps, and numbers in the order of commits."""

    last = models.BigIntegerField(default=0)
    chain = models.TextField(default="")  # chain hash of edition `last`
    rules = models.TextField(default="")  # names of the page and list rules whose pages are all claimed


class Edition(models.Model):
    """One change of one record: the header, hashed into the chain. No text a person wrote is in it."""

    seq = models.BigIntegerField(primary_key=True)
    record = models.TextField()
    kind = models.TextField()
    number = models.IntegerField()
    reason = models.TextField()
    at = models.TextField()  # RFC 3339, UTC
    schema_version = models.SmallIntegerField()
    header = models.BinaryField()  # canonical bytes of all of the above and the hashes
    payload_hash = models.TextField(default="")  # SHA-256 of salt and document; empty where there is none
    previous = models.TextField()
    chain = models.TextField()  # SHA-256 of `previous` and `header`

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="editions_edition_number")]


class Payload(models.Model):
    """What an edition says, and who made it why; apart from the chain, so that it can be erased by law."""

    seq = models.BigIntegerField(primary_key=True)
    record = models.TextField(db_index=True)
    document = models.BinaryField()  # canonical bytes; empty when the edition takes the record away
    salt = models.BinaryField()
    private = models.BinaryField()  # canonical bytes of {"actor", "note"}: never in a public document
    private_salt = models.BinaryField()


class Head(models.Model):
    """What a record is now."""

    record = models.TextField(primary_key=True)
    kind = models.TextField(db_index=True)
    state = models.TextField()  # live, gone
    seq = models.BigIntegerField()
    number = models.IntegerField()
    reason = models.TextField()
    published_at = models.TextField()
    at = models.TextField()
    facets = models.TextField()  # JSON: facet to SHA-256 of its canonical bytes
    gated = models.TextField(default="")  # SHA-256 of the gated blocks; empty where there are none


class ListEntry(models.Model):
    """One story in one list (`front/en`, `section/ID`), or one month in the list of months.

    Newest first means by `sort` (microseconds since 1970 for stories), then by `item`, both descending.
    """

    list = models.TextField()
    item = models.TextField(db_index=True)
    sort = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "item"], name="editions_listentry_once")]
        indexes = [models.Index(fields=["list", "-sort", "-item"], name="editions_listentry_order")]


class Address(models.Model):
    """Who has a path, for ever, and what it answers now."""

    path = models.TextField(primary_key=True)
    owner = models.TextField(db_index=True)  # `story:ID`, or `list:month/en/2026-11`
    renderer = models.TextField()
    state = models.TextField()  # live, moved, gone
    target = models.TextField(default="", db_index=True)  # the newest path, of one that moved
    language = models.TextField(default="")


class Reference(models.Model):
    """A live record names another one."""

    source = models.TextField()
    target = models.TextField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "target"], name="editions_reference_once")]


class ExpungeRequest(models.Model):
    """Somebody asks that a record be erased. Nothing happens until another person approves."""

    record = models.TextField()
    actor = models.TextField()
    why = models.TextField()
    at = models.TextField()

    class Meta:
        permissions = [
            ("kill", _("Can withdraw a publication at once")),
            ("expunge", _("Can ask for, and approve, erasing a publication by law")),
        ]


class ExpungeApproval(models.Model):
    """Another person agreed. One row for each record that goes: the one asked for, and its pictures."""

    request = models.ForeignKey(ExpungeRequest, on_delete=models.PROTECT)
    record = models.TextField(db_index=True)
    actor = models.TextField()
    at = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "record"], name="editions_approval_once")]


class ErasedFile(models.Model):
    """A file in the store that holds erased words, until no address answers with it and it can go."""

    blob = models.TextField(primary_key=True)
    record = models.TextField()


class Tombstone(models.Model):
    """What stays of an erased record: that it was, when it went, and what could not be recalled."""

    record = models.TextField(primary_key=True)
    request = models.ForeignKey(ExpungeRequest, on_delete=models.PROTECT)
    seq = models.BigIntegerField()
    at = models.TextField()
    editions = models.IntegerField()  # how many were erased
    beyond_recall = models.TextField()  # JSON: list of sentences
