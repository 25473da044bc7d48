"""Tips and contact: the form, the form with what is wrong in it, the word of thanks; and the list of forms.

The edge alone answers who sends a form. For that it has these pages as they are baked, and fills the places
that the second one marks (`standfirst.edge.intake.filled_in`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from standfirst.bake.reading import Page, RecordingReader
from standfirst.bake.registry import Rendered, reader_forms
from standfirst.edge import forms
from standfirst.editions.documents import Document, Site
from standfirst.editions.records import Records
from standfirst.theme.pages.front import front_path
from standfirst.theme.parts.context import Context, open_context
from standfirst.theme.parts.frame import Frame, Meta, NavLink, frame, full_url, titled
from standfirst.theme.parts.languages import in_every_language
from standfirst.theme.renderer import View, fingerprint
from standfirst.theme.text import url

NAME = "contact"
FORM, AGAIN, SENT = f"{NAME}/form/", f"{NAME}/again/", f"{NAME}/sent/"
"""Where the pages are, below the front of a language."""


@dataclass(frozen=True, slots=True)
class ContactView:
    """The form. `again` where it comes back with what is wrong; `limits` are characters by field."""

    frame: Frame
    title: str
    action: str
    subjects: tuple[str, ...]
    limits: dict[str, int]
    trap: str
    email: str
    page: NavLink | None  # the newsroom's own page about how to reach it
    again: bool


@dataclass(frozen=True, slots=True)
class SentView:
    frame: Frame
    title: str
    back: str


def paths(name: str, front: Document) -> list[str]:
    """Return the address of one of the pages in the language of a front."""
    return [front_path(front) + name]


def form_path(prefix: str) -> str:
    """Return the address of the form in the language of a prefix (`/` or `/uk/`)."""
    return prefix + FORM


def _build_form(page: Page, reader: RecordingReader, *, again: bool) -> View:
    context = open_context(page, reader)
    words, form = context.words, reader_forms.get(NAME)
    title = words.text("contact.again" if again else "contact.title")
    meta = Meta(title=titled(context, title), indexed=False) if again else _meta(context, title, page.path)
    view = ContactView(
        frame=frame(context, meta, versions=in_every_language(context, FORM)),
        title=title,
        action=forms.address(NAME, context.language),
        subjects=next(field.choices for field in form.fields if field.name == "subject"),
        limits={field.name: field.most for field in form.fields},
        trap=form.trap,
        email=context.site.email,
        page=_own_page(context),
        again=again,
    )
    return View("pages/contact.html", context.language, view)


build_form: Callable[[Page, RecordingReader], View] = partial(_build_form, again=False)
build_again: Callable[[Page, RecordingReader], View] = partial(_build_form, again=True)


def build_sent(page: Page, reader: RecordingReader) -> View:
    """Return the page for somebody whose message is kept."""
    context = open_context(page, reader)
    title = context.words.text("contact.sent")
    view = SentView(
        frame=frame(
            context, Meta(title=titled(context, title), indexed=False),
            versions=in_every_language(context, SENT),
        ),
        title=title,
        back=url(context.prefix),
    )  # fmt: skip
    return View("pages/contact_sent.html", context.language, view)


def _meta(context: Context, title: str, path: str) -> Meta:
    return Meta(
        title=titled(context, title),
        description=context.words.text("contact.intro"),
        canonical=full_url(context, path),
        social_title=title,
    )


def _own_page(context: Context) -> NavLink | None:
    link = context.records.page_link("contact", context.language)
    return NavLink(link.label, url(link.url)) if link else None


@dataclass(frozen=True, slots=True)
class FormsFile:
    """The file by which the edge knows every form: its fields, its pages, and whose pages may send it."""

    @property
    def fingerprint(self) -> str:
        return fingerprint()

    def render(self, page: Page, reader: RecordingReader) -> Rendered:
        site = Records(reader).site()
        known = {name: forms.Known(form, _pages(site, name)) for name, form in reader_forms.items()}
        body = forms.encode(forms.Book(site.base_url, known))
        return Rendered(body=body, content_type="application/json", surrogate_keys=(page.owner,))


def _pages(site: Site, name: str) -> dict[str, forms.Pages]:
    prefixes = {language: f"{site.prefix(language)}{name}/" for language in site.languages}
    return {
        language: forms.Pages(f"{prefix}form/", f"{prefix}again/", f"{prefix}sent/")
        for language, prefix in prefixes.items()
    }


def file_paths(_site: Document) -> list[str]:
    return [forms.PATH]
