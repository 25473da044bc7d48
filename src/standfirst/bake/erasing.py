"""Erasing by law: files that hold certain words go, as soon as no address answers with them.

What was served stays in the log as a path and a hash; the bytes are gone.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from pathlib import Path

from standfirst.bake import checks, index, segments, upkeep
from standfirst.edge import blobs
from standfirst.edge.blobs import BlobError
from standfirst.kit.sitefolder import SiteFolder


def containing(store: Path, texts: Iterable[str]) -> set[str]:
    """Return the names of the blobs in which one of `texts` stands: as it is, escaped for HTML or in JSON.

    Texts alone are read: other pictures bear the same names in their metadata, and stay.
    """
    wanted = {form.encode() for text in texts if text for form in _forms(text)}
    found = set()
    for path in upkeep._blob_files(store) if wanted else ():
        try:
            body = blobs.read(store, path.name).plain
        except (BlobError, OSError):
            continue
        if b"\0" not in body[:512] and any(form in body for form in wanted):
            found.add(path.name)
    return found


def erase(store: Path, names: Iterable[str]) -> set[str]:
    """Remove these blobs; return those that are gone. What an address still answers with stays for now."""
    with index.opened():  # no baker writes a manifest meanwhile
        _, entries = segments.read_all(store)
        named = checks.named_blobs(entries.values())
        gone = set(names) - named.keys()
        for name in gone:
            blobs.blob_path(store, name).unlink(missing_ok=True)
    return gone


def empty_front(site: SiteFolder) -> None:
    """Remove the copies that nginx in front has on disk. It asks the edge for what it misses."""
    for path in site.front_cache.glob("*/*/*"):
        path.unlink(missing_ok=True)


def _forms(text: str) -> set[str]:
    escaped = html.escape(text, quote=False)
    return {
        text, escaped, html.escape(text), escaped.replace('"', "&#34;").replace("'", "&#39;"),
        json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1],
    }  # fmt: skip
