"""The renderer behind every page: a builder makes a typed view, a template shows it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from standfirst import __version__
from standfirst.bake.reading import Page, RecordingReader
from standfirst.bake.registry import Rendered, reader_forms
from standfirst.editions.forms import forms
from standfirst.editions.links import frame_links
from standfirst.syndication import prose
from standfirst.theme.environment import own_fault, template
from standfirst.theme.look import current

HERE = Path(__file__).resolve().parent
_LIBRARIES = ("babel", "tzdata", "jinja2", "markupsafe")


@dataclass(frozen=True, slots=True)
class View:
    """A filled view and the template that shows it, in the language of `language`."""

    template: str
    language: str
    view: object
    status: int = 200
    keys: tuple[str, ...] = ()


Builder = Callable[[Page, RecordingReader], View | None]


def fingerprint() -> str:
    """Return a hash of all that shapes a page beside its records: program, locale and zone data, look."""
    return f"{program()}-{current().name}"


@cache
def program() -> str:
    """Return a hash of this room's files, of the libraries whose data show, and of what other rooms add."""
    digest = hashlib.sha256(__version__.encode())
    for name in _LIBRARIES:
        digest.update(f"{name}={version(name)};".encode())
    for file in sorted(path for path in HERE.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(f"{file.relative_to(HERE)};".encode() + file.read_bytes())
    digest.update(Path(prose.__file__).read_bytes())
    for name, form in forms.items():
        digest.update(f"{name}={form.kind} {form.media_type} {form.words} {form.path('/')};".encode())
    for name, link in frame_links.items():
        digest.update(f"{name}={link.place} {link.words} {link.path('/')};".encode())
    for name, sent in reader_forms.items():
        digest.update(f"{name}={sent};".encode())
    return digest.hexdigest()[:32]


def show(view: View) -> bytes:
    """Return the bytes of a page. Raises what the template does wrong, with its place in an own look."""
    try:
        return template(view.language, view.template).render(view=view.view).encode()
    except Exception as error:
        if fault := own_fault(error):
            raise fault from error
        raise


@dataclass(frozen=True, slots=True)
class PageRenderer:
    """Draws one page type. A record that is not public any more is drawn as `gone`."""

    build: Builder
    gone: Builder

    @property
    def fingerprint(self) -> str:
        return fingerprint()

    def render(self, page: Page, reader: RecordingReader) -> Rendered:
        view = self.build(page, reader) or self.gone(page, reader)
        if view is None:
            raise LookupError(f"nothing to draw at {page.path}")
        return Rendered(
            body=show(view), status=view.status, surrogate_keys=(page.owner, *view.keys) if page.owner else ()
        )
