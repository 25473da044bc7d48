"""Every command that says something says it to programs too."""

from __future__ import annotations

import json
from pathlib import Path

import click

from standfirst.project.cli import cli
from tests.newsroom.system import PASSWORD, newsroom

SILENT = {"serve", "edge-config"}  # one runs until it is stopped, the other writes for a program as it is


def commands(group: click.Group, before: str = "") -> dict[str, click.Command]:
    """Return every command by its words."""
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        words = f"{before} {name}".strip()
        found |= commands(command, words) if isinstance(command, click.Group) else {words: command}
    return found


def test_every_command_has_json() -> None:
    without = {
        words
        for words, command in commands(cli).items()
        if not any("--json" in option.opts for option in command.params)
    }
    assert without == SILENT


def test_accounts_and_erasures_are_told_in_json(tmp_path: Path) -> None:
    with newsroom(tmp_path) as room:
        add = room.run(
            "staff", "add", "mira@example.org", "--role", "publisher", "--password", PASSWORD, "--json"
        )
        assert json.loads(add.stdout) == {"email": "mira@example.org", "name": "", "role": "publisher"}
        refused = room.run(
            "expunge", "request", "/", "--by", "mira@example.org", "--why", "x", "--password", PASSWORD,
            "--json", check=False,
        )  # fmt: skip
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "cannot be withdrawn" in refused.stderr
