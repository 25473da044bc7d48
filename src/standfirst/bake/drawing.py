"""Drawing: from an address to its manifest entry, through a recording reader. Only blobs are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from standfirst.bake import keys
from standfirst.bake.reading import Page, RecordingReader, Source
from standfirst.bake.registry import GONE, Rendered, patient, renderers
from standfirst.bake.store import BlobWriter
from standfirst.edge.manifest import Entry, Removal

STEPS = 4
"""How many ends of a page are baked ahead, one after the other: flags of several items on one page."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One path, drawn: what it answers and what that hangs on. `error` says why it could not be drawn."""

    path: str
    keys: frozenset[str]
    entry: Entry | None = None
    renderer: str = ""
    fingerprint: str = ""
    changes_at: float | None = None
    newest: float = 0.0
    error: str = ""


def draw(path: str, source: Source, as_of: datetime, seq: int, blobs: BlobWriter, *, served: bool) -> Drawn:
    """Draw `path` from the open snapshot. A renderer that fails gives a `Drawn` with its error."""
    read = {keys.address(path)}
    try:
        page = source.page(path) or _nothing(path, served=served)
        if page is None:
            return Drawn(path, frozenset(read))
        if page.state == "moved":
            entry = Entry(path, 301, content_type="", seq=seq, location=page.target)
            return Drawn(path, frozenset(read), entry, renderer="moved")
        return _draw(page, source, as_of, seq, blobs, read)
    except OSError:
        raise  # the disk, not the page: the whole batch stops
    except Exception as error:  # noqa: BLE001 - whatever a renderer does wrong, the other pages go on
        return Drawn(path, frozenset(read), error=f"{type(error).__name__}: {error}"[:2000])


def can_wait(path: str, source: Source) -> bool:
    """Return whether `path` is drawn by a renderer that can wait until all pages are baked."""
    page = source.page(path)
    return page is not None and page.state == "live" and page.renderer in patient


def render(page: Page, reader: RecordingReader) -> tuple[Rendered, str]:
    """Return what the page's renderer makes of it, and the renderer's fingerprint."""
    renderer = renderers.get(GONE if page.state == "gone" else page.renderer)
    return renderer.render(page, reader), renderer.fingerprint


def _draw(page: Page, source: Source, as_of: datetime, seq: int, blobs: BlobWriter, read: set[str]) -> Drawn:
    reader = RecordingReader(source, as_of, files=blobs.read)
    reader.keys = read  # so that a failure leaves behind what was read until then
    try:
        rendered, fingerprint = render(page, reader)
    except Exception:
        if page.state != "gone":
            raise
        rendered, fingerprint = Rendered(b"410", content_type="text/plain"), ""  # gone is gone, drawn or not
    blob = _blob(rendered, blobs)
    status = 410 if page.state == "gone" and rendered.status == 200 else rendered.status
    entry = Entry(
        page.path, status, blob, rendered.content_type, seq, rendered.cache,
        keys=rendered.surrogate_keys, removal=_removal(page, source, reader, blobs, blob, status),
    )  # fmt: skip
    changes = reader.changes_at.timestamp() if reader.changes_at else None
    name = GONE if page.state == "gone" else page.renderer
    newest = reader.newest.timestamp() if reader.newest else 0.0
    return Drawn(page.path, frozenset(read), entry, name, fingerprint, changes, newest)


def _removal(
    page: Page,
    source: Source,
    reader: RecordingReader,
    blobs: BlobWriter,
    blob: str,
    status: int,
    *,
    steps: int = STEPS,
) -> Removal | None:
    """Draw the page as it will be once what ends has ended; the edge puts it there by itself."""
    if reader.removal_at is None or steps == 0:
        return None
    later = RecordingReader(source, reader.removal_at, files=blobs.read)
    later.keys = reader.keys
    successor, _ = render(page, later)
    after = _blob(successor, blobs)
    then = _removal(page, source, later, blobs, after, successor.status, steps=steps - 1)
    if (after, successor.status) == (blob, status):
        return then
    return Removal(reader.removal_at.timestamp(), successor.status, after, then)


def _blob(rendered: Rendered, blobs: BlobWriter) -> str:
    if not rendered.blob:
        return blobs.put(rendered.body, rendered.content_type)
    if not blobs.has(rendered.blob):
        raise LookupError(f"the store has no whole blob {rendered.blob}")
    return rendered.blob


def _nothing(path: str, *, served: bool) -> Page | None:
    """An address that nobody has any more: gone for those who were given something there."""
    return Page(path, owner="", renderer=GONE, state="gone") if served else None


def entry_digest(entry: Entry) -> str:
    """Return a digest of all that an edge answers from, so of all but the sequence number."""
    parts = (
        entry.status, entry.blob, entry.content_type, entry.cache, entry.location, entry.keys,
        *((removal.at, removal.status, removal.blob) for removal in entry.removals()),
    )  # fmt: skip
    return sha256(repr(parts).encode()).hexdigest()[:32]


def instant(seconds: float) -> datetime:
    """Return Unix seconds as an aware instant in UTC."""
    return datetime.fromtimestamp(seconds, UTC)
