"""Push to browsers (RFC 8030): sealed for each one (RFC 8291), signed by the site's own key (RFC 8292).

A browser knows an alert by the item's id and shows one for each; the push service keeps only the newest that
it could not deliver, by the same id (`Topic`). So doing it twice shows once.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.utils.translation import gettext_noop

from standfirst.kit import p256
from standfirst.kit.fetch import STRICT, Policy
from standfirst.wire.channels.failing import Ended, NotSent, Refused, Unsure, told
from standfirst.wire.channels.models import Channel
from standfirst.wire.channels.sending import Browser, Deed, Sending, ask, read

KEPT = 4 * 3600
"""Seconds a push service keeps an alert for a browser that is off: later it is no alert."""
SIGNED_FOR = 12 * 3600
"""Seconds a signature holds; RFC 8292 allows a day."""
TEXT = 200  # characters of the text in an alert
_RECORD = 4096  # bytes of the one record of a message (RFC 8188), the most a push service must take


@dataclass(frozen=True)
class WebPush:
    """All browsers that asked for alerts. `subject` is where a push service may reach the newsroom."""

    key: str = field(repr=False)
    subject: str
    policy: Policy = STRICT
    clock: Callable[[], float] = time.time
    at_once: int = 32

    def may_repeat(self, deed: Deed) -> bool:
        return True

    def publish(self, sending: Sending) -> str:
        self._push(sending, alert(sending), "high")
        return "shown"

    def edit(self, sending: Sending) -> str:
        self._push(sending, alert(sending), "normal")
        return "shown"

    def delete(self, sending: Sending) -> None:
        self._push(sending, alert(sending), "high")

    def check(self) -> str:
        """Say whether the key is one. A push service is asked only with something for a browser."""
        return f"its key is {p256.public_text(self.key)[:12]}…"

    def _push(self, sending: Sending, said: dict[str, object], urgency: str) -> None:
        browser = sending.browser
        assert browser is not None
        body = seal(json.dumps(said, ensure_ascii=False).encode(), browser)
        origin = "://".join(urlsplit(browser.endpoint)[:2])
        signed = token(self.key, origin, self.subject, int(self.clock()) + SIGNED_FOR)
        headers = {
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(KEPT),
            "Urgency": urgency,
            "Topic": sending.record.partition(":")[2],
            "Authorization": f"vapid t={signed}, k={p256.public_text(self.key)}",
        }
        answer = ask(browser.endpoint, body, headers, self.policy)
        if 200 <= answer.status < 300:
            return
        found = read(answer.body)
        why = told(answer.status, found.get("reason") or found.get("message"))
        if answer.status in (404, 410):
            raise Ended(why)
        if answer.status >= 500:
            raise Unsure(why, answer.retry_after)
        if answer.status == 429:
            raise NotSent(why, answer.retry_after)
        raise Refused(why)


def alert(sending: Sending) -> dict[str, object]:
    """Return what a browser shows: `state` as in the file of changes, title and text, where it leads."""
    common: dict[str, object] = {
        "id": sending.record.partition(":")[2], "seq": sending.seq, "lang": sending.language,
    }  # fmt: skip
    message = sending.message
    if sending.deed == "gone" or message is None:
        return common | {"state": "gone", "title": sending.withdrawn}
    return common | {
        "state": "live" if sending.deed == "publish" else "changed",
        "title": message.title,
        "text": message.short(TEXT),
        "url": message.url,
        "icon": message.icon,
    }


def seal(plain: bytes, browser: Browser) -> bytes:
    """Return `plain` as only that browser can read it (RFC 8291, 3.4). Raises Refused."""
    own = ec.generate_private_key(p256.CURVE)
    return sealed(plain, browser, own, secrets.token_bytes(16))


def sealed(plain: bytes, browser: Browser, own: ec.EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """Return what `seal` does, with a key and a salt of one's own: for tests of the RFC's example."""
    if len(plain) > _RECORD - 103:  # RFC 8291, 4: header, tag and padding
        raise Refused(gettext_noop("longer than a push service takes"), ours=True)
    try:
        theirs, auth = p256.public_key(browser.key), p256.decoded(browser.auth)
    except p256.BadKey:
        auth = b""
    if len(auth) != 16:
        raise Refused(gettext_noop("the browser’s keys are none"))
    shared = own.exchange(ec.ECDH(), theirs)
    mine = p256.raw(own.public_key())
    info = b"WebPush: info\0" + p256.raw(theirs) + mine
    material = HKDF(SHA256(), 32, auth, info).derive(shared)
    content = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(material)
    nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(material)
    header = salt + _RECORD.to_bytes(4, "big") + bytes([len(mine)]) + mine
    return header + AESGCM(content).encrypt(nonce, plain + b"\2", None)


def token(key: str, audience: str, subject: str, expires: int) -> str:
    """Return a signed statement of who sends (RFC 8292; a JWT with ES256)."""
    parts = ({"typ": "JWT", "alg": "ES256"}, {"aud": audience, "exp": expires, "sub": subject})
    text = ".".join(p256.encoded(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
    return f"{text}.{p256.encoded(p256.signature(key, text.encode()))}"


def make(channel: Channel, secret: str) -> WebPush:
    """Return the sender of a row; its secret is the site's key. Raises Refused."""
    try:
        p256.public_text(secret)
    except p256.BadKey:
        raise Refused(gettext_noop("the site has no key for alerts: vapid_key in secrets.toml")) from None
    return WebPush(secret, str(channel.settings.get("subject", "")))
