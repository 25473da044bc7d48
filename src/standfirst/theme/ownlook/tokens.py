"""`tokens.css`: other values for the theme's tokens, and typefaces of the newsroom's own.

On paper, colours and sizes stay the theme's, which are made for it; typefaces are the newsroom's there too.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import tinycss2

from standfirst.theme import colours
from standfirst.theme.look import Face
from standfirst.theme.ownlook.css import Css
from standfirst.theme.ownlook.files import TOKENS
from standfirst.theme.ownlook.problems import Problem
from standfirst.theme.tokens import DARK, Token, tokens

ENOUGH = 4.5
"""Contrast that text needs (WCAG 2.2, 1.4.3)."""

READ_ON_PAPER = ("--ink", "--quiet", "--accent", "--signal")

_CONDITION = re.compile(
    r"screen|print|all"
    r"|\((?:min|max)-width\s*:\s*[\d.]+(?:rem|em|px)\)"
    r"|\(prefers-(?:color-scheme\s*:\s*(?:dark|light)|contrast\s*:\s*(?:more|less))\)"
)
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_PARTS = {
    "typeface": frozenset({"string", "ident", "literal", "whitespace"}),
    "size": frozenset({"dimension", "number", "percentage", "literal", "whitespace", "() block", "ident"}),
}
_SIZES = frozenset({"calc", "clamp", "min", "max", "var"})
_DESCRIPTORS = frozenset(
    "font-family src font-weight font-style font-stretch font-display unicode-range size-adjust "
    "ascent-override descent-override line-gap-override font-feature-settings font-variation-settings".split()
)


@dataclass(slots=True)
class _Set:
    """What the file says under one condition; "" is none. Values and lines by token."""

    condition: str
    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def holds(self, *, dark: bool) -> bool:
        """Return whether it may hold on a screen whose ground is dark, or is light."""
        if "print" in self.condition:
            return False
        return "color-scheme" not in self.condition or bool(DARK.search(self.condition)) is dark


class TokensFile(Css):
    """The file, read: `style` for readers, `values` outside of conditions, `faces`, `problems`."""

    def __init__(self, text: str, addresses: Mapping[str, str]) -> None:
        super().__init__(TOKENS, addresses)
        self.faces: list[Face] = []
        self._face_rules: list[str] = []
        self._sets = [_Set("")]
        for rule in self.parsed(text):
            self._rule(rule)
        self.problems += self._contrasts()

    @property
    def values(self) -> dict[str, str]:
        return self._sets[0].values

    @property
    def style(self) -> str:
        """Return the CSS; `html:root` is stronger than the theme's own `:root`, wherever that stands."""
        lasting = {name: v for name, v in self.values.items() if tokens()[name].kind == "typeface"}
        rest = {name: v for name, v in self.values.items() if name not in lasting}
        shown = [_Set("", rest), *self._sets[1:]]
        screen = "".join(_block(one) for one in shown if "print" not in one.condition)
        paper = "".join(_block(one) for one in shown if "print" in one.condition)
        on_screen = f"@media not print{{{screen}}}" if screen else ""
        return "".join((*self._face_rules, _block(_Set("", lasting)), on_screen, paper))

    def _rule(self, rule: Any) -> None:
        if rule.type == "qualified-rule":
            self._root(rule, self._sets[0])
        elif rule.lower_at_keyword == "font-face" and rule.content is not None:
            self._face(rule)
        elif rule.lower_at_keyword == "media" and rule.content is not None:
            self._media(rule)
        else:
            self.say(rule, f"@{rule.at_keyword} has no place here; there is @media and @font-face")

    def _media(self, rule: Any) -> None:
        condition = " ".join(tinycss2.serialize(rule.prelude).split())
        if not all(_CONDITION.fullmatch(part.strip()) for part in condition.split(" and ")):
            self.say(rule, f"@media {condition}: tokens hang on width, print, dark or contrast alone")
        found = _Set(condition)
        for inner in self.sound(
            tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        ):
            if inner.type == "qualified-rule":
                self._root(inner, found)
            else:
                self.say(inner, f"@{inner.at_keyword} has no place within @media here")
        self._sets.append(found)

    def _root(self, rule: Any, into: _Set) -> None:
        if tinycss2.serialize(rule.prelude).strip() != ":root":
            self.say(rule, "only :root { … } stands here; rules for anything else go into site.css")
            return
        for declared in self._declared(rule):
            token = tokens().get(declared.name)
            if token is None:
                self.say(declared, _unknown(declared.name))
            elif problem := _misfit(token, declared):
                self.say(declared, problem)
            else:
                into.values[token.name] = self.css(declared.value)
                into.lines[token.name] = declared.source_line

    def _declared(self, rule: Any) -> Iterator[Any]:
        for node in self.sound(
            tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        ):
            if node.type == "declaration" and not node.important:
                yield node
            else:
                self.say(node, "only NAME: VALUE; stands here, without !important")

    def _face(self, rule: Any) -> None:
        found = {}
        for declared in self._declared(rule):
            if declared.lower_name not in _DESCRIPTORS:
                self.say(declared, f"{declared.name} is nothing that @font-face knows")
            found[declared.lower_name] = declared
        files = [name for node in found["src"].value if (name := _file(node))] if "src" in found else []
        if not files or "font-family" not in found:
            self.say(rule, "a typeface needs font-family and src: url(NAME.woff2)")
            return
        written = {name: self.css(declared.value) for name, declared in found.items()}
        body = ";".join(f"{name}:{value}" for name, value in ({"font-display": "swap"} | written).items())
        self._face_rules.append(f"@font-face{{{body}}}")
        if written.get("font-style", "normal") == "normal" and files[0] in self.addresses:
            ranges = found["unicode-range"].value if "unicode-range" in found else ()
            codes = tuple((node.start, node.end) for node in ranges if node.type == "unicode-range")
            self.faces.append(Face(written["font-family"].strip("\"'"), files[0], codes))

    def _contrasts(self) -> Iterator[Problem]:
        """Yield what could not be read, on light ground and on dark: a colour set once counts for both."""
        for dark in (False, True):
            theirs = {name: token.dark if dark else token.value for name, token in tokens().items()}
            lines: dict[str, int] = {}
            for one in self._sets:
                if one.holds(dark=dark):
                    theirs |= one.values
                    lines |= one.lines
            for name in READ_ON_PAPER:
                line = lines.get(name) or lines.get("--paper")
                ratio = colours.contrast(theirs[name], theirs["--paper"])
                if line and ratio < ENOUGH:
                    yield Problem(TOKENS, line, _faint(name, theirs, ratio, dark=dark))
            if "--accent" not in lines and _nearer(theirs["--paper"], dark=dark):
                ground = "lighter than the theme's dark one" if dark else "darker than the theme's"
                what = (
                    f"--paper {theirs['--paper']} is {ground}; set --accent too, the desk's is made for that"
                )
                yield Problem(TOKENS, lines["--paper"], what)


