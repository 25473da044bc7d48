"""What has been asked for lately, within a budget of bytes."""

from __future__ import annotations

from standfirst.edge.answers import Prepared

_OVERHEAD = 4096  # an answer's headers and objects, about


class Cache:
    """Answers by path, in two generations: when the young one is half the budget, it becomes the old one.

    That forgets what nobody asked for lately, like a list ordered by last use, but a hit costs nothing
    and needs no lock. `young` is read directly by the server.
    """

    def __init__(self, budget: int) -> None:
        """`budget` is in bytes."""
        self.young: dict[str, Prepared] = {}
        self._old: dict[str, Prepared] = {}
        self._young_bytes = 0
        self._old_bytes = 0
        self.budget = budget

    def get(self, path: str) -> Prepared | None:
        """Return an answer from either generation; one from the old is young again."""
        answer = self.young.get(path)
        if answer is None:
            answer = self._old.pop(path, None)
            if answer is not None:
                self.put(path, answer, sum(len(form[2]) for form in answer.forms if form))
        return answer

    def put(self, path: str, answer: Prepared, size: int = 0) -> None:
        self.young[path] = answer
        self.grew(size + _OVERHEAD)

    def grew(self, size: int) -> None:
        """An answer of the young generation took `size` more bytes."""
        self._young_bytes += size
        if self._young_bytes > self.budget // 2:
            self._old, self._old_bytes = self.young, self._young_bytes
            self.young, self._young_bytes = {}, 0

    def drop(self, path: str) -> None:
        self.young.pop(path, None)
        self._old.pop(path, None)

    def clear(self) -> None:
        self.young, self._old = {}, {}
        self._young_bytes = self._old_bytes = 0

    @property
    def bytes_held(self) -> int:
        """About how many bytes are kept: dropped ones count until their generation goes."""
        return self._young_bytes + self._old_bytes
