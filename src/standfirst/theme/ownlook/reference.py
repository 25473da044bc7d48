"""What a look may set and stand for, from the code itself: the page docs/reference/look.md."""

from __future__ import annotations

import dataclasses
import importlib
import re
from collections.abc import Iterator

from jinja2 import nodes

from standfirst.theme.environment import FOLDER, environment
from standfirst.theme.ownlook.templates import context_of
from standfirst.theme.strings import DEFAULT
from standfirst.theme.tokens import tokens

_HEADER = re.compile(r"\{#\s*(.*?)\s*#\}", re.DOTALL)


def page() -> str:
    """Return the reference of tokens and templates, as Markdown."""
    return (
        "# What a look may change\n\n"
        "How it is done is in [a newsroom's own look](../developers/own-look.md).\n\n"
        "## Tokens\n\n| token | kind | value | on a dark ground |\n| --- | --- | --- | --- |\n"
        + "".join(_tokens())
        + "\n## Templates\n\nA page template is given `view`; a part offers macros, which others import.\n"
        + "".join(_templates())
    )


def template_names() -> list[str]:
    """Return the theme's templates by their path below `templates/`, frame first, then pages, then parts."""
    paths = (file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*.html"))
    return sorted(paths, key=lambda path: ("/" in path, path))


def _tokens() -> Iterator[str]:
    for token in tokens().values():
        dark = f"`{token.dark}`" if token.dark != token.value else ""
        yield f"| `{token.name}` | {token.kind} | `{token.value}` | {dark} |\n"


def _templates() -> Iterator[str]:
    for path in template_names():
        source = (FOLDER / path).read_text("utf-8")
        header = _HEADER.search(source)
        about = " ".join(header[1].split()) if header else ""
        yield f"\n### `{path}`\n\n{about}\n"
        if fields := _fields(context_of(path)):
            yield f"\n`{context_of(path)}` has {fields}.\n"
        for node in environment(DEFAULT).parse(source).body:
            if isinstance(node, nodes.Macro):
                yield f"\n- `{node.name}({_arguments(node)})`"
        yield "\n" if "{% macro" in source else ""


def _fields(context: str) -> str:
    """Return the fields of a view or part; "" where the template says no context of that kind."""
    room, _, name = context.rpartition(".")
    found = getattr(importlib.import_module(f"standfirst.theme.{room}"), name, None) if room else None
    if found is None or not dataclasses.is_dataclass(found):
        return ""
    return ", ".join(f"`{field.name}`" for field in dataclasses.fields(found))


def _arguments(macro: nodes.Macro) -> str:
    """Return the arguments of a macro; those that may be left out end in `=…`."""
    first = len(macro.args) - len(macro.defaults)
    return ", ".join(f"{one.name}=…" if place >= first else one.name for place, one in enumerate(macro.args))