def _nearer(paper: str, *, dark: bool) -> bool:
    """Return whether a ground is nearer to the colours on it than the theme's own."""
    far, theirs = ("#ffffff", tokens()["--paper"].dark) if dark else ("#000000", tokens()["--paper"].value)
    return colours.contrast(paper, far) < colours.contrast(theirs, far)


def _faint(name: str, values: Mapping[str, str], ratio: float, *, dark: bool) -> str:
    where = " on a dark ground; set both in @media (prefers-color-scheme: dark)" if dark else ""
    return (
        f"{name} {values[name]} on --paper {values['--paper']} has {ratio:.1f} to 1, "
        f"and text needs {ENOUGH} to 1{where}"
    )


def _block(one: _Set) -> str:
    if not one.values:
        return ""
    body = ";".join(f"{name}:{value}" for name, value in one.values.items())
    root = f"html:root{{{body}}}"
    return f"@media {one.condition}{{{root}}}" if one.condition else root


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, tokens(), 1)
    return f"{name} is no token; " + (
        f"is it {near[0]}?" if near else "docs/developers/own-look.md lists them"
    )


def _misfit(token: Token, declared: Any) -> str:
    """Return why a value does not fit a token; "" when it does."""
    value = tinycss2.serialize(declared.value).strip()
    if token.kind == "colour":
        return "" if _HEX.fullmatch(value) else f"{token.name}: a colour is # and six digits, not {value}"
    for node in declared.value:
        if node.type == "function" and token.kind == "size" and node.lower_name in _SIZES:
            continue
        if node.type not in _PARTS[token.kind]:
            return f"{token.name}: {node.serialize()} is not for a {token.kind}"
    return "" if value else f"{token.name} has no value"


def _file(node: Any) -> str:
    """Return the name of the file that a part of `src` fetches; "" for any other part."""
    if node.type == "url":
        return str(node.value).removeprefix("fonts/")
    if node.type == "function" and node.lower_name == "url":
        named = (str(one.value) for one in node.arguments if one.type == "string")
        return next(named, "").removeprefix("fonts/")
    return ""
