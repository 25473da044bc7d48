"""One form for all versions: property names of ninjs 3.1, lists where older versions had other shapes.

ninjs 2.x spells the same properties in lower case (`versioncreated`); items in the wild still carry what 1.x
had (`headline`, `body_xhtml`, `description_text`, `byline`, renditions and associations by name). Each value
keeps the path it came from, so that a message names the place in the sender's own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from standfirst.migration.errors import Path, Refused

_NAMES = """
representationType firstCreated versionCreated contentCreated embargoedUntil pubStatus copyrightHolder
copyrightNotice usageTerms edNote infoSources altIds trustIndicators rightsInfo eventDetails plannedCoverage
contentType charCount wordCount sizeInBytes contactInfo geoJSON langId linkedRights encodedRights
digitalSourceType exclAudience aspectRatio videoCodec frameRate
""".split()
_CANONICAL = {name.lower(): name for name in _NAMES} | {
    "embargoed": "embargoedUntil",
    "mimetype": "contentType",
    "place": "places",
    "person": "people",
    "organisation": "organisations",
    "subject": "subjects",
    "event": "events",
    "object": "objects",
    "genre": "genres",
    "infosource": "infoSources",
    "byline": "by",
    "altid": "altIds",
    "geometry_geojson": "geoJSON",
    "copyright_holder": "copyrightHolder",
    "copyright_notice": "copyrightNotice",
    "version_created": "versionCreated",
    "first_created": "firstCreated",
    "pub_status": "pubStatus",
    "usage_terms": "usageTerms",
}
_OLD_TEXTS = re.compile(r"^(headline|body|description)(?:_(\w+))?$")
_LISTS = {"headline": "headlines", "body": "bodies", "description": "descriptions"}
_TYPES = {"xhtml": "application/xhtml+xml", "html": "text/html", "html5": "text/html", "text": "text/plain"}
_BY_NAME = ("renditions", "associations")
# Surrogate halves and NUL cannot be stored; JSON can spell them.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass
class Normal:
    """An item in the form of 3.1, and where each of its values stood."""

    value: dict[str, Any] = field(default_factory=dict)
    origins: dict[Path, Path] = field(default_factory=dict)

    def origin(self, path: Path) -> Path:
        """Return the sender's path of the value at `path`, or of the nearest part around it that has one."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.origins:
                return (*self.origins[path[:length]], *path[length:])
        return path


def normal(raw: Any) -> Normal:
    """Return `raw`, one item, in the form of ninjs 3.1. Raises Refused for what is no item at all."""
    if not isinstance(raw, dict):
        raise Refused(f"is {_kind(raw)}, not an object")
    result = Normal()
    result.value = _object(raw, (), (), result.origins)
    return result


def _object(raw: dict[str, Any], path: Path, origin: Path, origins: dict[Path, Path]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in raw.items():
        if value is None:
            continue  # many senders write null for "not there"
        key = _CANONICAL.get(name.lower(), name)
        old = _OLD_TEXTS.match(name)
        if old and (isinstance(value, str) or name not in _LISTS):
            _append(made, old, value, (path, (*origin, name)), origins)
        elif key in _BY_NAME and isinstance(value, dict):
            made[key] = _by_name(value, (*path, key), (*origin, name), origins)
        elif key not in made or key == name:
            made[key] = _value(value, (*path, key), (*origin, name), origins)
    if isinstance(made.get("version"), int) and not isinstance(made["version"], bool):
        made["version"] = str(made["version"])  # 1.x and some senders write a number
    return made


def _value(raw: Any, path: Path, origin: Path, origins: dict[Path, Path]) -> Any:
    origins[path] = origin
    if isinstance(raw, str):
        return _UNSTORABLE.sub("\ufffd", raw)
    if isinstance(raw, dict):
        return _object(raw, path, origin, origins)
    if isinstance(raw, list):
        return [_value(one, (*path, n), (*origin, n), origins) for n, one in enumerate(raw)]
    return raw


def _append(
    made: dict[str, Any], old: re.Match[str], value: Any, places: tuple[Path, Path], origins: dict[Path, Path]
) -> None:
    """`body_xhtml` and the like: one more of `bodies`, with the type its name says."""
    (path, origin), key = places, _LISTS[old[1]]
    found = made.setdefault(key, [])
    if not isinstance(found, list):
        return
    content_type = _TYPES.get((old[2] or "").lower(), "")
    text = _value(value, (*path, key, len(found), "value"), origin, origins)
    found.append({"value": text} | ({"contentType": content_type} if content_type else {}))


def _by_name(raw: dict[str, Any], path: Path, origin: Path, origins: dict[Path, Path]) -> list[Any]:
    """1.x had objects by name where later versions have lists with a `name` in each entry."""
    made: list[Any] = []
    for name, value in raw.items():
        for one in value if isinstance(value, list) else [value] if value is not None else []:
            entry = _value(one, (*path, len(made)), (*origin, name), origins)
            made.append({"name": _UNSTORABLE.sub("", name), **entry} if isinstance(entry, dict) else entry)
    return made


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "an array", str: "text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
