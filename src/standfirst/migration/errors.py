"""Why an item is not taken."""

from __future__ import annotations

Path = tuple[str | int, ...]


class Refused(Exception):  # a name for what happened
    """The item cannot be taken as it is. `path` leads to the place inside the item; the text says why."""

    def __init__(self, why: str, path: Path = ()) -> None:
        super().__init__(why)
        self.why = why
        self.path = path


class NotAStory(Exception):
    """The item is right but nothing to publish as a story; the text says what it is."""


def pointer(path: Path) -> str:
    """Return `path` as an RFC 6901 JSON pointer."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
