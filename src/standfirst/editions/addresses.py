"""Addresses: who has which path, for ever.

A path is claimed in the transaction that publishes. When its owner leaves it for another, it answers 301 to
the newest one; when its owner goes, 410. It is never given to another owner, except for the files of
pictures, which are named by their content: whoever publishes the same bytes shares the path.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from standfirst.editions import rows
from standfirst.editions.documents import Document, Site
from standfirst.editions.pages import list_rules, page_rules

COMPONENT_BYTES = 180
RESERVED = frozenset(
    (
        "-", "_a", "_c", "_m", "_f", "_e", "text", "feed", "live", "sitemap", "archive", "section", "topic",
        "author",
    )
)  # fmt: skip
"""First components that belong to others than stories; in other languages after the language's prefix."""
_SHARED = "/_m/"
_OF_A_LANGUAGE = ("front/", "month/", "months/", "days/", "feedday/", "feeddays/", "feedtopic/")
"""What the names of lists begin with that have a language for their second word."""


class AddressTaken(ValueError):
    """Another record has the path, or had it: an address is kept for ever."""

    def __init__(self, path: str, owner: str) -> None:
        super().__init__(f"the address {path} belongs to {owner}; choose another")
        self.path = path
        self.owner = owner


class AddressRefused(ValueError):
    """A path that no record of this kind may have. The message says why."""


@dataclass(frozen=True, slots=True)
class Held:
    """One row: what a path is."""

    path: str
    owner: str
    renderer: str
    state: str
    target: str = ""
    language: str = ""


def check(path: str) -> None:
    """Raise AddressRefused for a path that is no clean address."""
    if not path.startswith("/") or "//" in path or "\\" in path:
        raise AddressRefused(f"the address {path!r} is not of the form /word/")
    if path != unicodedata.normalize("NFC", path):
        raise AddressRefused(f"the address {path!r} is not in Unicode's composed form (NFC)")
    for component in path.strip("/").split("/"):
        if component in (".", "..") or any(unicodedata.category(char)[0] == "C" for char in component):
            raise AddressRefused(f"the address {path!r} has a part that browsers read as something else")
        if len(component.encode()) > COMPONENT_BYTES:
            raise AddressRefused(
                f"the address {path!r} has a part of {len(component.encode())} bytes; "
                f"{COMPONENT_BYTES} is the most that file systems and links bear"
            )


def check_story(path: str, language: str, site: Site) -> None:
    """Raise AddressRefused for a path that no story may have."""
    check(path)
    prefix = site.prefix(language) if language in site.languages else "/"
    rest = path.removeprefix(prefix) if path.startswith(prefix) else None
    if rest is None:
        raise AddressRefused(f"the address {path} of a story in {language!r} must start with {prefix}")
    first = rest.split("/")[0]
    if not first:
        raise AddressRefused(f"the address {path} has no word of its own")
    if first in RESERVED or first.startswith("_"):
        raise AddressRefused(f"addresses under {prefix}{first}/ are reserved; choose another than {path}")
    if prefix == "/" and first in site.languages[1:]:
        raise AddressRefused(f"the address {path} is in the part of the site for language {first!r}")


def owner(path: str) -> str | None:
    """Return the record or list that has `path`, or had it; None when nobody ever did."""
    row = rows.one("SELECT owner FROM editions_address WHERE path = %s", [path])
    return None if row is None else str(row[0])


def free(path: str, record: str) -> bool:
    """Return whether `record` may have `path`."""
    return owner(path) in (None, record)


def of(owner: str) -> dict[str, Held]:
    """Return every path an owner has or had."""
    found = rows.rows(
        """SELECT path, owner, renderer, state, target, language FROM editions_address WHERE owner = %s""",
        [owner],
    )
    return {row[0]: Held(*row) for row in found}


def wanted(document: Document, site: Site) -> dict[str, Held]:
    """Return the paths that the rules give a document. Raises AddressRefused, ValueError."""
    found: dict[str, Held] = {}
    for name, rule in page_rules.items():
        if rule.kind != document.kind:
            continue
        for path in rule.paths(document):
            check(path)
            if path in found:
                raise ValueError(f"{found[path].renderer} and {name} both want {path}")
            language = getattr(document, "language", "") or language_of(path, site)
            found[path] = Held(path, document.record, name, "live", language=language)
    return found


