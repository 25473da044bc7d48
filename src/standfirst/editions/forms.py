"""The other forms of a page, which it names in its head: a feed of a section, of an author, of the site.

Rooms register what they offer; the theme reads it. The forms of a record stand below its own address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from standfirst.kit.registry import Registry


@dataclass(frozen=True, slots=True)
class Form:
    """Records of `kind` also come as `media_type`, at the address that `path` makes of the record's own.

    `words` is the key of its name in the theme's catalogues.
    """

    kind: str
    media_type: str
    words: str
    path: Callable[[str], str]


forms: Registry[Form] = Registry("form")


def forms_of(kind: str, path: str) -> tuple[tuple[Form, str], ...]:
    """Return the forms of a record and their addresses, in order of registration."""
    return tuple((form, form.path(path)) for _, form in forms.items() if form.kind == kind)
