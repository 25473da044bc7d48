"""What a bake remembers. Hot paths use SQL of their own (`index.py`); these classes make the tables.

`MovedKey` and `Move` are written in the publish transaction, with the records. All else is the bake index:
derived, in a database of its own on SQLite, and built anew from the records when it is lost.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class MovedKey(models.Model):
    """The last sequence number at which a key moved."""

    key = models.TextField(primary_key=True)
    seq = models.BigIntegerField(db_index=True)


class Move(models.Model):
    """What one publish moved, for receipts and for urgency. Old rows are dropped once marked."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.FloatField()  # Unix seconds
    urgent = models.BooleanField(default=False)
    keys = models.TextField()  # one a line


class State(models.Model):
    """One row: how far marking has come, the last fencing token and the last segment."""

    cursor = models.BigIntegerField(default=0)
    token = models.BigIntegerField(default=0)
    segment = models.BigIntegerField(default=0)


class Path(models.Model):
    """One address: what is wanted of it, what was baked, and who is at it."""

    path = models.TextField(unique=True)
    due = models.BooleanField(default=False)  # wanted > baked or again > again_done
    lane = models.SmallIntegerField(default=1)
    wanted = models.BigIntegerField(default=0)
    baked = models.BigIntegerField(default=0)
    again = models.BigIntegerField(default=0)  # counts the times it was asked for without a record moving
    again_done = models.BigIntegerField(default=0)
    token = models.BigIntegerField(default=0)  # the last lease; an older token writes nothing
    holder = models.TextField(default="")
    leased_until = models.FloatField(default=0)
    retry_at = models.FloatField(default=0)
    newest = models.FloatField(default=0)  # when the newest thing it shows was published; Unix seconds
    changes_at = models.FloatField(null=True)
    removal_at = models.FloatField(null=True)
    renderer = models.TextField(default="")
    fingerprint = models.TextField(default="")
    entry = models.TextField(default="")  # digest of its manifest entry; empty when that is not known
    blob = models.TextField(default="")
    status = models.SmallIntegerField(default=0)
    segment = models.BigIntegerField(default=0)
    baked_at = models.FloatField(default=0)
    failures = models.IntegerField(default=0)
    error = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["lane", "-wanted", "-newest"], condition=Q(due=True), name="bake_path_due"),
            models.Index(
                fields=["changes_at"], condition=Q(changes_at__isnull=False), name="bake_path_changes"
            ),
            models.Index(fields=["id"], condition=Q(failures__gt=0), name="bake_path_failing"),
        ]


class Dependency(models.Model):
    """A path's last bake read a key; `key` is `keys.number` of its text."""

    pk = models.CompositePrimaryKey("path_id", "key")
    path_id = models.BigIntegerField()
    key = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["key", "path_id"], name="bake_dependency_key")]


class Publish(models.Model):
    """What became of one sequence number: how many paths it touched. `single` when each is in `Affected`."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.FloatField()
    total = models.IntegerField()
    single = models.BooleanField(default=True)


class Affected(models.Model):
    """One path that a publish touched, and the segment that made it visible."""

    pk = models.CompositePrimaryKey("seq", "path_id")
    seq = models.BigIntegerField()
    path_id = models.BigIntegerField()
    done_at = models.FloatField(null=True)
    segment = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["path_id"], condition=Q(done_at__isnull=True), name="bake_affected_open")
        ]


class Purge(models.Model):
    """What a CDN must forget (`path /x/`, `key story:1`), until it has."""

    what = models.TextField(primary_key=True)
    asked = models.BigIntegerField(default=1)  # how often, so that one asked for while it is sent stays
    segment = models.BigIntegerField()
    urgent = models.BooleanField(default=False)
    tries = models.IntegerField(default=0)
    next_try = models.FloatField(default=0)  # Unix seconds
    error = models.TextField(default="")
    since = models.FloatField()

    class Meta:
        indexes = [models.Index(fields=["-urgent", "since"], name="bake_purge_order")]


class Served(models.Model):
    """What readers were given at a path since an instant. Never deleted while blobs are retained."""

    path_id = models.BigIntegerField()
    at = models.FloatField()
    seq = models.BigIntegerField()
    segment = models.BigIntegerField()
    status = models.SmallIntegerField()
    blob = models.TextField()
    removal_at = models.FloatField(null=True)
    removal_status = models.SmallIntegerField(null=True)
    removal_blob = models.TextField(default="")

    class Meta:
        indexes = [models.Index(fields=["path_id", "id"], name="bake_served_path")]
