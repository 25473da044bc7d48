"""What tokens and rules of a look have in common: a style sheet reaches nothing but files of the look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import tinycss2

from standfirst.theme.ownlook.problems import Problem

MOST = 16_000
"""Bytes of CSS that a look may add: every reader fetches them before the first line is drawn."""

_REACHING = frozenset("image-set -webkit-image-set image cross-fade src element expression paint".split())
"""Functions that fetch, besides url(), which is checked."""


class Css:
    """A style sheet of a look while it is read. `addresses` are those of the look's files, by name."""

    def __init__(self, path: str, addresses: Mapping[str, str]) -> None:
        self.path = path
        self.addresses = addresses
        self.problems: list[Problem] = []

    def say(self, node: Any, what: str) -> None:
        """Note a problem where `node` stands."""
        self.problems.append(Problem(self.path, node.source_line, what))

    def parsed(self, text: str) -> list[Any]:
        """Return the rules of a sheet; what is no rule is noted and left out."""
        return self.sound(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))

    def sound(self, nodes: Iterable[Any]) -> list[Any]:
        """Return `nodes` without those the parser could not read, which are noted."""
        kept = []
        for node in nodes:
            if node.type == "error":
                self.say(node, f"this cannot be read: {node.message}")
            else:
                kept.append(node)
        return kept

    def css(self, nodes: Iterable[Any]) -> str:
        """Return CSS with addresses in place of the names of files, in as little white space as goes."""
        kept = list(nodes)
        self._settle(kept)
        return str(tinycss2.serialize(kept)).strip()

    def _settle(self, nodes: Iterable[Any]) -> None:
        for node in nodes:
            if node.type == "url":
                node.representation = f"url({self._address(node, node.value)})"
            elif node.type == "function":
                self._settle_function(node)
            elif node.type == "whitespace":
                node.value = " "
            elif node.type == "error":
                self.say(node, f"this cannot be read: {node.message}")
            elif getattr(node, "content", None) is not None:  # a block: {…}, (…) or […]
                self._settle(node.content)

    def _settle_function(self, node: Any) -> None:
        if node.lower_name in _REACHING:
            self.say(node, f"{node.lower_name}() may fetch from elsewhere; use url() with a file of the look")
        if node.lower_name != "url":
            self._settle(node.arguments)
            return
        for argument in node.arguments:
            if argument.type == "string":
                argument.representation = f'"{self._address(argument, argument.value)}"'

    def _address(self, node: Any, name: str) -> str:
        """Return the address of a file of the look; note a name that is none."""
        bare = name.strip().removeprefix("fonts/").removeprefix("files/")
        if bare in self.addresses:
            return self.addresses[bare]
        if "/" in bare or ":" in bare:
            self.say(node, f"url({name}) leads elsewhere; it may name files in look/fonts and look/files")
        else:
            self.say(node, f"url({name}): there is no such file in look/fonts or look/files")
        return ""
