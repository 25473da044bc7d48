"""Channels, what is to go out on each, and the browsers that asked to be told. No secret stands in a row."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from standfirst.kit.ids import new_id

LONGEST_ERROR = 300
"""Characters of why something was not sent, and of each value in it."""


class Channel(models.Model):
    """One place items go out to. `settings` is plain; `sealed` opens with the site's private key alone."""

    class Kind(models.TextChoices):
        WEBHOOK = "webhook", _("Webhook")
        TELEGRAM = "telegram", _("Telegram")
        BLUESKY = "bluesky", _("Bluesky")
        WEBPUSH = "webpush", _("Alerts in readers’ browsers")

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices, editable=False)
    name = models.CharField(_("name"), max_length=100)
    settings = models.JSONField(default=dict, blank=True)
    sealed = models.BinaryField(null=True, editable=False)
    breaking_only = models.BooleanField(_("breaking news only"), default=True)
    language = models.CharField(_("language"), max_length=35, blank=True)  # "" is every one
    topics = models.ManyToManyField("stories.Topic", verbose_name=_("topics"), blank=True, related_name="+")
    active = models.BooleanField(pgettext_lazy("a channel", "active"), default=True)
    trouble = models.CharField(max_length=LONGEST_ERROR, blank=True)  # why it was paused by itself
    trouble_values = models.JSONField(default=dict, blank=True)  # what stands at the places of those words
    rests_until = models.DateTimeField(null=True, blank=True)  # it asked to be left alone until then
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.CharField(max_length=254, blank=True)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        default_permissions = ()
        permissions = [("manage_channels", _("Can manage channels"))]
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Subscription(models.Model):
    """A browser that asked for alerts: where its push service takes them, and how to seal them for it.

    Nothing says whose browser it is. `topics` are ids of topics; none is all of them. `elsewhere` is the
    domain of a push service that we do not know, "" for one that we do. `failures` are the alerts that it did
    not take since it last took one, the first of them `failing_since`.
    """

    endpoint = models.CharField(max_length=1000, unique=True)
    host = models.CharField(max_length=253)
    elsewhere = models.CharField(max_length=253, blank=True)
    key = models.CharField(max_length=100)  # P-256, uncompressed, base64url (RFC 8291)
    auth = models.CharField(max_length=30)  # 16 bytes, base64url
    language = models.CharField(max_length=35)
    topics = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    failures = models.PositiveSmallIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index("elsewhere", condition=~models.Q(elsewhere=""), name="wire_push_elsewhere")]

    def __str__(self) -> str:
        return self.host


class Asking(models.Model):
    """One new subscription, by a keyed hash of the network that it came from; kept for minutes."""

    place = models.CharField(max_length=32, blank=True)  # "" where nobody knows the network
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index("place", "at", name="wire_asking_place")]

    def __str__(self) -> str:
        return self.place


class Delivery(models.Model):
    """One change of a record on one channel, and for push one browser. `remote_id` is what the channel calls
    what it has of it; `digest` tells apart two texts without holding either.
    """

    class What(models.TextChoices):
        PUBLISH = "publish", _("Publish")
        EDIT = "edit", _("Edit")
        GONE = "gone", _("Withdraw")
        TEST = "test", _("Test")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a delivery", "Waits")
        CLAIMED = "claimed", _("Is being sent")
        DONE = "done", _("Sent")
        SKIPPED = "skipped", _("Not needed")
        FAILED = "failed", _("Failed")
        UNKNOWN = "unknown", _("Unknown whether it was sent")

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="deliveries")
    subscription = models.ForeignKey(Subscription, null=True, on_delete=models.CASCADE, related_name="+")
    record = models.CharField(max_length=60, db_index=True)
    seq = models.BigIntegerField()
    language = models.CharField(max_length=35, blank=True)
    what = models.CharField(max_length=8, choices=What.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(default=timezone.now)
    claim = models.CharField(max_length=26, blank=True)
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    remote_id = models.CharField(max_length=300, blank=True)
    may_be_there = models.BooleanField(default=False)  # a try of it got no answer: stays so
    digest = models.CharField(max_length=32, blank=True)
    error = models.CharField(max_length=LONGEST_ERROR, blank=True)  # a message of the catalogues
    error_values = models.JSONField(default=dict, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("-seq", "-pk")
        constraints = [
            models.UniqueConstraint(
                "channel", "record", "seq", condition=models.Q(subscription=None), name="wire_one_delivery"
            ),
            models.UniqueConstraint("channel", "record", "seq", "subscription", name="wire_one_push"),
        ]
        indexes = [
            models.Index(
                "channel", "next_try_at", condition=models.Q(state__in=["waiting", "claimed"]),
                name="wire_delivery_open",
            ),
            models.Index(
                "channel", "what", "seq", "id", condition=models.Q(state="waiting"), name="wire_delivery_next"
            ),
            models.Index("channel", "record", "subscription", "seq", name="wire_delivery_history"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.record} {self.seq} {self.what}"
