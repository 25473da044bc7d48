"""Reading any edition ever stored as today's type.

A document type's `schema_version` counts up when its stored form changes. For each step there is one pure
function from the JSON of version N to that of N + 1; old bytes are never rewritten. Golden files in
`tests/editions/golden/` hold a stored document of every kind and version.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeAlias

from standfirst.editions.documents import DOCUMENTS, Document
from standfirst.kit.registry import Registry

Upcaster: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]

upcasters: Registry[Upcaster] = Registry("upcaster")
"""`story 1` takes the JSON of a story of version 1 to that of version 2."""


def name(kind: str, version: int) -> str:
    """Return the registered name of the step from `version` to the next."""
    return f"{kind} {version}"


class UnknownDocument(ValueError):
    """A kind or version that this program does not know; a newer one may have written it."""


def document_type(kind: str) -> type[Document]:
    """Return the type of a kind of record. Raises UnknownDocument."""
    try:
        return DOCUMENTS[kind]
    except KeyError:
        raise UnknownDocument(f"no document type {kind!r}; there is: {', '.join(DOCUMENTS)}") from None


def read(kind: str, version: int, stored: bytes) -> Document:
    """Return a stored document as today's type.

    Raises UnknownDocument for a kind or version from the future, ValueError for bytes that do not fit.
    """
    cls = document_type(kind)
    if version == cls.schema_version:
        return cls.model_validate_json(stored)
    if version > cls.schema_version:
        raise UnknownDocument(
            f"a {kind} of version {version} was written by a newer Standfirst (this one knows "
            f"{cls.schema_version}); run that one"
        )
    return cls.model_validate_json(json.dumps(upcast(kind, version, json.loads(stored))))


def upcast(kind: str, version: int, value: dict[str, Any]) -> dict[str, Any]:
    """Return `value` of `version` in today's version. Raises UnknownDocument when a step is missing."""
    for step in range(version, document_type(kind).schema_version):
        if name(kind, step) not in upcasters:
            raise UnknownDocument(f"a {kind} of version {version}: no upcaster from {step} to {step + 1}")
        value = upcasters.get(name(kind, step))(value)
    return value


def _as_it_is(value: dict[str, Any]) -> dict[str, Any]:
    """These versions add fields whose absence says what their default says."""
    return value


for _kind in ("story", "author", "section", "topic", "site", "navigation"):
    upcasters.add(name(_kind, 1), _as_it_is)
for _kind in ("site", "story"):
    upcasters.add(name(_kind, 2), _as_it_is)
