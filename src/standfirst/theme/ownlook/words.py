"""Catalogues of a look: other words for messages that the theme has, in any language."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

from standfirst.theme.ownlook.problems import Problem
from standfirst.theme.strings import DEFAULT, FILE, FOLDER

_VALUE = re.compile(r"\{\w+\}")


def problems(words: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield what is wrong with catalogues, by language."""
    for language, body in words.items():
        path = f"strings/{language}.po"
        try:
            Locale.parse(language, sep="-")
            messages = _read(body, language)
        except (UnknownLocaleError, ValueError, PoFileError) as error:
            yield Problem(path, getattr(error, "lineno", 0) or 0, f"cannot be read: {error}")
            continue
        for message in messages:
            if what := _wrong(message):
                yield Problem(path, message.lineno or 0, what)


def _wrong(message: Message) -> str:
    key = _key(message)
    original = _originals().get(key)
    if original is None:
        return f"there is no message {key}"
    if message.pluralizable != original.pluralizable:
        return f"{key} has {'plural forms' if original.pluralizable else 'no plural forms'}"
    for form in _forms(message):
        if not form.strip():
            return f"{key} is empty"
        if strange := set(_VALUE.findall(form)) - set(_VALUE.findall(" ".join(_forms(original)))):
            return f"{key} is given no {', '.join(sorted(strange))}"
    return ""


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _read(body: bytes, language: str) -> list[Message]:
    catalogue = read_po(io.BytesIO(body), locale=language.replace("-", "_"), abort_invalid=True)
    return [message for message in catalogue if message.id]


@cache
def _originals() -> dict[str, Message]:
    body = (FOLDER / DEFAULT / FILE).read_bytes()
    return {_key(message): message for message in _read(body, DEFAULT)}
