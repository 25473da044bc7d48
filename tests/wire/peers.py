"""Telegram, Bluesky, a push service with its browsers, and a receiver of webhooks, on the loopback.

Each keeps state and refuses what does not fit, after the documents named below. `faults` are what the next
calls get: a status; `hang` (no answer, nothing done); `drop` (done, and the connection closed before a word).
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from standfirst.kit.fetch import Policy
from standfirst.wire.channels.bluesky import Bluesky
from standfirst.wire.channels.telegram import Telegram
from standfirst.wire.channels.webhook import Webhook
from standfirst.wire.channels.webpush import WebPush

TOKEN = "123456:AAcanary-bot-token-nobody-may-see"
PASSWORD = "canary-app-password"
SECRET = "whsec_" + base64.b64encode(b"canary-secret-of-the-webhook-32b").decode()
HUNG = 3.0  # seconds a peer says nothing; longer than tests wait


@dataclass
class Answer:
    status: int
    body: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Peer:
    """What all of them share. `calls` are the paths asked for, in order."""

    port: int = 0
    faults: list[int | str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    lock: Any = field(default_factory=threading.RLock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def policy(self) -> Policy:
        return Policy(ports=frozenset({self.port}), allows=lambda address: str(address) == "127.0.0.1")

    def answer(self, path: str, headers: Any, body: bytes) -> Answer:
        raise NotImplementedError

    def fault(self, status: int) -> Answer:
        """Answer as the service does when it is not well."""
        return Answer(status, {"message": "not now"}, {"Retry-After": "7"} if status == 429 else {})


@dataclass
class TelegramDouble(Peer):
    """core.telegram.org/bots/api. `messages` is what stands in the channel, `sent` all that ever stood."""

    messages: dict[int, str] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    undeletable: bool = False

    def sender(self) -> Telegram:
        return Telegram("@courier", TOKEN, self.policy(), self.url)

    def fault(self, status: int) -> Answer:
        more = {"parameters": {"retry_after": 7}} if status == 429 else {}
        said = {401: "Unauthorized", 429: "Too Many Requests: retry after 7"}.get(
            status, "Internal Server Error"
        )
        return Answer(status, {"ok": False, "error_code": status, "description": said, **more})

    def answer(self, path: str, headers: Any, body: bytes) -> Answer:
        data = json.loads(body)
        method = path.rpartition("/")[2]
        if path != f"/bot{TOKEN}/{method}":
            return self.fault(401)
        if method == "getMe":
            return self._well({"id": 1, "is_bot": True, "username": "courier_bot"})
        if data.get("chat_id") != "@courier":
            return self._bad("chat not found")
        if method == "getChat":
            return self._well({"id": -1001, "title": "The Courier"})
        if method == "sendMessage":
            return self._send(data)
        number = data["message_id"]
        if number not in self.messages:
            return self._bad(f"message to {'delete' if method == 'deleteMessage' else 'edit'} not found")
        if method == "deleteMessage":
            if self.undeletable:
                return self._bad("message can't be deleted for everyone")
            del self.messages[number]
            return self._well(True)
        if self.messages[number] == data["text"]:
            return self._bad("message is not modified")
        self.messages[number] = data["text"]
        return self._well({"message_id": number})

    def _send(self, data: dict[str, Any]) -> Answer:
        text = data["text"]
        if data.get("parse_mode") == "HTML" and re.search(r"&(?!(lt|gt|amp|quot);)|<(?!/?b>)", text):
            return self._bad("can't parse entities")
        if len(re.sub(r"<[^>]*>", "", text).encode("utf-16-le")) // 2 > 4096:
            return self._bad("message is too long")
        self.sent.append(text)
        number = len(self.sent)
        self.messages[number] = text
        return self._well({"message_id": number, "chat": {"id": -1001}, "text": text})

    def _well(self, result: Any) -> Answer:
        return Answer(200, {"ok": True, "result": result})

    def _bad(self, why: str) -> Answer:
        return Answer(400, {"ok": False, "error_code": 400, "description": f"Bad Request: {why}"})


@dataclass
class BlueskyDouble(Peer):
    """atproto.com/specs/xrpc, com.atproto.repo.*: a repository of posts, by key; sessions that end."""

    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    sessions: int = 0
    expired: bool = False

    def sender(self) -> Bluesky:
        return Bluesky(self.url, "courier.example", PASSWORD, self.policy())

    def fault(self, status: int) -> Answer:
        retry = {"Retry-After": "9"} if status == 429 else {}
        return Answer(status, {"error": "RateLimitExceeded", "message": "not now"}, retry)

    def answer(self, path: str, headers: Any, body: bytes) -> Answer:
        data = json.loads(body)
        method = path.removeprefix("/xrpc/")
        if method == "com.atproto.server.createSession":
            if (data["identifier"], data["password"]) != ("courier.example", PASSWORD):
                return Answer(
                    401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"}
                )
            self.sessions += 1
            self.expired = False
            return Answer(200, {"did": "did:plc:courier", "accessJwt": self._jwt(), "refreshJwt": "r"})
        if headers.get("Authorization") != f"Bearer {self._jwt()}" or self.expired:
            return Answer(400, {"error": "ExpiredToken", "message": "Token has expired"})
        if data["repo"] != "did:plc:courier" or data["collection"] != "app.bsky.feed.post":
            return Answer(400, {"error": "InvalidRequest", "message": "Could not find repo"})
        if not re.fullmatch(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}", data["rkey"]):
            return Answer(400, {"error": "InvalidRequest", "message": "Invalid record key"})
        if method == "com.atproto.repo.deleteRecord":
            self.posts.pop(data["rkey"], None)
            return Answer(200, {})
        return self._put(data["rkey"], data["record"])

    def _put(self, key: str, record: dict[str, Any]) -> Answer:
        text = record["text"].encode()
        if len(record["text"]) > 300 or not record["createdAt"].endswith("Z"):
            return Answer(400, {"error": "InvalidRequest", "message": "Record/text must not be longer"})
        for facet in record.get("facets", ()):
            index = facet["index"]
            text[index["byteStart"] : index["byteEnd"]].decode()  # no letter is cut
        if key not in self.posts:
            self.made.append(key)
        self.posts[key] = record
        return Answer(200, {"uri": f"at://did:plc:courier/app.bsky.feed.post/{key}", "cid": "bafy"})

    def _jwt(self) -> str:
        return f"canary-session-{self.sessions}"


@dataclass
class Receiver(Peer):
    """A receiver after standardwebhooks.com: checks the signature, takes each id once, keeps what it told."""

    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    repeats: int = 0

    def sender(self) -> Webhook:
        return Webhook(f"{self.url}/hook", SECRET, self.policy())

    def answer(self, path: str, headers: Any, body: bytes) -> Answer:
        name, at = headers["webhook-id"], headers["webhook-timestamp"]
        key = base64.b64decode(SECRET.removeprefix("whsec_"))
        mac = hmac.new(key, f"{name}.{at}.".encode() + body, hashlib.sha256).digest()
        signatures = headers["webhook-signature"].split()
        if f"v1,{base64.b64encode(mac).decode()}" not in signatures or abs(time.time() - int(at)) > 300:
            return Answer(401, {})
        if name in self.events:
            self.repeats += 1
        self.events.setdefault(name, json.loads(body))
        return Answer(200, {})

    def now(self) -> dict[str, str]:
        """Return the headlines a receiver has, by item, once it has put the events in order."""
        known: dict[str, str] = {}
        for event in sorted(self.events.values(), key=lambda one: one["edition"]):
            if event["type"] == "item.gone":
                known.pop(event["data"]["id"], None)
            elif event["type"].startswith("item."):
                known[event["data"]["id"]] = event["data"]["headline"]
        return known


@dataclass
class FakeBrowser:
    """A browser with a subscription (RFC 8291) and the notifications it shows, by tag."""

    name: str
    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = b"sixteen bytes ok"
    gone: bool = False
    shown: dict[str, dict[str, Any]] = field(default_factory=dict)
    rings: int = 0

    @property
    def public(self) -> str:
        raw = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return _b64(raw)

    def take(self, body: bytes) -> None:
        """Do what the service worker does with a message."""
        said = json.loads(self.open(body))
        before = self.shown.get(said["id"])
        if before and before["seq"] > said["seq"]:
            return
        if said["state"] == "live" and not before:
            self.rings += 1
        self.shown[said["id"]] = said

    def open(self, body: bytes) -> bytes:
        """Open a message: RFC 8188, 2 and RFC 8291, 3.4, from the receiver's side, step by step."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        assert (length, size) == (65, 4096)
        assert len(body) <= 4096
        shared = self.key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        )
        mine = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        material = _hmac(_hmac(self.auth, shared), b"WebPush: info\0" + mine + theirs + b"\1")
        pseudo = _hmac(salt, material)
        content = _hmac(pseudo, b"Content-Encoding: aes128gcm\0\1")[:16]
        nonce = _hmac(pseudo, b"Content-Encoding: nonce\0\1")[:12]
        plain = AESGCM(content).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain.endswith(b"\2")  # the last record
        return plain[:-1]


