"""Links at the head and foot of every page that a room adds: its search, its feeds, its text edition.

frame_links.add("feed", FrameLink("foot", "frame.feed", lambda prefix: f"{prefix}feed/"))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from standfirst.kit.registry import Registry

Place = Literal["head", "foot"]


@dataclass(frozen=True, slots=True)
class FrameLink:
    """A link to something that a room serves. `words` is the key of its label in the theme's catalogues.

    `path` takes a language's prefix (`/` or `/uk/`) and returns a path, or "" for a language without.
    """

    place: Place
    words: str
    path: Callable[[str], str]


frame_links: Registry[FrameLink] = Registry("frame link")
