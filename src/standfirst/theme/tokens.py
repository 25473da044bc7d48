"""The theme's design tokens, read from `styles/tokens.css`: what a newsroom's own look may set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import tinycss2

Kind = Literal["colour", "typeface", "size"]

FILE = Path(__file__).resolve().parent / "styles" / "tokens.css"
DARK = re.compile(r"prefers-color-scheme\s*:\s*dark")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FAMILY = re.compile(r'font-family: "([^"]+)"; src: url\(([a-z0-9-]+\.woff2)\)')


@dataclass(frozen=True, slots=True)
class Token:
    """A custom property of the root. `dark` is its value on a dark ground, the same where nothing is said."""

    name: str
    value: str
    dark: str

    @property
    def kind(self) -> Kind:
        """Return what the token is about, as its own value shows."""
        if _COLOUR.fullmatch(self.value):
            return "colour"
        return "typeface" if '"' in self.value else "size"


@cache
def tokens() -> dict[str, Token]:
    """Return the theme's tokens by name, in their order in the file."""
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for media, name, value in _declarations(FILE.read_text("utf-8")):
        if not media:
            light[name] = value
        elif DARK.search(media):
            dark[name] = value
    return {name: Token(name, value, dark.get(name, value)) for name, value in light.items()}


@cache
def families() -> dict[str, str]:
    """Return which typeface each of the theme's font files belongs to."""
    return {file: family for family, file in _FAMILY.findall(FILE.read_text("utf-8"))}


def _declarations(sheet: str) -> Iterator[tuple[str, str, str]]:
    """Yield (condition, name, value) of every custom property of the root."""
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            yield from _custom("", rule)
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media":
            for inner in tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True):
                yield from _custom(tinycss2.serialize(rule.prelude), inner)


def _custom(media: str, rule: Any) -> Iterator[tuple[str, str, str]]:
    for declared in tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True):
        if declared.type == "declaration" and declared.name.startswith("--"):
            yield media, declared.name, tinycss2.serialize(declared.value).strip()
