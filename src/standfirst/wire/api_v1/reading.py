"""Reading what was sent: JSON alone, no more of it than an item needs, nothing that was not asked for."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from standfirst.wire.api_v1.problems import Problem

LARGEST = 64 * 1024
"""Bytes of a body. The edge takes more, for other addresses."""


def check_size(request: HttpRequest) -> None:
    """Raise Problem for a body that is too large, before it is read."""
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    if not said.isdecimal() or int(said) > LARGEST:
        raise Problem("too-large", f"A body has {LARGEST} bytes at most.")


class StrictParser(Parser):
    """Reads bodies and queries for django-ninja."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Return the object that was sent. Raises Problem."""
        if request.content_type != "application/json":
            raise Problem("not-json", f"The body came as {request.content_type or 'nothing named'}.")
        try:
            found = json.loads(
                request.body.decode("utf-8"), parse_constant=_refuse, object_pairs_hook=_each_once
            )
            json.dumps(found, ensure_ascii=False).encode("utf-8")  # half of a surrogate pair is no text
        except (ValueError, RecursionError) as error:
            raise Problem("malformed", f"The body is no JSON that can be read: {_words(error)}.") from None
        if not isinstance(found, dict):
            raise Problem("invalid", "The body must be a JSON object.", errors=[("", "must be an object")])
        return found

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """Return the query. One name twice is refused. Raises Problem."""
        if twice := [name for name in data if len(data.getlist(name)) > 1]:
            raise Problem("invalid", "A parameter comes once.", errors=[(twice[0], "comes twice")])
        return dict(data.items())


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON value")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name comes twice in one object")
    return found


def _words(error: BaseException) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} (line {error.lineno}, column {error.colno})"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return "it is not UTF-8" if isinstance(error, UnicodeError) else str(error)
