"""JSON Schemas (2020-12) of every public document type, for whoever reads our records without our code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from standfirst.editions.documents import DOCUMENTS, StoryCard
from standfirst.editions.documents.base import Part

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each document type by kind, and that of the card."""
    found: dict[str, dict[str, Any]] = {}
    types: dict[str, type[Part]] = {**DOCUMENTS, "story-card": StoryCard}
    for kind, cls in types.items():
        made = cls.model_json_schema(mode="serialization")
        version = getattr(cls, "schema_version", 1)
        found[kind] = {"$schema": _DIALECT, "$id": f"{kind}-{version}.json", **made}
    return found


def text(schema: dict[str, Any]) -> str:
    """Return a schema as it stands in its file."""
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write(folder: Path) -> list[Path]:
    """Write every schema to `folder` as KIND.json, remove others; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind, schema in schemas().items():
        file = folder / f"{kind}.json"
        file.write_text(text(schema), "utf-8")
        written.append(file)
    for old in set(folder.glob("*.json")) - set(written):
        old.unlink()
    return written
