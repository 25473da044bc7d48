"""Reading an archive's folder without leaving it: plain files in known places, nothing else.

An archive comes from elsewhere. A link in it could point at this machine's secrets, which a picture's
caption would then print; a name could climb out of the folder. Neither is followed.
"""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from standfirst.archive.errors import Problem

MAX_DOCUMENT = 5_000_000  # bytes of JSON
_FOLDERS = ("authors", "feed", "media", "pages", "posts", "stories")
_FILES = ("archive.json", "sections.json", "topics.json")
_NOTES = re.compile(r"^(README|LICEN[CS]E|NOTICE)(\.[a-z]+)?$")
_STRANGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e]")
_KEY = re.compile(r"^[a-z0-9][a-z0-9_-]{0,99}$")


class Folder:
    """The files of an archive. What is wrong with them collects in `problems`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self._check_top()

    def refuse(self, file: str, message: str, place: str = "") -> None:
        self.problems.append(Problem(file, place, message))

    def json(self, name: str) -> Any:
        """Return the JSON value of a file, or None after noting what is wrong with it."""
        if not self.is_plain(name):
            return None
        path = self.root / name
        if path.stat().st_size > MAX_DOCUMENT:
            self.refuse(name, f"larger than {MAX_DOCUMENT:,} bytes; split it or leave it out")
            return None
        try:
            value = json.loads(
                path.read_bytes().decode("utf-8"), parse_constant=_no_constant, object_pairs_hook=_each_once
            )
        except UnicodeDecodeError as error:
            self.refuse(name, f"not UTF-8 at byte {error.start}; save it as UTF-8")
        except json.JSONDecodeError as error:
            self.refuse(name, f"not JSON: {error.msg}", f"line {error.lineno}, column {error.colno}")
        except (ValueError, RecursionError) as error:
            self.refuse(name, f"not JSON: {error}")
        else:
            strange = [*_strange(value)]
            for place, character in strange:
                code = f"U+{ord(character):04X}"
                self.refuse(name, f"has the character {code}, which nobody reads; take it out", place)
            return None if strange else value
        return None

    def documents(self, kind: str) -> Iterator[tuple[str, str]]:
        """Yield (key, file) for each document of a folder, in order of its key."""
        folder = self.root / kind
        if not folder.is_dir() or folder.is_symlink():
            return
        for path in sorted(folder.iterdir()):
            name = f"{kind}/{path.name}"
            if path.suffix != ".json":
                if kind != "media":
                    self.refuse(name, "only documents (*.json) lie here; take it out")
                continue
            if not _KEY.match(path.stem):
                self.refuse(name, "a document's name is its key: lower-case a to z, digits, - and _")
                continue
            yield path.stem, name

    def is_plain(self, name: str) -> bool:
        """Return whether `name` is a regular file of the archive; note what is wrong otherwise."""
        try:
            mode = (self.root / name).lstat().st_mode
        except OSError:
            self.refuse(name, "is not there; put it in")
            return False
        if not stat.S_ISREG(mode):
            self.refuse(name, "not a plain file; links are not followed, so copy the file itself in")
            return False
        return True

    def pictures(self) -> set[str]:
        """Return the names of the files in `media/` that are no documents."""
        folder = self.root / "media"
        if not folder.is_dir() or folder.is_symlink():
            return set()
        return {path.name for path in folder.iterdir() if path.suffix != ".json"}

    def _check_top(self) -> None:
        for path in sorted(self.root.iterdir()):
            known = path.name in _FILES or path.name in _FOLDERS or _NOTES.match(path.name)
            if path.is_symlink():
                self.refuse(path.name, "a link; links are not followed, so copy the thing itself in")
            elif path.name in _FOLDERS and not path.is_dir():
                self.refuse(path.name, "should be a folder")
            elif not known and not path.name.startswith("."):
                self.refuse(path.name, "no part of an archive; see docs/reference/archive, or take it out")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        doubled = next(name for number, (name, _) in enumerate(pairs) if name in dict(pairs[:number]))
        raise ValueError(f"the name {doubled!r} is there twice in one object")
    return found


def _strange(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield (place, character) for each text with a control character, or one that turns text round."""
    if isinstance(value, str):
        if found := _STRANGE.search(value):
            yield place, found[0]
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _strange(one, f"{place}.{name}".lstrip("."))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _strange(one, f"{place}.{number}".lstrip("."))


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON value")
