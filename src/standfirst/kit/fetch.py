"""The one door to addresses that others give us: embeds, pictures, imports, webhook targets.

A name is resolved once, every address it has must be public, and the connection goes to the address that
was checked, while TLS still proves the name. Each redirect is checked afresh. Proxies of the environment
are not used: a proxy would resolve again. Time and size are bounded while the answer comes in.
"""

from __future__ import annotations

import contextlib
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urljoin

import httpcore

from standfirst.kit.pinned import NOT_IN_TIME, PinnedBackend
from standfirst.kit.targets import (
    STRICT,
    FetchError,
    FetchFailed,
    FetchRefused,
    NotReached,
    Policy,
    Target,
    check,
)
from standfirst.kit.words import gettext_noop

__all__ = [
    "STRICT", "Answered", "FetchError", "FetchFailed", "FetchRefused", "Fetched", "NotReached", "Policy",
    "check", "fetch", "post",
]  # fmt: skip

USER_AGENT = "Standfirst/0.1 (newsroom publishing platform)"
MEGABYTE = 1024 * 1024
_CHUNK = 65_536
_EXPIRED, _OTHER_NAME = 10, (62, 64)  # X509_V_ERR_… of OpenSSL's x509_vfy.h: name, address
_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True)
class Fetched:
    """An answer. `url` is where it came from in the end, `content_type` lower case and without parameters."""

    url: str
    content_type: str
    body: bytes = field(repr=False)


def fetch(
    url: str,
    *,
    limit_bytes: int = 10 * MEGABYTE,
    timeout: float = 20.0,
    accept: Iterable[str] = ("*/*",),
    policy: Policy = STRICT,
) -> Fetched:
    """GET `url` within `timeout` seconds in all, at most `limit_bytes` of it, before and after unpacking.

    `accept` lists media types (`image/*`); an answer of another type fails. Raises FetchRefused, FetchFailed.
    """
    accepted, deadline = tuple(accept), time.monotonic() + timeout
    here = url
    for _ in range(policy.redirects + 1):
        target = check(here, policy)
        answer = _get(target, limit_bytes, deadline, accepted, policy)
        if isinstance(answer, Fetched):
            return answer
        here = urljoin(target.url, answer)
    raise FetchRefused(url, gettext_noop("more than %(count)d redirects"), count=policy.redirects)


@dataclass(frozen=True)
class Answered:
    """What a POST was answered, whatever its status. `retry_after` in seconds, 0 where it is not said."""

    status: int
    retry_after: float
    body: bytes = field(repr=False)


def post(
    url: str,
    body: bytes,
    *,
    headers: Mapping[str, str],
    limit_bytes: int = MEGABYTE,
    timeout: float = 20.0,
    policy: Policy = STRICT,
) -> Answered:
    """POST `body` to `url` within `timeout` seconds in all. Redirects are not followed.

    Raises FetchRefused, NotReached (it was not sent), FetchFailed (no full answer: it may have been done).
    """
    target, deadline = check(url, policy), time.monotonic() + timeout
    sent = {**headers, "Content-Length": str(len(body))}
    with _asked("POST", target, sent, deadline, policy, body) as (response, found):
        assert not isinstance(response.stream, list)
        chunks = _unpacked(url, response.iter_stream(), found.get("content-encoding", ""))
        whole = _joined(url, chunks, limit_bytes)
    said = found.get("retry-after", "").strip()
    return Answered(response.status, float(said) if said.isascii() and said.isdigit() else 0.0, whole)


def _get(
    target: Target, limit: int, deadline: float, accepted: tuple[str, ...], policy: Policy
) -> Fetched | str:
    """Ask once. Returns the answer, or the address a redirect leads to."""
    wanted = {"Accept": ", ".join(accepted)}
    with _asked("GET", target, wanted, deadline, policy) as (response, found):
        if response.status in _REDIRECTS and found.get("location"):
            return found["location"]
        return _read(target.url, response, found, limit, accepted)


