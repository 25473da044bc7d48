"""Links an editor chose from the desk's own pages, turned into addresses on the readers' site."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping

from standfirst.kit.html import inline

_PAGE_LINK = re.compile(r'<a\b[^>]*\blinktype="page"[^>]*>')
_ID = re.compile(r'\bid="(\d+)"')


def linked_pages(sources: Iterable[str]) -> set[int]:
    """Return the ids of the desk pages that these rich texts link to."""
    return {
        int(found[1])
        for source in sources
        for match in _PAGE_LINK.finditer(source)
        if (found := _ID.search(match[0]))
    }


def clean(source: str, addresses: Mapping[int, str]) -> str:
    """Return rich text as clean inline HTML; a link to a page that is not public loses its link."""

    def one(match: re.Match[str]) -> str:
        found = _ID.search(match[0])
        path = addresses.get(int(found[1])) if found else None
        return f'<a href="{html.escape(path)}">' if path else "<a>"

    return inline(_PAGE_LINK.sub(one, source))
