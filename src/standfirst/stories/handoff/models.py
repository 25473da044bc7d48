"""Tokens and passes. Only hashes are kept: whoever reads the database cannot use them."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class HandoffToken(models.Model):
    """May be exchanged once, within minutes, for a pass."""

    key_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    onward = models.CharField(max_length=2000, default="/")
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)


class StaffPass(models.Model):
    """Says who somebody on the readers' site is, for a few days."""

    key_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField(db_index=True)
