"""Templates of a look, checked without drawing: they compile, know what they name, and open no other door."""

from __future__ import annotations

import dataclasses
import importlib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from jinja2 import TemplateSyntaxError, meta, nodes

from standfirst.theme.environment import FOLDER, environment, own_name
from standfirst.theme.ownlook.problems import Problem
from standfirst.theme.strings import DEFAULT

_CONTEXT = re.compile(r"Context:[^#]*?((?:pages|parts)\.\w+\.\w+)")
_REFUSED = re.compile(
    r"<style|\sstyle\s*=|\son\w+\s*=|<script(?![^>]*\ssrc=)(?![^>]*application/ld\+json)", re.I
)
_GIVEN = frozenset({"view", "super", "self", "caller", "varargs", "kwargs", "loop"})


def problems(templates: Mapping[str, str]) -> Iterator[Problem]:
    """Yield what is wrong with templates, by their path below `templates/`."""
    known = environment(DEFAULT)
    for path, source in templates.items():
        if not (FOLDER / path).is_file():
            yield Problem(f"templates/{path}", 0, "the theme has no such template, so nothing would show it")
            continue
        try:
            tree = known.parse(source, path, own_name(path))
            found = [*_names(tree), *_doors(tree), *_views(path, tree)]
        except TemplateSyntaxError as error:  # an unknown filter or test is one too
            found = [(error.lineno, error.message or "cannot be read")]
        for line, what in found:
            yield Problem(f"templates/{path}", line, what)


def completed(path: str, source: str) -> str:
    """Return a template with the macros it leaves out, from the theme's: others import them by its path."""
    try:
        tree = environment(DEFAULT).parse(source)
    except TemplateSyntaxError:
        return source  # `problems` says where
    given = (node for node in tree.body if isinstance(node, nodes.Macro | nodes.Assign))
    here = {name for node in given for name in _set_by(node)}
    left_out = [name for name in offered(path) if name not in here]
    if not left_out:
        return source
    sets = "".join(f"{{% set {name} = _theirs.{name} %}}" for name in left_out)
    return f'{source}{{% import "theme/{path}" as _theirs %}}{sets}'


def context_of(path: str) -> str:
    """Return what a template of the theme says its context is: `pages.front.FrontView`; "" for none."""
    found = _CONTEXT.search((FOLDER / path).read_text("utf-8").split("#}", 1)[0])
    return found[1] if found else ""


@cache
def offered(path: str) -> tuple[str, ...]:
    """Return the macros of a template of the theme, which others import from it; none where there is none."""
    if not (FOLDER / path).is_file():
        return ()
    tree = environment(DEFAULT).parse((FOLDER / path).read_text("utf-8"))
    return tuple(node.name for node in tree.body if isinstance(node, nodes.Macro))


def _names(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Names that nothing gives, and templates that do not exist."""
    unknown = meta.find_undeclared_variables(tree) - _GIVEN - set(_top(tree))
    for name in tree.find_all(nodes.Name):
        if name.name in unknown and name.ctx == "load":
            yield name.lineno, f"{name.name} is unknown here"
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        wanted = getattr(node, "template", None)
        path = str(wanted.as_const()) if isinstance(wanted, nodes.Const) else ""
        if not path or not (FOLDER / path.removeprefix("theme/")).is_file():
            yield node.lineno, f"there is no template {path or 'of a name known beforehand'}"


def _doors(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """What would let text become markup, reach into the program, or be refused by the reader's browser."""
    for node in tree.find_all(nodes.Filter):
        if node.name == "safe":
            yield node.lineno, "text is not made markup here: `safe` is off"
    for switch in tree.find_all((nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)):
        yield switch.lineno, "escaping stays on"
    for reached in tree.find_all(nodes.Getattr):
        if reached.attr.startswith("_"):
            yield reached.lineno, f"{reached.attr} is not for templates"
    for text in tree.find_all(nodes.TemplateData):
        for found in _REFUSED.finditer(text.data):
            line = text.lineno + text.data[: found.start()].count("\n")
            yield line, f"{found[0].strip()}…: readers' browsers refuse style and script within a page"


def _top(tree: nodes.Template) -> Iterator[str]:
    """Names that a template sets outside of its blocks; they are known within them."""
    for node in tree.body:
        yield from _set_by(node)


def _set_by(node: nodes.Node) -> tuple[str, ...]:
    if isinstance(node, nodes.Macro):
        return (node.name,)
    if isinstance(node, nodes.Import):
        return (node.target,)
    if isinstance(node, nodes.FromImport):
        return tuple(name if isinstance(name, str) else name[1] for name in node.names)
    if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
        return (node.target.name,)
    return ()


def _views(path: str, tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Attributes that the view of this page does not have, as deep as its types tell."""
    room, _, name = context_of(path).rpartition(".")
    view = getattr(importlib.import_module(f"standfirst.theme.{room}"), name, None) if room else None
    if view is None or not path.startswith("pages/"):
        return
    for node in tree.find_all(nodes.Getattr):
        chain = _chain(node)
        if chain and chain[0] == "view" and (missing := _missing(view, chain[1:])):
            yield node.lineno, f"{missing} is unknown here: {'.'.join(chain)}"


def _chain(node: nodes.Node) -> tuple[str, ...]:
    """Return `view.frame.meta` as its parts; () for anything but names and attributes."""
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr) and (before := _chain(node.node)):
        return (*before, node.attr)
    return ()


def _missing(kind: Any, chain: tuple[str, ...]) -> str:
    """Return the last of `chain` when it is no attribute of what the others lead to; "" otherwise."""
    for place, name in enumerate(chain):
        if not dataclasses.is_dataclass(kind):
            return ""
        if not hasattr(kind, name) and name not in kind.__dataclass_fields__:
            return name if place == len(chain) - 1 else ""
        kind = _alone(get_type_hints(kind).get(name))
    return ""


def _alone(hint: Any) -> Any:
    """Return `X` of `X | None`; other types as they are."""
    if get_origin(hint) in (Union, UnionType):
        others = [one for one in get_args(hint) if one is not type(None)]
        return others[0] if len(others) == 1 else None
    return hint