@dataclass
class PushService(Peer):
    """A push service (RFC 8030) with the browsers that are registered there; checks VAPID (RFC 8292)."""

    browsers: dict[str, FakeBrowser] = field(default_factory=dict)
    server_key: str = ""
    topics: list[str] = field(default_factory=list)

    def sender(self, private: str) -> WebPush:
        return WebPush(private, "mailto:desk@example.org", self.policy())

    def answer(self, path: str, headers: Any, body: bytes) -> Answer:
        browser = self.browsers.get(path)
        if browser is None:
            return Answer(404, {})
        if browser.gone:
            return Answer(410, {"reason": "unsubscribed"})
        if not self._signed(headers["Authorization"]):
            return Answer(403, {"reason": "BadJwtToken"})
        if headers["Content-Encoding"] != "aes128gcm" or not headers["TTL"].isdigit():
            return Answer(400, {})
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", headers["Topic"]):
            return Answer(400, {})
        self.topics.append(headers["Topic"])
        browser.take(body)
        return Answer(201)

    def _signed(self, said: str) -> bool:
        found = re.fullmatch(r"vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)", said)
        if not found or found[4] != self.server_key:
            return False
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(found[4]))
        raw = _bytes(found[3])
        signature = utils.encode_dss_signature(
            int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
        )
        public.verify(signature, f"{found[1]}.{found[2]}".encode(), ec.ECDSA(SHA256()))
        claims = json.loads(_bytes(found[2]))
        in_time = time.time() < claims["exp"] <= time.time() + 86400
        return claims["aud"] == self.url and in_time and claims["sub"].startswith("mailto:")


@contextlib.contextmanager
def running(double: Any) -> Iterator[Any]:
    """Let a double answer for a `with` block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            with double.lock:
                double.calls.append(self.path)
                fault = double.faults.pop(0) if double.faults else 0
                if fault == "hang":
                    answer = None
                elif isinstance(fault, int) and fault:
                    answer = double.fault(fault)
                else:
                    answer = double.answer(self.path, self.headers, body)
            if fault == "hang":
                time.sleep(HUNG)
            if fault in ("hang", "drop") or answer is None:
                self.close_connection = True
                return
            text = json.dumps(answer.body).encode() if answer.body is not None else b""
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(text)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *args: Any) -> None:
            """Say nothing of workers that were killed while they were told something."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    double.port = server.server_port
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield double
    finally:
        server.shutdown()
        server.server_close()


def _hmac(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, hashlib.sha256).digest()


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
