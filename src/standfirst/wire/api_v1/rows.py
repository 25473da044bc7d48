"""Rows of the API: tokens, and what was answered under an idempotency key. Neither holds a token or a word
of an item."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Token(models.Model):
    """What a program shows to be let in. Of the token itself only its SHA-256 is kept.

    Rows are never deleted: `actor` stands in editions, and this says who it was.
    """

    name = models.CharField(max_length=60)
    scopes = models.CharField(max_length=200)  # names, a space between
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.CharField(max_length=254, editable=False)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    revoked_by = models.CharField(max_length=254, blank=True, editable=False)
    minute_at = models.DateTimeField(default=timezone.now, editable=False)  # when the counted minute began
    calls = models.PositiveIntegerField(default=0, editable=False)  # since then

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        default_permissions = ()
        permissions = [("manage_tokens", _("Can make and revoke API tokens"))]
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> str:
        """Return who acts, as editions name it."""
        return f"api:{self.name}"

    @property
    def scope_names(self) -> tuple[str, ...]:
        return tuple(self.scopes.split())

    def counts(self, at: datetime) -> bool:
        """Return whether it lets in at an instant."""
        return self.revoked_at is None and at < self.expires_at


class Answered(models.Model):
    """A call that was carried out under an idempotency key: made in the transaction of what it did.

    The unique row is what keeps a call from being carried out twice. `request` is a keyed hash.
    """

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    response = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=["token", "key"], name="one_answer_a_key"),)

    def __str__(self) -> str:
        return self.key
