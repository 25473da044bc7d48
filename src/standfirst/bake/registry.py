"""The renderers and the source that rooms above hand down when the program starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from standfirst.bake.reading import Page, RecordingReader, Source
from standfirst.edge.forms import Form
from standfirst.edge.manifest import Cache
from standfirst.kit.registry import Registry
from standfirst.kit.sitefolder import SiteFolder


@dataclass(frozen=True, slots=True)
class Rendered:
    """A renderer's output: either `body`, or `blob`, the name of bytes that lie in the store already.

    Surrogate keys name what a cache in front may be told to forget.
    """

    body: bytes = b""
    blob: str = ""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    cache: Cache = "page"
    surrogate_keys: tuple[str, ...] = ()


class Renderer(Protocol):
    """`render(records, as_of)`: pure. No request, no clock, no database, no settings; all from the reader."""

    @property
    def fingerprint(self) -> str:
        """Changes when templates, code, strings or zone data change, and with it every page drawn."""
        ...

    def render(self, page: Page, reader: RecordingReader) -> Rendered: ...


renderers: Registry[Renderer] = Registry("renderer")

GONE = "gone"  # the renderer that draws the page of an address that is gone (410)


patient: Registry[str] = Registry("patient renderer")
"""Renderers of what programs fetch by and by (feeds, sitemaps): baked after what readers look at.

By name; the item says why.
"""


@dataclass(slots=True)
class _Wiring:
    source: Source | None = None


_wiring = _Wiring()


def set_source(source: Source) -> None:
    """Say where records come from; called once when the program starts."""
    _wiring.source = source


def source() -> Source:
    """Return the source of records. Raises LookupError when no room has provided one."""
    if _wiring.source is None:
        raise LookupError("no source of records is registered; is standfirst.editions installed?")
    return _wiring.source


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that belongs to the program, not to a record: style, script, font, icon.

    `path` carries the content's hash (`/_a/1f3c….css`), so it is cached for ever and old ones stay.
    """

    path: str
    body: bytes
    content_type: str
    cache: Cache = "immutable"


assets: Registry[Callable[[], Iterable[Asset]]] = Registry("shelf of assets")
"""Rooms say which assets they have now; what a newsroom puts into its site folder may change them."""


def all_assets() -> Iterator[Asset]:
    """Yield the assets of every room."""
    for _, shelf in assets.items():
        yield from shelf()


reader_forms: Registry[Form] = Registry("form for readers")
"""The forms that readers may send, by name. Baked into a file, by which the edge knows them."""


class Input(Protocol):
    """What pages hang on besides records and the program: files that lie in the site folder."""

    def take(self, site: SiteFolder) -> bool:
        """Take in what changed; return whether it did. Fingerprints and assets then speak of the new.

        For bakers, about once a second: must be quick when nothing changed, and raise nothing for bad files.
        """
        ...

    def follow(self, site: SiteFolder) -> None:
        """Speak of what bakers have taken: for processes that draw and do not bake."""
        ...

    def problems(self, site: SiteFolder) -> tuple[str, ...]:
        """Return why what lies there now was not taken, in words for those who put it there."""
        ...


inputs: Registry[Input] = Registry("input beside records")

blob_holders: Registry[Callable[[], Iterable[str]]] = Registry("holder of blobs")
"""Rooms that put blobs into the store by themselves say which ones they hold, so that no sweep takes them."""
