"""The page of the reference about the API, from what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from standfirst.wire.api_v1 import description
from standfirst.wire.api_v1.problems import KINDS
from standfirst.wire.api_v1.reading import LARGEST
from standfirst.wire.api_v1.tokens import LONGEST_DAYS, PER_MINUTE, SCOPES

_INTRO = f"""# The API of the wire

At `/-/api/v1/` on the readers' host; `/-/api/v1/openapi.json` says the same to programs (OpenAPI 3.1).
How to begin is in [operators/api.md](../operators/api.md).

Each call carries `Authorization: Bearer sf_…`. A token is good for {LONGEST_DAYS} days at most and for
{PER_MINUTE} calls a minute. Bodies are JSON, {LARGEST // 1024} KiB at most; fields that are not named here
are refused. Instants are RFC 3339. Refusals of the newsroom are told in the language of `Accept-Language`
(`en`, `uk`, `ar`), all else in English.

"""


def page() -> str:
    """Return the page, in Markdown."""
    made = description.document()
    return "".join(
        [
            _INTRO,
            "## Scopes\n\n| scope | may |\n| --- | --- |\n",
            *(f"| `{name}` | {words} |\n" for name, words in SCOPES.items()),
            "\n## Calls\n",
            *_calls(made),
            "\n## What is sent and what comes back\n",
            *_schemas(made),
            "\n## Problems\n\nErrors are `application/problem+json` (RFC 9457). `type` is "
            "`urn:problem-type:standfirst:` and a name:\n\n| name | status | title | what to do |\n"
            "| --- | --- | --- | --- |\n",
            *(f"| `{name}` | {one.status} | {one.title} | {one.advice} |\n" for name, one in KINDS.items()),
        ]
    )


def _calls(made: dict[str, Any]) -> Iterator[str]:
    base = made["servers"][0]["url"]
    for method, path, operation in description.operations(made):
        scope = operation["security"][0]["Bearer"]
        yield f"\n### `{method} {base}{path}`\n\n{operation['description']}\n\n"
        yield f"Scope: {f'`{scope[0]}`' if scope else 'any token'}. "
        status, answer = next(iter(operation["responses"].items()))
        sent = operation.get("requestBody", {"required": False})
        if sent["required"]:
            yield f"Body: {_type(sent['content']['application/json']['schema'])}. "
        yield f"Answer: {status}, {_type(answer['content']['application/json']['schema'])}.\n"
        parameters = [one for one in operation["parameters"] if one["in"] != "path"]
        if parameters:
            yield "\n"
        for one in parameters:
            needed = "needed" if one["required"] else "optional"
            words = one.get("description", "")
            yield f"- `{one['name']}` ({one['in']}, {needed}): {_type(one['schema'])}{_sentence(words)}\n"


def _schemas(made: dict[str, Any]) -> Iterator[str]:
    for name, schema in sorted(made["components"]["schemas"].items()):
        if not schema.get("properties"):
            continue
        yield f"\n### {name}\n\n{schema.get('description', '')}\n\n| field | | |\n| --- | --- | --- |\n"
        for field, what in schema["properties"].items():
            needed = " (needed)" if field in schema.get("required", ()) and "default" not in what else ""
            yield f"| `{field}`{needed} | {_type(what)} | {what.get('description', '')} |\n"


def _type(schema: dict[str, Any]) -> str:
    """Return a schema in a few words; "" for none."""
    if "anyOf" in schema:
        return " or ".join(filter(None, map(_type, schema["anyOf"])))
    if "$ref" in schema:
        return f"[{(name := schema['$ref'].rpartition('/')[2])}](#{name.lower()})"
    if "enum" in schema:
        return ", ".join(f"`{one}`" for one in schema["enum"])
    kind = str(schema.get("type", ""))
    if kind == "array":
        most = f", {schema['maxItems']} at most" if "maxItems" in schema else ""
        return f"list of {_type(schema['items'])}{most}"
    most = f", {schema['maxLength']} characters at most" if "maxLength" in schema else ""
    return kind + most + (f" ({schema['format']})" if "format" in schema else "")


def _sentence(words: str) -> str:
    return f". {words}" if words else ""
