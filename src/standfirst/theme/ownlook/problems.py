"""What is wrong with a look, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a look from being taken. `path` is below `look/`; line 0 is the whole file."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        place = f"look/{self.path}" + (f":{self.line}" if self.line else "")
        return f"{place}: {self.what}"


class LookRefused(Exception):
    """A look that cannot be drawn with. `problems` says all that was found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = tuple(problems)
