"""Writing an archive's folder: documents as a person would write them, all of it at once or not at all."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from standfirst.archive.ledger import Ledger
from standfirst.archive.wiredocuments import ItemWords, PostWords
from standfirst.editions.cleanliness import fields
from standfirst.editions.documents.base import Part

FOLDERS = {"author": "authors", "media": "media", "page": "pages", "story": "stories"}
"""Where the documents of a kind lie that have a file each."""

SHEETS = {"item": "feed", "post": "posts"}
"""Where the documents of a kind lie that share files."""

_LARGEST = 4_000_000  # bytes of such a file; what is read may have a little more


class CannotExport(ValueError):
    """Nothing was written. The message says why and what to do."""


@contextlib.contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Give a folder to write in, for its owner alone; it becomes `target` when the block ends well.

    Raises CannotExport for a target that is there and not empty, or that has no folder to lie in.
    """
    _refuse(target)
    try:
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise CannotExport(f"{target.parent}: {error.strerror}; choose another folder") from error
    try:
        yield draft
        draft.rename(target)  # onto an empty folder too; onto one that has filled meanwhile it fails
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


class NewArchive:
    """An archive that is being written: each document into its file and into the ledger."""

    def __init__(self, root: Path, ledger: Ledger, zone: ZoneInfo) -> None:
        self.root, self.ledger, self.zone = root, ledger, zone
        self.counts: Counter[str] = Counter()

    def put(self, kind: str, key: str, words: Part, content: str = "") -> None:
        """Write a document that has a file of its own; `content` as in `Ledger.note`."""
        self.file(f"{FOLDERS[kind]}/{key}.json", text(words, self.zone))
        self.note(kind, key, words, content)

    def sheets(self, kind: str, name: str, documents: Sequence[ItemWords] | Sequence[PostWords]) -> None:
        """Write documents that share a file, `name`; what does not fit goes into `name-2` and so on."""
        written: list[Any] = []
        size, number = 0, 1
        for words in documents:
            plain = _plain(words, self.zone)
            more = len(_json(plain).encode())
            if written and size + more > _LARGEST:
                self._sheet(kind, name, number, written)
                written, size, number = [], 0, number + 1
            written.append(plain)
            size += more
            self.note(kind, words.key, words)
        self._sheet(kind, name, number, written)

    def _sheet(self, kind: str, name: str, number: int, items: list[Any]) -> None:
        suffix = f"-{number}" if number > 1 else ""
        self.file(f"{SHEETS[kind]}/{name}{suffix}.json", _json({"items": items}))

    def note(self, kind: str, key: str, words: Part, content: str = "") -> None:
        """Count a document, and let the ledger know it."""
        self.ledger.wrote(kind, key, words, content)
        self.counts[kind] += 1

    def file(self, name: str, data: bytes | str) -> None:
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())


def text(words: Part, zone: ZoneInfo) -> str:
    """Return a document as JSON: fields in their order, defaults left out, moments told in `zone`."""
    return _json(_plain(words, zone))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _refuse(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise CannotExport(f"{target} is there already and no folder; choose a new name")
    if target.exists() and any(target.iterdir()):
        raise CannotExport(f"{target} is not empty; choose a new folder")
    if not target.parent.is_dir():
        raise CannotExport(f"{target.parent} is no folder; make it first")


def _plain(value: Any, zone: ZoneInfo) -> Any:
    match value:
        case Part():
            told = [one for one in fields(type(value)) if _is_told(value, one[0])]
            return {name: _field(getattr(value, name), is_html, zone) for name, is_html in told}
        case tuple():
            return [_plain(one, zone) for one in value]
        case datetime():
            return value.astimezone(zone).isoformat()
        case _:
            return value


def _field(value: Any, is_html: bool, zone: ZoneInfo) -> Any:
    plain = _plain(value, zone)
    return _unspelled(plain) if is_html else plain


def _unspelled(html: Any) -> Any:
    """Return HTML with no-break spaces as they are typed, where the sanitiser spells them out."""
    if isinstance(html, list):
        return [_unspelled(one) for one in html]
    return html.replace("&nbsp;", "\u00a0") if isinstance(html, str) else html


def _is_told(part: Part, name: str) -> bool:
    """Return whether a field is written: a block says what it is, and what differs from the default."""
    field = type(part).model_fields[name]
    return name == "type" or field.is_required() or getattr(part, name) != field.get_default()
