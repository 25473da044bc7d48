"""Webhooks: the item as JSON to an address, signed as Standard Webhooks (standardwebhooks.com, v1).

`webhook-id` is the same at every try, so whoever keeps the ids takes each change once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop

from standfirst.kit import instants
from standfirst.kit.fetch import STRICT, Policy
from standfirst.wire.channels.failing import Ended, NotSent, Refused, Unsure, told
from standfirst.wire.channels.message import Message
from standfirst.wire.channels.models import Channel
from standfirst.wire.channels.sending import Deed, Sending, ask

PREFIX = "whsec_"
_SITE_LINK = re.compile(r'(?<=href=")(?=/(?!/))')
TYPES = {"publish": "item.published", "edit": "item.updated", "gone": "item.gone", "test": "test"}


@dataclass(frozen=True)
class Webhook:
    """One receiver."""

    url: str
    secret: str = field(repr=False)
    policy: Policy = STRICT
    clock: Callable[[], float] = time.time
    at_once: int = 1

    def may_repeat(self, deed: Deed) -> bool:
        return True  # the receiver knows the id

    def publish(self, sending: Sending) -> str:
        self._post(sending, _item(sending.said))
        return sending.key

    def edit(self, sending: Sending) -> str:
        return self.publish(sending)

    def delete(self, sending: Sending) -> None:
        self._post(sending, {"id": sending.record.partition(":")[2]})

    def test(self, sending: Sending, words: str) -> None:
        self._post(sending, {"message": words})

    def check(self) -> str:
        """Say whether address and secret are well formed: a receiver is asked for nothing without news."""
        from standfirst.kit import fetch

        try:
            fetch.check(self.url, self.policy)
        except fetch.FetchRefused as error:
            raise Refused(error.words) from None
        key(self.secret)
        return "signed with its own secret"

    def _post(self, sending: Sending, data: dict[str, Any]) -> None:
        event = {"type": TYPES[sending.deed], "timestamp": instants.to_text(sending.made_at),
                 "edition": sending.seq, "data": data}  # fmt: skip
        body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
        at = str(int(self.clock()))
        headers = {
            "Content-Type": "application/json",
            "webhook-id": sending.key,
            "webhook-timestamp": at,
            "webhook-signature": sign(self.secret, sending.key, at, body),
        }
        answer = ask(self.url, body, headers, self.policy)
        if 200 <= answer.status < 300:
            return
        why = told(answer.status, "")
        if answer.status == 410:  # the specification: whoever listened there does not any more
            raise Ended(why)
        if answer.status >= 500:
            raise Unsure(why, answer.retry_after, rests=answer.status == 503 and answer.retry_after > 0)
        raise NotSent(why, answer.retry_after, rests=answer.status == 429 and answer.retry_after > 0)


def sign(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """Return the signature of a message, with its version. Raises Refused for a secret that is none."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key(secret), signed, hashlib.sha256).digest()).decode()


def key(secret: str) -> bytes:
    """Return the bytes of a secret (`whsec_` and base64). Raises Refused."""
    try:
        raw = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except ValueError:
        raw = b""
    if not 24 <= len(raw) <= 64:
        raise Refused(gettext_noop("its secret is none: whsec_ and 24 to 64 bytes in base64"))
    return raw


def new_secret() -> str:
    """Return a new secret."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def _item(message: Message) -> dict[str, Any]:
    """Return an item as whoever is not a reader's browser gets it: nothing that its page does not say."""
    item, origin = message.item, "/".join(message.url.split("/", 3)[:3])
    told_at = {"published_at": item.published_at, "updated_at": item.updated_at,
               "breaking_until": item.breaking_until}  # fmt: skip
    return {
        "id": item.id,
        "url": message.url,
        "language": item.language,
        "headline": item.headline,
        "status": item.source.status if item.source else "verified",
        "html": _SITE_LINK.sub(origin, "".join(f"<p>{paragraph}</p>" for paragraph in item.body)),
        "text": message.text,
        "source": {"name": item.source.name, "url": item.source.url} if item.source else None,
        "topics": [{"name": name, "url": address} for name, address in message.topics],
        "story_url": message.story or None,
        **{name: instants.to_text(at) if at else None for name, at in told_at.items()},
    }


def make(channel: Channel, secret: str) -> Webhook:
    """Return the sender of a row."""
    return Webhook(str(channel.settings.get("url", "")), secret)