@contextlib.contextmanager
def _asked(
    method: str,
    target: Target,
    wanted: Mapping[str, str],
    deadline: float,
    policy: Policy,
    content: bytes | None = None,
) -> Iterator[tuple[httpcore.Response, dict[str, str]]]:
    """Ask once; yield the answer, whose body is still to come, and its headers. Raises FetchFailed."""
    headers: dict[bytes | str, bytes | str] = {
        "Host": target.origin,
        "User-Agent": USER_AGENT,
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    headers.update(wanted.items())
    address = httpcore.URL(
        scheme=target.scheme.encode(),
        host=target.host.strip("[]").encode(),
        port=target.port,
        target=target.path.encode(),
    )
    backend = PinnedBackend(target, policy, deadline)
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=policy.tls or _tls(), network_backend=backend, http2=False
            ) as pool,
            pool.stream(method, address, headers=headers, content=content) as response,
        ):
            yield (
                response,
                {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers},
            )
    except httpcore.ConnectTimeout as error:
        raise NotReached(target.url, NOT_IN_TIME) from error
    except httpcore.ConnectError as error:
        raise NotReached(target.url, _no_answer(error)) from error
    except (httpcore.TimeoutException, TimeoutError) as error:
        raise FetchFailed(target.url, gettext_noop("no full answer in time")) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError) as error:
        raise FetchFailed(target.url, _no_answer(error)) from error


def _no_answer(error: BaseException) -> str:
    """Return why there is no answer; the library's and the system's own words are in no catalogue."""
    cause = error if isinstance(error, OSError) else error.__cause__ or error.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        if cause.verify_code == _EXPIRED:
            return gettext_noop("no answer: its certificate has expired")
        if cause.verify_code in _OTHER_NAME:
            return gettext_noop("no answer: its certificate is for another name")
        return gettext_noop("no answer: its certificate is signed by nobody known")
    if isinstance(cause, ssl.SSLError):
        return gettext_noop("no answer: it speaks no TLS that we know")
    if isinstance(cause, ConnectionRefusedError):
        return gettext_noop("no answer: nothing listens there")
    if isinstance(cause, ConnectionError):
        return gettext_noop("no answer: it closed the connection")
    if isinstance(error, httpcore.RemoteProtocolError):
        return gettext_noop("no answer that HTTP knows, or only a part of one")
    return gettext_noop("no answer")


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _read(
    url: str, response: httpcore.Response, headers: dict[str, str], limit: int, accepted: tuple[str, ...]
) -> Fetched:
    if response.status != 200:
        raise FetchFailed(url, gettext_noop("answered %(status)d"), status=response.status)
    content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if not _matches(content_type, accepted):
        wanted = ", ".join(accepted)
        if not content_type:
            raise FetchFailed(url, gettext_noop("is of no type, not %(wanted)s"), wanted=wanted)
        raise FetchFailed(url, gettext_noop("is %(type)s, not %(wanted)s"), type=content_type, wanted=wanted)
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length) > limit:
        raise _too_large(url, limit)
    assert not isinstance(response.stream, list)
    chunks = _unpacked(url, response.iter_stream(), headers.get("content-encoding", ""))
    return Fetched(url, content_type, _joined(url, chunks, limit))


def _joined(url: str, chunks: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise _too_large(url, limit)
    return bytes(body)


def _unpacked(url: str, chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Yield the decoded body in pieces of bounded size, however well it was packed."""
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        yield from chunks
        return
    if coding not in ("gzip", "x-gzip"):
        why = gettext_noop("is packed as %(coding)s, which was not asked for")
        raise FetchFailed(url, why, coding=coding)
    unpacker = zlib.decompressobj(wbits=31)
    try:
        for chunk in chunks:
            pending = chunk
            while pending:
                yield unpacker.decompress(pending, _CHUNK)
                pending = unpacker.unconsumed_tail
        while not unpacker.eof and (rest := unpacker.decompress(b"", _CHUNK)):
            yield rest
    except zlib.error as error:
        raise FetchFailed(url, gettext_noop("is packed wrongly")) from error
    if not unpacker.eof:
        raise FetchFailed(url, gettext_noop("ended in the middle"))


def _too_large(url: str, limit: int) -> FetchFailed:
    return FetchFailed(url, gettext_noop("larger than %(size)s MB"), size=f"{limit / MEGABYTE:.3g}")


def _matches(content_type: str, accepted: tuple[str, ...]) -> bool:
    group = content_type.partition("/")[0] + "/*"
    return any(one in ("*/*", content_type, group) for one in accepted)
