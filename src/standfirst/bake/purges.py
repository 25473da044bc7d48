"""What a CDN in front must forget: a row each, written with the segment, sent until the CDN has done it.

A row that is asked for again while it is being sent stays. Sending twice does no harm, so a worker that dies
in between loses nothing. A CDN is told only once every edge here serves the segment: it would fetch the old
page.
"""

from __future__ import annotations

import itertools
import logging
import random
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.db import close_old_connections

from standfirst.bake import index
from standfirst.bake.cdns import Cloudflare, Fastly, NotPurgedError, Purger
from standfirst.bake.index import Index
from standfirst.edge import state
from standfirst.edge.manifest import Entry
from standfirst.kit.sitefolder import SiteFolder

log = logging.getLogger(__name__)

MOST = 2000
"""With more waiting than this, everything is purged at once."""
PATIENCE = 5.0
"""Seconds to wait for an edge that does not say how far it is."""
LONGEST = 300.0
"""Seconds between two tries of a purge that keeps failing, at most: what the CDN keeps lasts no longer."""

_ASK = """
INSERT INTO bake_purge (what, asked, segment, urgent, tries, next_try, error, since)
VALUES (%s, 1, %s, %s, 0, 0, '', %s)
ON CONFLICT (what) DO UPDATE SET asked = bake_purge.asked + 1, segment = excluded.segment,
    urgent = bake_purge.urgent OR excluded.urgent, next_try = 0
"""


@dataclass(frozen=True, slots=True)
class _Row:
    """One thing to forget: `path /x/` or `key story:1`."""

    what: str
    asked: int
    tries: int

    @property
    def kind(self) -> str:
        return self.what.partition(" ")[0]

    @property
    def value(self) -> str:
        return self.what.partition(" ")[2]


def purger() -> Purger | None:
    """Return the CDN of this site as `standfirst.toml` names it; None without one."""
    config, token = settings.STANDFIRST, settings.STANDFIRST_CDN_TOKEN
    if config.cdn == "fastly":
        return Fastly(config.cdn_id, token)
    return Cloudflare(config.cdn_id, token) if config.cdn == "cloudflare" else None


def note(ix: Index, segment: int, entries: Iterable[Entry], now: float) -> bool:
    """Write down what a segment changed, in its transaction; return whether there is a CDN to tell.

    What is gone is urgent, and forgotten by its keys too: there may be copies at addresses we do not know of.
    """
    if not settings.STANDFIRST.cdn:
        return False
    asked: dict[str, bool] = {}
    for entry in entries:
        gone = entry.status == 410
        asked[f"path {entry.path}"] = gone
        if gone:
            asked |= {f"key {key}": True for key in entry.keys}
    ix.many(_ASK, [(what, segment, urgent, now) for what, urgent in asked.items()])
    return True


def send(site: SiteFolder, cdn: Purger, now: Callable[[], float] = time.time) -> int:
    """Tell the CDN what is due, the urgent first; return how many rows are done. Failures are tried later."""
    reached = min(state.applied(site), default=0)
    found = index.rows(
        """SELECT what, asked, tries, urgent FROM bake_purge WHERE next_try <= %s AND (segment <= %s OR
           since <= %s) ORDER BY urgent DESC, since, what LIMIT %s""",
        [now(), reached, now() - PATIENCE, MOST + 1],
    )
    rows = [(bool(urgent), _Row(*row)) for *row, urgent in found]
    if len(rows) > MOST:
        return _send_all(cdn, now)
    done = 0
    for _, group in itertools.groupby(rows, key=lambda pair: pair[0]):
        several = [row for _, row in group]
        for batch in _batches(cdn, several):
            done += _try(batch, lambda batch=batch: _forget(cdn, batch), now)  # type: ignore[misc]
    return done


def _batches(cdn: Purger, rows: Sequence[_Row]) -> Iterable[list[_Row]]:
    for kind, at_once in (("key", cdn.keys_at_once), ("path", cdn.urls_at_once)):
        those = [row for row in rows if row.kind == kind]
        for start in range(0, len(those), at_once):
            yield those[start : start + at_once]


def _forget(cdn: Purger, batch: list[_Row]) -> None:
    values = [row.value for row in batch]
    if batch[0].kind == "key":
        cdn.forget_keys(values)
    else:
        base = settings.STANDFIRST.base_url.rstrip("/")
        cdn.forget([base + quote(path, safe="/:@!$&'()*+,;=-._~") for path in values])


def _send_all(cdn: Purger, now: Callable[[], float]) -> int:
    rows = [_Row(*row) for row in index.rows("SELECT what, asked, tries FROM bake_purge")]
    return _try(rows, cdn.forget_all, now)


def _try(batch: Sequence[_Row], forget: Callable[[], None], now: Callable[[], float]) -> int:
    """Do it; the rows go, or say why not and when again. One asked for again meanwhile stays."""
    try:
        forget()
    except NotPurgedError as problem:
        tries = max(row.tries for row in batch) + 1
        wait = max(problem.wait, min(LONGEST, 2.0**tries) * random.uniform(0.5, 1.0))  # noqa: S311 (no secret)
        log.warning("%d purges failed, trying again in %.0f s: %s", len(batch), wait, problem)
        with index.opened() as ix:
            ix.run_in(
                "UPDATE bake_purge SET tries = tries + 1, next_try = %s, error = %s WHERE what IN ({})",
                [row.what for row in batch], [now() + wait, str(problem)],
            )  # fmt: skip
        return 0
    with index.opened() as ix:
        ix.many(
            "DELETE FROM bake_purge WHERE what = %s AND asked = %s", [(row.what, row.asked) for row in batch]
        )
    return len(batch)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many purges wait, how many of them have failed, since when the oldest waits, the last reason."""

    waiting: int
    failing: int
    since: float
    error: str


def waiting() -> Waiting:
    """Return what the CDN has not been told yet."""
    ((count, failing, since),) = index.rows(
        "SELECT count(*), count(CASE WHEN tries > 0 THEN 1 END), min(since) FROM bake_purge"
    )
    last = index.rows("SELECT error FROM bake_purge WHERE tries > 0 ORDER BY next_try DESC LIMIT 1")
    return Waiting(count, failing, since or 0.0, last[0][0] if last else "")


class Sender:
    """The worker's chore: sends in a thread of its own, for a CDN that hangs must not hold up a schedule."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None

    def __call__(self, site: SiteFolder) -> None:
        """Begin to send what is due, unless that is being done."""
        if not settings.STANDFIRST.cdn or (self._thread is not None and self._thread.is_alive()):
            return
        self._thread = threading.Thread(target=self._send, args=(site,), name="purges", daemon=True)
        self._thread.start()

    def _send(self, site: SiteFolder) -> None:
        cdn = purger()
        try:
            while cdn is not None and send(site, cdn):
                pass
        except Exception:
            log.exception("purges could not be sent")
        close_old_connections()
