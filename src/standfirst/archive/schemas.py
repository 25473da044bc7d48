"""The archive's JSON Schemas, made from the code that reads it."""

from __future__ import annotations

import json
from pathlib import Path

from standfirst.archive.documents import AuthorWords, Manifest, PictureWords, Shelves, StoryWords

SCHEMAS = {
    "archive": Manifest,
    "shelves": Shelves,
    "author": AuthorWords,
    "media": PictureWords,
    "story": StoryWords,
}


def pages() -> dict[str, str]:
    """Return the schemas: path below docs/ to text."""
    return {f"reference/archive/{name}.schema.json": _text(name) for name in SCHEMAS}


def write(docs: Path) -> None:
    """Write the schemas into `docs`."""
    for name, text in pages().items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _text(name: str) -> str:
    schema = SCHEMAS[name].model_json_schema(mode="validation")
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
