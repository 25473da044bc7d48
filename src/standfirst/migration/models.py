"""What was imported: enough to know an item again, in this run and in every later one."""

from __future__ import annotations

from django.db import models


class Imported(models.Model):
    """The last version of an item that was taken, whatever became of it."""

    source = models.CharField(max_length=20)  # "ninjs"; "ninjs-items" as items of the feed
    uri = models.CharField(max_length=500)
    version = models.CharField(max_length=100, blank=True)
    version_created = models.DateTimeField(null=True, blank=True)
    content_hash = models.CharField(max_length=64)
    story = models.CharField(max_length=26, blank=True, db_index=True)  # id of the record it became
    revision = models.BigIntegerField(null=True, blank=True)  # ours, to see whether the desk wrote since
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("source", "uri"), name="imported_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.uri}"
