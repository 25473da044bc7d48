"""The API described by itself: OpenAPI 3.1, from the endpoints."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import Any

from standfirst.wire.api_v1.endpoints import api
from standfirst.wire.api_v1.once import HEADER
from standfirst.wire.api_v1.problems import MEDIA_TYPE
from standfirst.wire.api_v1.tokens import SCOPES

_SCHEME = "Bearer"

_PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["at", "detail"],
                "properties": {
                    "at": {"type": "string", "description": "A JSON pointer, a parameter or a header."},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}


def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    made: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="")))
    schemas = made["components"]["schemas"]
    for flattened in ("ItemsAsked", "TopicsAsked"):  # stand as parameters of their calls
        del schemas[flattened]
    schemas["Problem"] = _PROBLEM
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for _method, _path, operation in operations(made):
        scope, key = operation.pop("x-scope"), operation.pop("x-key")
        operation["operationId"] = operation["operationId"].rpartition("endpoints_")[2]
        operation["security"] = [{_SCHEME: [scope] if scope else []}]
        operation["responses"]["4XX"] = {"description": "Refused, with what to do", "content": problem}
        operation["responses"]["5XX"] = {"description": "Nothing was done; try again", "content": problem}
        if key:
            operation["parameters"].append(_key(needed=key == "needed"))
    scopes = "; ".join(f"{name}: {words}" for name, words in SCOPES.items())
    made["components"]["securitySchemes"][_SCHEME]["description"] = f"Scopes are {scopes}."
    made["info"]["license"] = {"name": "BSD-3-Clause", "identifier": "BSD-3-Clause"}
    return made


@functools.cache
def text() -> str:
    """Return the document as JSON."""
    return json.dumps(document(), ensure_ascii=False)


def operations(made: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (method, path, operation) of a document."""
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def _key(*, needed: bool) -> dict[str, Any]:
    return {
        "in": "header",
        "name": HEADER,
        "required": needed,
        "schema": {"type": "string", "minLength": 1, "maxLength": 255},
        "description": "A new one for each thing done, the same for each try. Kept for 7 days.",
    }
