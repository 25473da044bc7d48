"""Joining the modules of the live feed into one file: small ones are good to read, one is quicker to fetch.

Each becomes a function that returns what it exports. What is exported is never assigned again, so names taken
once stay right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from graphlib import TopologicalSorter

_IMPORT = re.compile(r'^import (?:\{ ([^}]*) \} from )?"\./([a-z]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:const|let|async function\*?|function\*?) ([A-Za-z]+))", re.MULTILINE)


class BundleError(ValueError):
    """A module in a form that is not understood here. The message names it."""


def bundle(modules: Mapping[str, str], entries: Sequence[str]) -> str:
    """Return one module that does what `entries` do, with all they import, each once, in order of need.

    Raises BundleError for an import or export of another form, graphlib.CycleError for modules in a ring.
    """
    needs: dict[str, list[str]] = {}
    waiting = list(entries)
    while waiting:
        name = waiting.pop()
        if name not in needs:
            needs[name] = [found[2] for found in _IMPORT.finditer(modules[name])]
            waiting += needs[name]
    order = TopologicalSorter({name: needs[name] for name in sorted(needs)}).static_order()
    return "".join(_function(name, modules[name]) for name in order)


def _function(name: str, text: str) -> str:
    exported = ", ".join(found[2] for found in _EXPORT.finditer(text))
    body = _EXPORT.sub(r"\1", _IMPORT.sub(_taken, text))
    if re.search(r"^(import|export)\b", body, re.MULTILINE):
        raise BundleError(f"{name}.js: an import or export of a form that is not understood")
    return f"const ${name} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


def _taken(found: re.Match[str]) -> str:
    return f"const {{ {found[1].replace(' as ', ': ')} }} = ${found[2]};\n" if found[1] else ""
