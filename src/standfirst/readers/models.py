"""A user is staff or reader, never both: the same person has two accounts that share nothing."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UserManager(BaseUserManager["User"]):
    def create_staff(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create and return a staff account; without a password it cannot sign in yet."""
        user = self.model(email=self.normalize_email(email), kind=User.Kind.STAFF, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create and return a staff account that may do everything."""
        return self.create_staff(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(kind=User.Kind.STAFF, email__iexact=username or "")


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # Wagtail adds managers
    """An account. The e-mail address is unique among staff and, apart from that, among readers."""

    class Kind(models.TextChoices):
        STAFF = "staff", _("Staff")
        READER = "reader", _("Reader")

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.STAFF, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254)
    name = models.CharField(pgettext_lazy("a person’s", "name"), max_length=200, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint("kind", Lower("email"), name="one_account_per_kind_and_address"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        return self.kind == self.Kind.STAFF

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class FailedSignIn(models.Model):
    """One failed try to sign in, by keyed hashes of address and place; kept for minutes."""

    account = models.CharField(max_length=32, db_index=True)
    place = models.CharField(max_length=32, db_index=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)


class Message(models.Model):
    """What a reader wrote to the newsroom. `spool_id` is what the edge gave it: one row each, for ever.

    A `broken` one could not be opened; `raw` is what came, for whoever can.
    """

    spool_id = models.CharField(max_length=32, unique=True, editable=False)
    form = models.CharField(max_length=40)
    language = models.CharField(max_length=35, blank=True)
    subject = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True)
    name = models.CharField(max_length=200, blank=True)
    answer_to = models.CharField(max_length=200, blank=True)
    suspect = models.BooleanField(default=False)
    received_at = models.DateTimeField(db_index=True)
    taken_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.CharField(max_length=254, blank=True)
    repeats = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    broken = models.BooleanField(default=False)
    raw = models.BinaryField(null=True, editable=False)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        default_permissions = ("view", "change", "delete")
        ordering = ("-received_at", "-pk")

    def __str__(self) -> str:
        return self.spool_id


class SpoolMark(models.Model):
    """How far a segment of the spool has been taken, in bytes."""

    segment = models.CharField(max_length=60, unique=True)
    reached = models.BigIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
