"""The archive's JSON Schemas, made from the code that reads it."""

from __future__ import annotations

import json

from standfirst.archive.documents import AuthorWords, Manifest, PageWords, PictureWords, Shelves, StoryWords
from standfirst.archive.wiredocuments import Feed, Posts
from standfirst.editions.documents.base import Part

SCHEMAS: dict[str, type[Part]] = {
    "archive": Manifest,
    "shelves": Shelves,
    "author": AuthorWords,
    "media": PictureWords,
    "story": StoryWords,
    "page": PageWords,
    "feed": Feed,
    "posts": Posts,
}


def pages() -> dict[str, str]:
    """Return the schemas: path below docs/ to text."""
    return {f"reference/archive/{name}.schema.json": _text(name) for name in SCHEMAS}


def _text(name: str) -> str:
    schema = SCHEMAS[name].model_json_schema(mode="validation")
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
