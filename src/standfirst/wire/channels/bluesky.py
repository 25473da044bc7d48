"""Bluesky: a post with a card, by the AT Protocol's XRPC (docs.bsky.app, atproto.com/lexicons).

A post's key is made of its delivery, so that a repeat is the same post: `putRecord` leaves what is there.
Posts cannot be changed for those who read them. Within five minutes an edit is a new post in the place of the
old one; later, answers and likes hang on it, and it stays as it is.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_noop

from standfirst.kit import instants
from standfirst.kit.fetch import STRICT, Answered, Policy
from standfirst.kit.words import Words
from standfirst.wire.channels.failing import LeftAlone, NotSent, Refused, Unsure, told
from standfirst.wire.channels.message import Message
from standfirst.wire.channels.models import Channel
from standfirst.wire.channels.sending import Deed, Sending, ask_json

POST = "app.bsky.feed.post"
LONGEST = 300
"""Graphemes of a post. We count code points, of which a grapheme has one or more: never too long."""
MAY_BE_REPLACED = timedelta(minutes=5)
TOO_OLD = gettext_noop("the post is older than five minutes: answers may hang on it, so it stays")
NO_ENTRY = gettext_noop("could not sign in: answered %(status)d")
NO_ENTRY_SAID = gettext_noop("could not sign in: answered %(status)d: %(said)s")
_TID = "234567abcdefghijklmnopqrstuvwxyz"


@dataclass
class Bluesky:
    """Posts of one account, with an app password. Keeps its session: Bluesky counts sign-ins."""

    service: str
    account: str
    password: str = field(repr=False)
    policy: Policy = STRICT
    at_once: int = 1
    _session: tuple[str, str] | None = field(default=None, repr=False)  # DID, access token

    def may_repeat(self, deed: Deed) -> bool:
        return deed != "test"

    def name(self, sending: Sending) -> str:
        return record_key(sending.made_at, sending.key)

    def publish(self, sending: Sending) -> str:
        """Post, and delete what an earlier try or an earlier text may have left."""
        key = self.name(sending)
        self._put(key, post(sending.said, sending.made_at))
        try:
            self._remove(*(old for old in _held(sending) if old != key))
        except NotSent as problem:  # the new one is there
            raise Unsure(problem.why, problem.wait, rests=problem.rests) from None
        return key

    def edit(self, sending: Sending) -> str:
        assert sending.held is not None
        if instants.now() - sending.held.at > MAY_BE_REPLACED:
            raise LeftAlone(TOO_OLD)
        return self.publish(sending)

    def delete(self, sending: Sending) -> None:
        self._remove(*_held(sending))

    def test(self, sending: Sending, words: str) -> None:
        """Post and take away again: a post that is no news would stand in readers' timelines."""
        record = {"$type": POST, "text": words, "createdAt": instants.to_text(sending.made_at)}
        self._put(self.name(sending), record)
        self._remove(self.name(sending))

    def check(self) -> str:
        """Sign in."""
        self._session = None
        return f"signed in as {self._did()}"

    def _put(self, key: str, record: dict[str, Any]) -> None:
        self._write("putRecord", {"repo": self._did(), "rkey": key, "record": record})

    def _remove(self, *keys: str) -> None:
        """Delete posts; one that is not there is as good."""
        for key in keys:
            self._write("deleteRecord", {"repo": self._did(), "rkey": key})

    def _did(self) -> str:
        return (self._session or self._sign_in())[0]

    def _sign_in(self) -> tuple[str, str]:
        who = {"identifier": self.account, "password": self.password}
        answer, found = self._ask("com.atproto.server.createSession", who, "")
        did, token = found.get("did"), found.get("accessJwt")
        if answer.status != 200 or not isinstance(did, str) or not isinstance(token, str):
            raise _problem(answer, found, signing_in=True)
        self._session = (did, token)
        return self._session

    def _write(self, name: str, data: dict[str, Any]) -> dict[str, Any]:
        """Call a method of the account's repository, signing in again where the session is over."""
        data = {**data, "collection": POST}
        answer, found = self._ask(f"com.atproto.repo.{name}", data, (self._session or self._sign_in())[1])
        if answer.status == 401 or found.get("error") in ("ExpiredToken", "InvalidToken"):
            self._session = None
            answer, found = self._ask(f"com.atproto.repo.{name}", data, self._sign_in()[1])
        if answer.status != 200:
            raise _problem(answer, found)
        return found

    def _ask(self, method: str, data: dict[str, Any], token: str) -> tuple[Answered, dict[str, Any]]:
        return ask_json(f"{self.service}/xrpc/{method}", data, self.policy, token=token)


def post(message: Message, at: datetime) -> dict[str, Any]:
    """Return the record of a post: the first line, the address as a link, a card."""
    link = _cut(message.display_url, 60)
    text = f"{_cut(message.title, LONGEST - len(link) - 2)}\n\n{link}"
    end = len(text.encode())
    return {
        "$type": POST,
        "text": text,
        "langs": [message.item.language],
        "createdAt": instants.to_text(at),
        "facets": [
            {
                "index": {"byteStart": end - len(link.encode()), "byteEnd": end},  # in UTF-8
                "features": [{"$type": "app.bsky.richtext.facet#link", "uri": message.url}],
            }
        ],
        "embed": {
            "$type": "app.bsky.embed.external",
            "external": {"uri": message.url, "title": message.title, "description": message.short(200)},
        },
    }


def record_key(at: datetime, key: str) -> str:
    """Return a timestamp identifier (atproto.com/specs/tid): 53 bits of microseconds, 10 bits of a hash."""
    micros = (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    clock = int.from_bytes(hashlib.sha256(key.encode()).digest()[:2], "big") & 0x3FF
    value = (micros & ((1 << 53) - 1)) << 10 | clock
    return "".join(_TID[(value >> shift) & 31] for shift in range(60, -1, -5))


def _held(sending: Sending) -> tuple[str, ...]:
    return tuple(key for key in sending.held.remote_ids if key) if sending.held else ()


def _cut(text: str, limit: int) -> str:
    """Return `text`, ending after a whole word where it is too long."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–—-") + "…"


def _problem(answer: Answered, found: dict[str, Any], *, signing_in: bool = False) -> NotSent:
    why = told(answer.status, found.get("message") or found.get("error"))
    if signing_in:
        template = NO_ENTRY_SAID if "said" in why.values else NO_ENTRY
        why = Words(template, why.values)
    if answer.status >= 500:
        return Unsure(why)
    if answer.status == 429:
        return NotSent(why, answer.retry_after or 60.0, rests=True)
    if answer.status == 400 and not signing_in:
        return Refused(why)
    return NotSent(why)


def make(channel: Channel, secret: str) -> Bluesky:
    """Return the sender of a row."""
    service = str(channel.settings.get("service") or "https://bsky.social").rstrip("/")
    return Bluesky(service, str(channel.settings.get("account", "")), secret)
