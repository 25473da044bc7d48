"""What of an archive this site has loaded, so that a second load changes nothing."""

from __future__ import annotations

from django.db import models


class LoadedArchive(models.Model):
    """An archive by its name. Relative moments of it are told from `anchor`, for good."""

    name = models.CharField(max_length=100, unique=True)
    anchor = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class LoadedDocument(models.Model):
    """A document as it was last loaded: the record it became, and the hash of what it said."""

    archive = models.ForeignKey(LoadedArchive, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    record = models.CharField(max_length=26)  # id of the record
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("archive", "kind", "key"), name="loaded_once")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"
