"""What every channel is drawn from, and the renderer that all of them share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from standfirst import __version__
from standfirst.bake.reading import Page, RecordingReader
from standfirst.bake.registry import GONE, Rendered, renderers
from standfirst.editions import words
from standfirst.editions.documents import Site
from standfirst.editions.records import Records
from standfirst.kit.urls import url

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Channel:
    """One rendering: the address it stands at, the records, the site, the language it speaks."""

    page: Page
    records: Records
    site: Site
    language: str

    @property
    def words(self) -> words.Words:
        return words.words(self.language)

    @property
    def name(self) -> str:
        """Return what the newsroom is called in the channel's language."""
        return self.site.name_in(self.language)

    @property
    def owner(self) -> str:
        """Return the id of the record behind the page."""
        return self.page.owner.partition(":")[2]

    def full(self, path: str) -> str:
        """Return the full address of a path of this site."""
        return self.site.base_url + url(path)


Draw = Callable[[Channel], bytes | None]
"""Returns the bytes of a channel, or None when the record behind it is not public any more."""


@cache
def _own_files() -> str:
    digest = hashlib.sha256(__version__.encode())
    for file in sorted(HERE.glob("*.py")):
        digest.update(f"{file.name};".encode() + file.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class ChannelFile:
    """Draws one kind of file for programs. A record that is not public any more is drawn as gone."""

    draw: Draw
    content_type: str

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(f"{_own_files()} {words.fingerprint()}".encode()).hexdigest()[:32]

    def render(self, page: Page, reader: RecordingReader) -> Rendered:
        records = Records(reader)
        site = records.site()
        body = self.draw(Channel(page, records, site, page.language or site.language))
        if body is None:
            return renderers.get(GONE).render(page, reader)
        keys = (page.owner,) if page.owner else ()
        return Rendered(body=body, content_type=self.content_type, surrogate_keys=keys)
