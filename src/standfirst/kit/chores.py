"""What a worker does again and again. Rooms add theirs; the worker's own loop knows none by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from standfirst.kit.registry import Registry
from standfirst.kit.sitefolder import SiteFolder


@dataclass(frozen=True, slots=True)
class Chore:
    """Done every so many seconds; 0 is whenever the worker comes round, and must be quick then."""

    every: float
    do: Callable[[SiteFolder], object]


chores: Registry[Chore] = Registry("chore")
