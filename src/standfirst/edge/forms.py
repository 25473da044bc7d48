"""The forms readers may send, as the edge knows them: read from a baked file, written by a renderer.

{"origin": "https://example.org", "forms": {"contact": {"form": {…}, "pages": {"en": {…}}}}}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal
from unicodedata import category
from urllib.parse import parse_qsl

PATH = "/_e/forms.json"
"""Where the file is baked."""
SEND = "/-/send/"
"""What the addresses begin with that forms are sent to: `/-/send/contact/en`."""

Problem = Literal["missing", "long", "wrong"]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a form asks for: at most `most` characters; of several lines, or one of `choices`."""

    name: str
    most: int
    required: bool = False
    lines: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form. `trap` is a field no person sees; what fills it is a program, most likely."""

    fields: tuple[Field, ...]
    trap: str


@dataclass(frozen=True, slots=True)
class Pages:
    """A form's pages in one language: itself, itself with what is wrong, and the word of thanks."""

    form: str
    again: str
    sent: str


@dataclass(frozen=True, slots=True)
class Known:
    """A form and its pages by language."""

    form: Form
    pages: Mapping[str, Pages]


@dataclass(frozen=True, slots=True)
class Book:
    """All forms of a site by name, and the site's own origin, which may send them."""

    origin: str
    forms: Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody sent: values by field, what is wrong with which, whether the trap was filled."""

    values: Mapping[str, str]
    problems: Mapping[str, Problem]
    trapped: bool


class UnreadableError(ValueError):
    """A body that no browser sends."""


def address(name: str, language: str) -> str:
    """Return where a form is sent."""
    return f"{SEND}{name}/{language}"


def encode(book: Book) -> bytes:
    """Return the baked file."""
    return json.dumps(asdict(book), ensure_ascii=False, sort_keys=True).encode()


def decode(data: bytes) -> Book:
    """Return what the baked file says. Raises ValueError, KeyError or TypeError for one that is none."""
    read = json.loads(data)
    return Book(read["origin"], {name: _known(one) for name, one in read["forms"].items()})


def _known(read: dict[str, Any]) -> Known:
    fields = (Field(**{**field, "choices": tuple(field["choices"])}) for field in read["form"]["fields"])
    pages = {language: Pages(**pages) for language, pages in read["pages"].items()}
    return Known(Form(tuple(fields), read["form"]["trap"]), pages)


def fill(form: Form, body: bytes) -> Filled:
    """Return what a body (`application/x-www-form-urlencoded`) says. Raises UnreadableError.

    Of a field sent twice the first counts; fields the form does not have are passed over.
    """
    try:
        text = body.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=50)
    except ValueError as error:
        raise UnreadableError from error
    sent: dict[str, str] = {}
    for name, value in pairs:
        sent.setdefault(name, value)
    values = {field.name: _clean(sent.get(field.name, ""), field.lines) for field in form.fields}
    problems = {field.name: problem for field in form.fields if (problem := _wrong(field, values))}
    return Filled(values, problems, bool(sent.get(form.trap)))


def _wrong(field: Field, values: Mapping[str, str]) -> Problem | None:
    value = values[field.name]
    if not value:
        return "missing" if field.required else None
    if field.choices:
        return None if value in field.choices else "wrong"
    return "long" if len(value) > field.most else None


def _clean(value: str, lines: bool) -> str:
    """Return text without control characters: line breaks as one character, or none at all."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    kept = "\n\t" if lines else ""
    return "".join(
        char if char in kept or category(char) not in ("Cc", "Cs") else " " for char in value
    ).strip()
