"""One request. Pages are answered in the server's own thread, at once; only `/-/` waits for anybody."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from standfirst.edge import answers, fallback, negotiation, paths
from standfirst.edge.answers import Answer, Prepared
from standfirst.edge.blobs import HEAD_SIZE, BlobError
from standfirst.edge.cache import Cache
from standfirst.edge.headers import Headers, Policy
from standfirst.edge.table import Table

log = logging.getLogger("standfirst.edge")

APPLICATION = "/-/"
ALLOWED: Headers = [("allow", "GET, HEAD")]
RETRY: Headers = [("retry-after", "5")]


class Reply(Protocol):
    """What of Granian's HTTP protocol object is used here."""

    def response_empty(self, status: int, headers: Headers) -> None: ...

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None: ...

    def response_file_range(self, status: int, headers: Headers, file: str, start: int, end: int) -> None: ...


@dataclass
class Pages:
    """Everything that answers pages: the table of paths, the store, and what is held in memory."""

    store: Path
    policy: Policy
    cache: Cache
    table: Table = field(default_factory=Table)
    _complained: set[str] = field(default_factory=set)

    def find(self, path: str) -> Prepared:
        """Return the answer for `path`: its own, a correction of it, or an error page."""
        answer = self.cache.get(path)
        if answer is not None and not (answer.until and answer.until <= answers.now()):
            return answer
        line = self.table.line(path)
        if line is None:
            return self._unknown(path)
        entry = self.table.entry(path)
        assert entry is not None
        try:
            answer = answers.prepare(self.store, self.policy, path, entry, answers.now())
        except BlobError as problem:
            return self.unavailable(path, problem)
        if answer is None:
            over, _ = entry.at(answers.now())
            status = over.status if over else entry.status
            return self.error(path, status if status >= 400 else 404)
        self.cache.put(path, answer)
        if self.table.line(path) is not line:
            self.cache.drop(path)  # a segment came in between
        return answer

    def _unknown(self, path: str) -> Prepared:
        if not self._ready():
            return self._preparing()
        if len(path) > paths.MAX_BYTES or len(path.encode()) > paths.MAX_BYTES:
            return answers.built_in(self.policy, 414)
        meant = paths.corrected(path, self.table)
        if meant is not None:
            control = [("cache-control", "public, max-age=0, s-maxage=1")]
            return answers.redirect([*self.policy.of(meant, 301), *control], meant)
        return self.error(path, 404)

    def _ready(self) -> bool:
        return "/" in self.table or "/_e/404/" in self.table

    def _preparing(self) -> Prepared:
        answer = answers.built_in(self.policy, 503, extra=RETRY)
        status, full, _, etag, bare = answer.load(0)
        answer.forms[0] = (status, full, fallback.preparing(), etag, bare)
        return answer

    def error(self, path: str, status: int, extra: Headers | None = None) -> Prepared:
        """Return the page of a status, baked if there is one, in the language of `path` if there is one."""
        for place in paths.error_paths(path, status):
            entry = self.table.entry(place)
            key = f"{status} {place}"  # no path begins so: kept apart from the entry itself
            answer = self.cache.get(key)
            if entry is None or not entry.blob:
                continue
            if isinstance(answer, Answer) and answer.blob == entry.blob:
                return answer
            try:
                answer = answers.error(self.store, self.policy, status, entry, extra or [])
            except BlobError as problem:
                self._complain(problem)
                continue
            self.cache.put(key, answer)
            return answer
        return answers.built_in(self.policy, status, extra=extra)

    def unavailable(self, path: str, problem: BlobError | None = None) -> Prepared:
        """Return the page for when something that should be there is not."""
        if problem is not None:
            self._complain(problem)
        return self.error(path, 503, RETRY)

    def _complain(self, problem: BlobError) -> None:
        """Log each missing blob once, not once a request."""
        text = str(problem)
        if text not in self._complained:
            if len(self._complained) > 1000:
                self._complained.clear()
            self._complained.add(text)
            log.error("%s", text)

    def form(self, path: str, answer: Prepared, order: int) -> answers.Form:
        """Return the form to send, read from the store if need be. Falls back to the 503 page."""
        index = answer.pick[order]
        form = answer.forms[index]
        if form is not None:
            return form
        try:
            form = answer.load(index)
        except BlobError as problem:
            self.cache.drop(path)
            other = self.unavailable(path, problem)
            if other is answer:
                other = answers.built_in(self.policy, 503, extra=RETRY)
            return self.form(path, other, order)
        self.cache.grew(len(form[2]))
        return form


