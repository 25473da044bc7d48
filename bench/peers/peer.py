"""What the measuring asks of a peer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bench.peers.stories import Piece


class NotInstalled(RuntimeError):
    """A peer that cannot be had on this machine. The message says why, and goes into the table."""


@dataclass(frozen=True)
class Roots:
    """The processes of a peer by what they do. Their children count with them."""

    application: tuple[int, ...]
    database: tuple[int, ...] = ()


@dataclass(frozen=True)
class Addresses:
    """Where a peer is read: its origin without a slash at the end, and the paths measured."""

    origin: str
    article: str
    home: str = "/"
    feed: str = "/feed/"
    outside: Mapping[str, Path] = field(default_factory=dict)
    """Files that its pages take from another host, by their path there: the same from a package of npm."""

    @property
    def pages(self) -> dict[str, str]:
        """Return the paths by what they are."""
        return {"article": self.article, "home": self.home, "feed": self.feed}


@dataclass
class Loaded:
    """What it cost to get the stories in; kept beside the loaded state, since that is made only once."""

    cpu_seconds: float
    seconds: float
    disk_mb: float
    measured: str
    source: str
    """What stands for the stories' words and the peer's versions."""


class Peer(Protocol):
    """A publishing system with the stories in it."""

    name: str
    setup: str
    """How it is set up, in a sentence for the table's notes."""
    loaded: Path
    """The folder of the loaded state."""

    def install(self) -> None:
        """Make it ready on this machine, once. Raises NotInstalled."""
        ...

    def versions(self) -> dict[str, str]:
        """Return the versions of what it runs on. When they change the stories are loaded again."""
        ...

    def load(self, pieces: list[Piece]) -> Loaded:
        """Put the stories in, once; return what that cost."""
        ...

    def start(self) -> None:
        """Start from the loaded state; return when a reader gets a page."""
        ...

    def addresses(self) -> Addresses:
        """Return where it is read now."""
        ...

    def roots(self) -> Roots:
        """Return the processes that count."""
        ...

    def sign_in(self) -> None:
        """Get ready to publish, as an author who signs in; return when Publish could be pressed."""
        ...

    def publish(self, piece: Piece) -> None:
        """Publish as an author's click does, through the running system; return when it says so."""
        ...

    def stop(self) -> None:
        """End every process that was started."""
        ...