def wanted_by_list(name: str, site: Site) -> dict[str, Held]:
    """Return the paths that the rules give a list."""
    found = {}
    language = name.split("/")[1] if name.startswith(_OF_A_LANGUAGE) else ""
    prefix = site.prefix(language) if language else "/"
    for rule_name, rule in list_rules.items():
        path = rule.path(name, prefix) if name.startswith(rule.prefix) else ""
        if path:
            check(path)
            found[path] = Held(path, f"list:{name}", rule_name, "live", language=language or site.language)
    return found


def language_of(path: str, site: Site) -> str:
    """Return the language that a path's prefix says."""
    first = path.split("/")[1] if "/" in path[1:] else ""
    return first if first in site.languages[1:] else site.language


def claim(owner: str, paths: dict[str, Held]) -> set[str]:
    """Give `owner` these paths and no others; return the keys that moved. Raises AddressTaken."""
    have = of(owner)
    changed = [held for path, held in paths.items() if have.get(path) != held]
    for held in changed:
        if held.path not in have:
            _refuse_taken(held)
    keys = {_write(held) for held in changed if not _shared_elsewhere(held)}
    for path, held in have.items():
        if held.state != "moved" and path not in paths:
            keys |= _leave(held, paths)
    return keys


def release(owner: str) -> set[str]:
    """Let every live path of `owner` be gone (410); return the keys that moved."""
    keys = set()
    for held in of(owner).values():
        if held.state != "live":
            continue
        keys.add(_hand_over(held) or _write(_gone(held)))
    return keys


def _refuse_taken(held: Held) -> None:
    other = owner(held.path)
    if other is None or other == held.owner:
        return
    if held.path.startswith(_SHARED) and other.startswith("media:"):
        return
    raise AddressTaken(held.path, other)


def _shared_elsewhere(held: Held) -> bool:
    """Return whether another record serves the same file already."""
    if not held.path.startswith(_SHARED):
        return False
    row = rows.one("SELECT owner, state FROM editions_address WHERE path = %s", [held.path])
    return row is not None and row[0] != held.owner and row[1] == "live"


def _hand_over(held: Held) -> str | None:
    """Give a picture's file that its owner leaves to another picture of the same bytes, if there is one."""
    if not held.path.startswith(_SHARED):
        return None
    row = rows.one(
        "SELECT source FROM editions_reference WHERE target = %s AND source <> %s ORDER BY source",
        [f"address:{held.path}", held.owner],
    )
    return _write(Held(held.path, row[0], held.renderer, "live", "", held.language)) if row else None


def _leave(held: Held, paths: dict[str, Held]) -> set[str]:
    """The owner has gone to another path: this one moved there for ever, and so did what led here."""
    next_ = [new for new in paths.values() if new.renderer == held.renderer]
    same = [new for new in next_ if new.language == held.language]
    target = same[0] if len(same) == 1 else (next_[0] if len(next_) == 1 else None)
    if target is None:
        return {_hand_over(held) or _write(_gone(held))} if held.state == "live" else set()
    earlier = rows.rows("SELECT path FROM editions_address WHERE target = %s", [held.path])
    rows.run("UPDATE editions_address SET target = %s WHERE target = %s", [target.path, held.path])
    moved = Held(held.path, held.owner, held.renderer, "moved", target.path, held.language)
    return {_write(moved), *(f"address:{row[0]}" for row in earlier)}


def _gone(held: Held) -> Held:
    return Held(held.path, held.owner, held.renderer, "gone", "", held.language)


def _write(held: Held) -> str:
    rows.run(
        """INSERT INTO editions_address (path, owner, renderer, state, target, language)
           VALUES (%s, %s, %s, %s, %s, %s)
           ON CONFLICT (path) DO UPDATE SET owner = excluded.owner, renderer = excluded.renderer,
               state = excluded.state, target = excluded.target, language = excluded.language""",
        [held.path, held.owner, held.renderer, held.state, held.target, held.language],
    )
    return f"address:{held.path}"