def responder(pages: Pages, streams: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """Return the function that answers a request for a page, or returns False for the application's part.

    Of that part, `streams` may answer before.

    This is the path every reader takes. It makes no object of its own: the headers are lists made before,
    the preference of an Accept-Encoding is remembered by its text.
    """
    cache, find, load = pages.cache, pages.find, pages.form
    orders: dict[str | None, int] = {None: negotiation.order_number(None)}
    clock = time.time

    def respond(scope: Any, reply: Any) -> bool:
        path = scope.path
        answer = cache.young.get(path)
        if answer is None or (answer.until and answer.until <= clock()):
            if path.startswith(APPLICATION):
                return streams(scope, reply)
            answer = find(path)
        method = scope.method
        if method != "GET" and method != "HEAD":
            return _refuse(pages, path, reply)
        headers = scope.headers
        accepted = headers.get("accept-encoding")
        order = orders.get(accepted)
        if order is None:
            order = _learn(orders, accepted)
        if answer.sized:
            _send_sized(pages, path, answer, method, headers, reply)
            return True
        form = answer.forms[answer.pick[order]] or load(path, answer, order)
        status, full, body, etag, bare = form
        if etag:
            wanted = headers.get("if-none-match")
            if wanted is not None and negotiation.none_match(wanted, etag):
                reply.response_empty(304, bare)
                return True
        reply.response_bytes(status, full, body)
        return True

    return respond


def _learn(orders: dict[str | None, int], accepted: str | None) -> int:
    order = negotiation.order_number(accepted)
    if len(orders) > 1000:
        orders.clear()
    if accepted is None or len(accepted) < 200:
        orders[accepted] = order
    return order


def _refuse(pages: Pages, path: str, reply: Reply) -> bool:
    status, full, body, _, _ = pages.form(path, pages.error(path, 405, ALLOWED), 0)
    reply.response_bytes(status, full, body)
    return True


def _send_sized(pages: Pages, path: str, answer: Prepared, method: str, headers: Any, reply: Reply) -> None:
    """Answer for a body that has one form, of which parts may be asked for: a picture, a recording."""
    assert isinstance(answer, Answer)
    if not answer.large:
        status, full, body, etag, bare = pages.form(path, answer, 0)
    elif answer.file.exists():
        status, full, body, etag, bare = answer.from_disk()
    else:
        pages.cache.drop(path)
        other = pages.unavailable(path, BlobError(f"blob {answer.blob}: gone"))
        status, full, body, etag, bare = pages.form("", other, 0)
    if status != 200:
        reply.response_bytes(status, full, body)
        return
    wanted = headers.get("if-none-match")
    if wanted is not None and negotiation.none_match(wanted, etag):
        reply.response_empty(304, bare)
        return
    part = None
    asked = headers.get("range")
    if asked is not None and method == "GET" and headers.get("if-range", etag) == etag:
        try:
            part = negotiation.byte_range(asked, answer.size)
        except negotiation.UnsatisfiableError:
            # Not to be kept: a cache in front would give it to whoever asks for the whole.
            kept = [header for header in bare if header[0] != "cache-control"]
            size = ("content-range", f"bytes */{answer.size}")
            reply.response_empty(416, [*kept, ("cache-control", "no-store"), size])
            return
    if part is not None:
        _send_part(answer, full, body, part, reply)
    elif answer.large:
        full = [*full, ("content-length", str(answer.size))]
        if method == "HEAD":
            reply.response_empty(200, full)
        else:
            _from_disk(answer, 200, full, (0, answer.size - 1), reply)
    else:
        reply.response_bytes(200, full, body)


def _send_part(answer: Answer, full: Headers, body: bytes, part: tuple[int, int], reply: Reply) -> None:
    first, last = part
    full = [*full, ("content-range", f"bytes {first}-{last}/{answer.size}")]
    if answer.large:
        _from_disk(answer, 206, [*full, ("content-length", str(last - first + 1))], part, reply)
    else:
        reply.response_bytes(206, full, body[first : last + 1])


def _from_disk(answer: Answer, status: int, full: Headers, part: tuple[int, int], reply: Reply) -> None:
    """Send bytes as the client takes them; a slow one costs no memory. Granian's end is exclusive."""
    start, end = HEAD_SIZE + part[0], HEAD_SIZE + part[1] + 1
    reply.response_file_range(status, full, str(answer.file), start, end)
