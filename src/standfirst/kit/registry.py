"""A registry: rooms above add to it when the program starts, rooms below read it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Named things of one type. Adding the same name twice is an error: two rooms would fight over it."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._items: dict[str, T] = {}

    def add(self, name: str, item: T) -> T:
        """Add `item` as `name` and return it. Raises ValueError when the name is taken."""
        if name in self._items:
            raise ValueError(f"{self._what} {name!r} is registered already")
        self._items[name] = item
        return item

    def get(self, name: str) -> T:
        """Return the item called `name`. Raises LookupError, naming those that exist."""
        try:
            return self._items[name]
        except KeyError:
            known = ", ".join(sorted(self._items)) or "none"
            raise LookupError(f"no {self._what} {name!r}; there is: {known}") from None

    def items(self) -> Iterator[tuple[str, T]]:
        """Yield (name, item) in order of registration."""
        yield from self._items.items()

    def __contains__(self, name: object) -> bool:
        return name in self._items

    @contextlib.contextmanager
    def temporarily(self, name: str, item: T) -> Iterator[T]:
        """Register, or replace, `item` for the length of a `with` block; for tests."""
        missing = object()
        before = self._items.get(name, missing)
        self._items[name] = item
        try:
            yield item
        finally:
            if before is missing:
                del self._items[name]
            else:
                self._items[name] = before  # type: ignore[assignment]
