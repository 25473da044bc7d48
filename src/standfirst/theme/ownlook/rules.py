"""`site.css`: rules of the newsroom's own, which stand after all of the theme's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import tinycss2

from standfirst.theme.ownlook.css import Css
from standfirst.theme.ownlook.files import RULES
from standfirst.theme.tokens import tokens

_GROUPS = frozenset({"media", "supports", "container", "layer"})
_OTHERS = frozenset({"keyframes", "page", "counter-style"})
_SET_BY_THE_THEME = frozenset({"--x", "--y"})  # the point of a picture to keep


class RulesFile(Css):
    """The file, read: `style` for readers, and `problems`."""

    def __init__(self, text: str, addresses: Mapping[str, str]) -> None:
        super().__init__(RULES, addresses)
        rules = self.parsed(text)
        self._rules(rules)
        known = set(tokens()) | _SET_BY_THE_THEME | set(_custom(rules))
        for node in _variables(rules):
            name = node.arguments[0].value if node.arguments and node.arguments[0].type == "ident" else ""
            if name not in known:
                self.say(node, f"var({name}) is set nowhere")
        self.style = "".join(self._one(rule) for rule in rules)

    def _rules(self, rules: Iterable[Any]) -> None:
        for rule in rules:
            if rule.type == "qualified-rule":
                self.sound(tinycss2.parse_blocks_contents(rule.content))
            elif rule.lower_at_keyword in _GROUPS and rule.content is not None:
                inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                self._rules(self.sound(inner))
            elif rule.lower_at_keyword == "font-face":
                self.say(rule, "@font-face goes into tokens.css")
            elif rule.lower_at_keyword not in _OTHERS or rule.content is None:
                self.say(rule, f"@{rule.at_keyword} has no place here")

    def _one(self, rule: Any) -> str:
        """Return a rule as readers get it."""
        head = self.css(rule.prelude)
        if rule.type == "at-rule":
            head = f"@{rule.at_keyword} {head}"
        return f"{head}{{{self.css(rule.content or ())}}}"


def _walk(nodes: Iterable[Any]) -> Iterator[Any]:
    for node in nodes:
        yield node
        for part in ("prelude", "content", "arguments"):
            yield from _walk(getattr(node, part, None) or ())


def _variables(rules: Iterable[Any]) -> Iterator[Any]:
    return (node for node in _walk(rules) if node.type == "function" and node.lower_name == "var")


def _custom(rules: Iterable[Any]) -> Iterator[str]:
    """Yield the names of custom properties that the file itself sets, and of some it only uses in var()."""
    inside = {id(one) for node in _variables(rules) for one in node.arguments}
    for node in _walk(rules):
        if node.type == "ident" and node.value.startswith("--") and id(node) not in inside:
            yield node.value
