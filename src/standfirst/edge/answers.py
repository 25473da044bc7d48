"""Answers: what is sent for a path, prepared once and kept, so that a request only picks a form."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from standfirst.edge import blobs, fallback, headers
from standfirst.edge.headers import Headers, Policy
from standfirst.edge.manifest import Entry, Removal
from standfirst.edge.negotiation import CODINGS, PICKS, PLAIN
from standfirst.edge.paths import quoted

LARGE = 1_000_000  # a body without compressed forms above this is sent from disk, in pieces
REFRESH_SECONDS = 1.0  # how often the caching headers of something that will be removed are computed anew
_ETAG_END: Final = ('"', '-g"', '-b"')

Form = tuple[int, Headers, bytes, str, Headers]
"""Status, headers, body, ETag (empty: not conditional), headers of a 304."""


class Answer:
    """What a path answers. `forms` are filled when first asked for; `pick` maps a preference to a form."""

    __slots__ = (
        "_base",
        "_etag",
        "_status",
        "_store",
        "_type",
        "blob",
        "forms",
        "pick",
        "size",
        "sized",
        "until",
    )

    def __init__(
        self, store: Path, status: int, base: Headers, *, blob: str, content_type: str, until: float = 0.0
    ) -> None:
        """Read the blob's sizes. Raises BlobError when it is missing or cut short."""
        self._store, self._status, self._base, self._type = store, status, base, content_type
        self.blob = blob
        self.until = until  # Unix seconds after which to prepare anew; 0 means never
        with blobs.BlobFile(store, blob) as file:
            sizes = file.sizes
        mask = (1 if sizes.gzip else 0) << 1 | (1 if sizes.brotli else 0) << 2
        self.size = sizes.plain
        self.sized = not mask and status == 200  # one form only: parts of it may be asked for
        self._etag = f'"{blob[:32]}' if status == 200 else ""
        self.pick = PICKS[mask]
        self.forms: list[Form | None] = [None, None, None]
        if mask:
            self._base = [*base, ("vary", "accept-encoding")]
        elif self.sized:
            self._base = [*base, ("accept-ranges", "bytes")]

    @property
    def large(self) -> bool:
        return self.sized and self.size > LARGE

    @property
    def file(self) -> Path:
        return blobs.blob_path(self._store, self.blob)

    def load(self, index: int) -> Form:
        """Read a form from the store and keep it. Raises BlobError."""
        with blobs.BlobFile(self._store, self.blob) as file:
            body = file.form(index)
        etag = self._etag + _ETAG_END[index] if self._etag else ""
        common = [*self._base, ("etag", etag)] if etag else self._base
        full = [*common, ("content-type", self._type)]
        if index != PLAIN:
            full.append(("content-encoding", CODINGS[index]))
        form = (self._status, full, body, etag, common)
        self.forms[index] = form
        return form

    def from_disk(self) -> Form:
        """Return the plain form with an empty body: the file itself is sent."""
        etag = self._etag + '"'
        common = [*self._base, ("etag", etag)]
        return 200, [*common, ("content-type", self._type)], b"", etag, common


class Fixed:
    """An answer that needs no file: a redirect, or the page for when there are no pages."""

    __slots__ = ("blob", "forms", "pick", "size", "sized", "until")

    def __init__(
        self, status: int, base: Headers, body: bytes, content_type: str, until: float = 0.0
    ) -> None:
        self.blob = ""
        self.until = until
        self.size = len(body)
        self.sized = False
        self.pick = PICKS[0]
        full = [*base, ("content-type", content_type)] if body else base
        self.forms: list[Form | None] = [(status, full, body, "", base), None, None]

    def load(self, index: int) -> Form:
        form = self.forms[PLAIN]
        assert form is not None
        return form


Prepared = Answer | Fixed

HTML = "text/html; charset=utf-8"


def prepare(store: Path, policy: Policy, path: str, entry: Entry, now: float) -> Prepared | None:
    """Return the answer of `entry`, or None when it has no body of its own (the page of its status is due).

    Performs the entry's removal when its time has come. Raises BlobError.
    """
    over, removal = entry.at(now)
    left = None if removal is None else removal.at - now
    until = 0.0 if removal is None else min(removal.at, now + REFRESH_SECONDS)
    if over is not None:
        return _succeed(store, policy, path, entry, over, left, until)
    immutable = entry.cache == "immutable"
    base = [
        *policy.of(path, entry.status),
        ("cache-control", headers.cache_control(status=entry.status, immutable=immutable, seconds_left=left)),
        *(headers.asked_again(left) if immutable else policy.kept(left)),
        *_surrogates(policy, entry),
    ]
    if entry.status == 301:
        return _moved(base, entry)
    if not entry.blob:
        return None
    kind = entry.content_type if headers.sendable(entry.content_type) else "application/octet-stream"
    return Answer(store, entry.status, base, blob=entry.blob, content_type=kind, until=until)


def _succeed(
    store: Path, policy: Policy, path: str, entry: Entry, removal: Removal, left: float | None, until: float
) -> Answer | None:
    """Return what stands at the path after a removal: never immutable, whatever was there."""
    if not removal.blob:
        return None
    base = [
        *policy.of(path, removal.status),
        ("cache-control", headers.cache_control(status=removal.status, immutable=False, seconds_left=left)),
        *(policy.kept(left) if left is not None else ()),
        *_surrogates(policy, entry),
    ]
    kind = entry.content_type if removal.status == 200 else HTML
    return Answer(store, removal.status, base, blob=removal.blob, content_type=kind, until=until)


def _moved(base: Headers, entry: Entry) -> Fixed | None:
    """A redirect to a path of this site; an entry that points elsewhere is not followed."""
    if not entry.location.startswith("/") or entry.location.startswith(("//", "/\\")):
        return None
    return redirect(base, entry.location)


def redirect(base: Headers, path: str) -> Fixed:
    """Return a 301 to `path` of this site."""
    return Fixed(301, [*base, ("location", quoted(path))], b"", HTML)


def _surrogates(policy: Policy, entry: Entry) -> Headers:
    """Return the keys by which a cache in front may be told to forget; Cloudflare calls them tags."""
    name, between = ("cache-tag", ",") if policy.cdn == "cloudflare" else ("surrogate-key", " ")
    keys = between.join(entry.keys)
    return [(name, keys)] if headers.sendable(keys) else []


def built_in(policy: Policy, status: int, *, extra: Headers | None = None) -> Fixed:
    """Return the page the edge has without any store."""
    control = headers.cache_control(status=status, immutable=False, seconds_left=None)
    base = [*policy.of("/", status), ("cache-control", control), *(extra or [])]
    return Fixed(status, base, fallback.page(status), HTML)


def error(store: Path, policy: Policy, status: int, entry: Entry, extra: Headers) -> Answer:
    """Return the baked page of a status, whatever path was asked for. Raises BlobError."""
    control = headers.cache_control(status=status, immutable=False, seconds_left=None)
    base = [*policy.of("/", status), ("cache-control", control), *extra, *_surrogates(policy, entry)]
    return Answer(store, status, base, blob=entry.blob, content_type=HTML)


def now() -> float:
    return time.time()
