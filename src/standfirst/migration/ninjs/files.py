"""Files of items: one item, an array, `{"items": […]}`, or JSON lines; each item with its place."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from standfirst.migration import errors
from standfirst.migration.errors import Refused

LARGEST = 20 * 1024 * 1024
_SPACE = re.compile(r"[ \t\r\n]*")
_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(frozen=True, slots=True)
class Found:
    """One item in a file: where its text starts and ends, and its path in the file's JSON."""

    file: Path
    start: int
    end: int
    line: int
    path: errors.Path

    def load(self) -> Any:
        """Return the item's JSON value. Raises Refused when the file is no longer as it was."""
        return parse(file_text(self.file)[self.start : self.end])


class BadFile(Exception):
    """A file, or a line of JSON lines, that cannot be read at all."""

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.line = line


@lru_cache(maxsize=2)
def file_text(path: Path) -> str:
    """Return the text of a file of at most LARGEST bytes. Raises BadFile."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise BadFile("is not a file")
        if size > LARGEST:
            raise BadFile(f"has {size / 1024 / 1024:.1f} MB; a file may have 20 MB. Split it.")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror or error}") from error
    if len(data) > LARGEST:
        raise BadFile("has more than 20 MB. Split it.")
    encoding = next((name for bom, name in _BOMS.items() if data.startswith(bom)), json.detect_encoding(data))
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise BadFile(f"is not {encoding} text: byte {error.start} cannot be read") from error


def items(path: Path) -> Iterator[Found | BadFile]:
    """Yield the items of a file in order; a line of JSON lines that cannot be read as a BadFile."""
    try:
        text = file_text(path)
    except BadFile as bad:
        yield bad
        return
    start = _skip(text, 0)
    if start == len(text):
        yield BadFile("is empty")
    elif _is_lines(path, text, start):
        yield from _lines(path, text)
    else:
        yield from _whole(path, text, start)


def parse(text: str) -> Any:
    """Return the JSON value of `text`. Raises Refused for what the standard or sense forbids."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Refused(_said(error)) from error


def locate(text: str, start: int, path: errors.Path) -> int:
    """Return the line of the value at `path` inside the valid JSON value that starts at `start`.

    Where the path leads nowhere it is the line of the last part that exists.
    """
    place = start
    for part in path:
        inner = dict(_members(text, place) if isinstance(part, str) else _numbered(text, place))
        if part not in inner:
            break
        place = inner[part]
    return text.count("\n", 0, place) + 1


def _whole(path: Path, text: str, start: int) -> Iterator[Found | BadFile]:
    inside: errors.Path = ()
    try:
        _decode(text, start)
        members = dict(_members(text, start)) if text[start] == "{" else {}
        if text[start] == "[":
            starts = list(_numbered(text, start))
        elif "items" in members and "uri" not in members and text[members["items"]] == "[":
            starts, inside = list(_numbered(text, members["items"])), ("items",)
        else:
            yield Found(path, start, len(text), text.count("\n", 0, start) + 1, ())
            return
    except BadFile as bad:
        yield bad
        return
    line, counted = 1, 0
    for number, place in starts:
        line, counted = line + text.count("\n", counted, place), place
        yield Found(path, place, _end(text, place), line, (*inside, number))
    if not starts:
        yield BadFile("holds no items")


def _is_lines(path: Path, text: str, start: int) -> bool:
    if path.suffix in (".jsonl", ".ndjson"):
        return True
    if text[start] != "{":
        return False
    try:
        end = _end(text, start)
    except BadFile:
        return False
    return (
        "\n" not in text[start:end] and _skip(text, end) < len(text) and "\n" in text[end : _skip(text, end)]
    )


def _lines(path: Path, text: str) -> Iterator[Found | BadFile]:
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                _decode(line, _skip(line, 0))
                yield Found(path, start, start + len(line), number, ())
            except BadFile as bad:
                yield BadFile(bad.why, number)
        start += len(line) + 1


def _decode(text: str, start: int) -> None:
    """Check that one JSON value and nothing else stands from `start` on. Raises BadFile with the place."""
    try:
        end = _end(text, start)
        if _skip(text, end) != len(text):
            raise json.JSONDecodeError("Extra data", text, _skip(text, end))
    except json.JSONDecodeError as error:
        raise _bad(error) from error


def _end(text: str, start: int) -> int:
    """Return where the JSON value at `start` ends. Raises BadFile."""
    try:
        return int(_DECODER.raw_decode(text, start)[1])
    except json.JSONDecodeError as error:
        raise _bad(error) from error
    except (ValueError, RecursionError) as error:
        raise BadFile(_said(error), text.count("\n", 0, start) + 1) from error


def _bad(error: json.JSONDecodeError) -> BadFile:
    return BadFile(f"is not JSON: {error.msg}, line {error.lineno} column {error.colno}", error.lineno)


def _said(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "is nested too deeply"
    return (
        f"is not JSON: {error}" if isinstance(error, json.JSONDecodeError) else f"is not usable JSON: {error}"
    )


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


_DECODER = json.JSONDecoder(parse_constant=_no_constant)


def _skip(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def _members(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield (name, start of value) of the valid JSON object at `start`; nothing for another value."""
    if text[start] != "{":
        return
    place = _skip(text, start + 1)
    while text[place] != "}":
        name, place = _DECODER.raw_decode(text, place)
        value = _skip(text, _skip(text, place) + 1)
        yield name, value
        place = _skip(text, _end(text, value))
        place = _skip(text, place + 1) if text[place] == "," else place


def _numbered(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield (number, start of value) of the valid JSON array at `start`; nothing for another value."""
    if text[start] != "[":
        return
    place, number = _skip(text, start + 1), 0
    while text[place] != "]":
        yield number, place
        place = _skip(text, _end(text, place))
        place, number = (_skip(text, place + 1) if text[place] == "," else place), number + 1
