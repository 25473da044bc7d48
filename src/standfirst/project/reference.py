"""The generated parts of the reference: commands and configuration, from the code that carries them out."""

from __future__ import annotations

import ast
import inspect
import itertools
from collections.abc import Iterator
from pathlib import Path

import click

from standfirst.archive import schemas as archive_schemas
from standfirst.editions import schemas
from standfirst.project.config import Config
from standfirst.theme.ownlook import reference as look

_NOTE = "<!-- Written by `make docs` from the code; change it there. -->\n\n"


def pages() -> dict[str, str]:
    """Return the generated pages: path below docs/ to text. Django is set up before."""
    from standfirst.wire.api_v1 import reference as api

    return {
        "reference/api.md": _NOTE + api.page(),
        "reference/commands.md": _commands(),
        "reference/configuration.md": _configuration(),
        "reference/look.md": _NOTE + look.page(),
        **archive_schemas.pages(),
    }


def write(docs: Path) -> None:
    """Write the generated pages, and the schemas of public documents, into `docs`."""
    schemas.write(docs / "reference" / "schemas")
    for name, text in pages().items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(text, "utf-8")


def _commands() -> str:
    from standfirst.project.cli import __doc__ as about
    from standfirst.project.cli import cli

    codes = (about or "").split("\n\n")[1].replace("\n", " ")
    return _NOTE + "# Commands\n\n" + codes + "\n" + "".join(_each(cli, "standfirst"))


def _each(group: click.Group, prefix: str) -> Iterator[str]:
    for name, command in sorted(group.commands.items()):
        full = f"{prefix} {name}"
        if isinstance(command, click.Group):
            yield from _each(command, full)
            continue
        arguments = "".join(
            f" {parameter.human_readable_name}{'…' if parameter.nargs == -1 else ''}"
            for parameter in command.params
            if isinstance(parameter, click.Argument)
        )
        yield f"\n## `{full}{arguments}`\n\n{inspect.cleandoc(command.help or '')}\n\n"
        for option in command.params:
            if isinstance(option, click.Option):
                yield f"- `{', '.join(option.opts)}`: {option.help or _plain(option)}\n"


def _plain(option: click.Option) -> str:
    needed = "needed" if option.required else "optional"
    return f"{(option.name or '').replace('_', ' ')}, {needed}"


def _configuration() -> str:
    tree = ast.parse(inspect.getsource(Config))
    words = _field_words(tree)
    rows = "".join(
        f"| `{name}` | `{field.default!r}` | {words.get(name, '')} |\n"
        for name, field in Config.model_fields.items()
    )
    return (
        _NOTE
        + "# Configuration\n\n`standfirst.toml` in the site folder. "
        + "Everything readers see is set on the desk.\n\n"
        + "| setting | default | what it is |\n| --- | --- | --- |\n"
        + rows
    )


def _field_words(tree: ast.Module) -> dict[str, str]:
    """Return each field's docstring: the string that stands below it in the class."""
    (body,) = [node.body for node in tree.body if isinstance(node, ast.ClassDef)]
    words = {}
    for field, below in itertools.pairwise(body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
        ):
            words[field.target.id] = inspect.cleandoc(str(below.value.value)).replace("\n", " ")
    return words
