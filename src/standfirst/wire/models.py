"""What the desk holds of the wire. What readers have is the record
`item:ID` or `post:ID`, an edition for each change."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from standfirst.kit.ids import new_id
from standfirst.wire.api_v1.rows import Answered, Token
from standfirst.wire.body import PostBody
from standfirst.wire.channels.models import Asking, Channel, Delivery, Subscription

__all__ = ["Answered", "Asking", "Channel", "Delivery", "Item", "Post", "Subscription", "Token"]


class Written(models.Model):
    """What items and posts share: a public record, its state, who saved it last.

    `version` counts saves, for two who edit at once.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        LIVE = "live", _("In the feed")
        DOWN = "down", _("Taken back")
        KILLED = "killed", _("Withdrawn for good")

    kind: ClassVar[str]

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT, db_index=True)
    published_at = models.DateTimeField(null=True, blank=True, db_index=True)
    updated_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)
    changed_by = models.CharField(max_length=254, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def record(self) -> str:
        """Return the name of the public record."""
        return f"{self.kind}:{self.public_id}"


class Item(Written):
    """An item of the news feed as it is being written."""

    class Status(models.TextChoices):
        VERIFIED = "verified", _("Verified")
        UNVERIFIED = "unverified", _("Unverified")
        DISPUTED = "disputed", _("Disputed")
        RETRACTED = "retracted", _("Retracted")

    kind = "item"

    language = models.CharField(_("language"), max_length=35)
    headline = models.CharField(_("first line"), max_length=300, blank=True)
    body = models.TextField(_("text"), blank=True)  # clean inline HTML, a paragraph a line
    source_name = models.CharField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=2000, blank=True)
    source_status = models.CharField(
        _("checked"), max_length=12, choices=Status.choices, default=Status.VERIFIED
    )
    topics = models.ManyToManyField("stories.Topic", verbose_name=_("topics"), blank=True, related_name="+")
    breaking_until = models.DateTimeField(_("breaking until"), null=True, blank=True)
    story = models.ForeignKey(
        "stories.StoryPage", verbose_name=_("story"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="feed_items",
    )  # fmt: skip
    source_uri = models.CharField(max_length=500, blank=True, db_index=True)

    class Meta:
        verbose_name = _("feed item")
        verbose_name_plural = _("feed items")
        default_permissions = ("add", "change", "publish")
        ordering = ("-published_at", "-changed_at", "-pk")

    def __str__(self) -> str:
        return self.headline

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the text, a piece of clean inline HTML a paragraph."""
        return tuple(line for line in self.body.split("\n") if line)


class Post(Written):
    """A post of a live coverage as it is being written. It takes its number when it is first published."""

    kind = "post"

    story = models.ForeignKey("stories.StoryPage", on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField(null=True, blank=True, editable=False)
    headline = models.CharField(_("headline"), max_length=300, blank=True)
    body = StreamField(PostBody(), blank=True, verbose_name=_("text"))
    authors = models.ManyToManyField(
        "stories.Author", verbose_name=_("authors"), blank=True, related_name="+"
    )
    key = models.BooleanField(_("key event"), default=False)
    became = models.ForeignKey(
        "stories.StoryPage", verbose_name=_("story it became"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="was_posts",
    )  # fmt: skip

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        default_permissions = ()  # whoever writes the feed writes live coverage
        ordering = ("-published_at", "-changed_at", "-pk")
        constraints = (models.UniqueConstraint(fields=["story", "number"], name="one_post_a_number"),)

    def __str__(self) -> str:
        return self.headline or self.public_id
