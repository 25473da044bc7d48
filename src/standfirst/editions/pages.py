"""Which addresses a record has. Rooms above register a rule; publishing claims what the rules say.

page_rules.add("story-page", PageRule("story", lambda doc: [doc.path]))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from standfirst.editions.documents import Document
from standfirst.kit.registry import Registry


@dataclass(frozen=True, slots=True)
class PageRule:
    """Records of `kind` are drawn by the renderer of this rule's name, at the paths that `paths` gives."""

    kind: str
    paths: Callable[[Document], Iterable[str]]


@dataclass(frozen=True, slots=True)
class ListRule:
    """Lists whose name starts with `prefix` (`month/`) have pages, claimed when the list is first filled.

    `path` takes the list's name and the site's language prefix (`/` or `/uk/`) and returns a path, or ""
    for a list without a page.
    """

    prefix: str
    path: Callable[[str, str], str]


page_rules: Registry[PageRule] = Registry("page rule")
list_rules: Registry[ListRule] = Registry("list rule")
