"""The standard's own schemas, as IPTC publishes them, decide what is a wrong type."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from standfirst.migration.errors import Path, Refused, pointer
from standfirst.migration.ninjs.normal import Normal

VERSIONS = ("3.0", "3.1")

# What we make something of. Faults elsewhere are told but stop nothing.
_READ = set(
    "uri type representationType version firstCreated versionCreated embargoedUntil pubStatus copyrightHolder"
    " copyrightNotice usageTerms edNote language descriptions bodies headlines subjects infoSources title by"
    " slugline located renditions associations genres".split()
)
_TOLERATED = {"unevaluatedProperties", "additionalProperties", "format", "oneOf", "minimum", "maximum"}
_KINDS = {"string": "text", "integer": "a whole number", "array": "a list", "object": "an object",
          "number": "a number"}  # fmt: skip


def check(item: Normal) -> list[str]:
    """Check `item` against the schema of its version; return notes. Raises Refused at the first fault."""
    notes = []
    for error in _errors(item.value):
        path: Path = tuple(error.absolute_path)
        if _is_real(error, path):
            raise Refused(_said(error), path)
        if error.validator in ("unevaluatedProperties", "additionalProperties"):
            continue  # extensions of the sender
        notes.append(f"{pointer(item.origin(path)) or '/'}: {_said(error)}")
    return notes


def _errors(value: dict[str, Any]) -> Iterator[jsonschema.ValidationError]:
    standard = value.get("standard")
    version = standard.get("version") if isinstance(standard, dict) else ""
    validator = _validator("3.0" if version == "3.0" else "3.1")
    yield from sorted(
        validator.iter_errors(value), key=lambda error: [str(part) for part in error.absolute_path]
    )


def _is_real(error: jsonschema.ValidationError, path: Path) -> bool:
    """Return whether a fault is in what we read, so that it cannot be read as it was meant."""
    if not path or path[0] not in _READ or error.validator in _TOLERATED:
        return False
    if error.validator == "required" and path[0] in ("associations", "renditions"):
        return False  # names that we can do without
    return not any(part in ("contactInfo", "geoJSON", "poi", "representationType") for part in path)


@cache
def _validator(version: str) -> jsonschema.Draft202012Validator:
    text = files(__package__).joinpath("schemas", f"ninjs-schema_{version}.json").read_text("utf-8")
    # Whatever the schema refers to elsewhere is not fetched: an empty schema stands in for it.
    anything = Resource.from_contents({}, default_specification=DRAFT202012)
    registry: Registry[Any] = Registry(retrieve=lambda _uri: anything)  # type: ignore[call-arg]
    return jsonschema.Draft202012Validator(json.loads(text), registry=registry)


def _said(error: jsonschema.ValidationError) -> str:
    if error.validator == "type":
        return f"must be {_KINDS.get(str(error.validator_value), error.validator_value)}"
    allowed: Any = error.validator_value
    if error.validator == "enum":
        return f"is {str(error.instance)[:60]!r}; it may be {', '.join(map(str, allowed))}"
    if error.validator == "required":
        given: Any = error.instance
        missing = [name for name in allowed if name not in given]
        return f"has no {' and no '.join(missing)}"
    return error.message[:200]
