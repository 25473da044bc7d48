"""Bring the desk's catalogues up to date: find what its rooms say, keep the translations, compile.

A room has its words in `locale/LANGUAGE/LC_MESSAGES/django.po`. Translations of what is no longer said are
dropped; what is new stands there empty, and is counted here until somebody translates it.

Wagtail brings its own words. Where it lacks some, or a newsroom says them otherwise, ours are in `WAGTAIL`.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import wagtail
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOMS = Path(__file__).resolve().parent.parent / "src" / "standfirst"
WAGTAIL = ROOMS / "stories" / "wagtail"


@dataclass(frozen=True)
class Language:
    """A language, with its plural forms numbered as in Django: Babel has two of Arabic the other way."""

    name: str
    forms: int
    rule: str


LANGUAGES = {
    "uk": Language(
        "Ukrainian", 3,
        "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)",
    ),
    "ar": Language(
        "Arabic", 6,
        "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)",
    ),
}  # fmt: skip
"""What the desk speaks beside English, the language of its code."""

KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
"""Django's names for gettext's functions, with the places of their arguments."""


class RoomCatalogue(Catalog):
    """A catalogue with a plain header: no dates and names, which would differ with every run."""

    def __init__(self, language: str) -> None:
        self.language = LANGUAGES[language]
        heading = f"# The words of the desk, {self.language.name}."
        super().__init__(locale=language, header_comment=heading, fuzzy=False)

    @property
    def num_plurals(self) -> int:
        return self.language.forms

    @property
    def plural_expr(self) -> str:
        return self.language.rule

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        return [
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", f"{self.plural_forms}\n"),
        ]


def said(room: Path) -> Catalog:
    """Return what the code and the Django templates of a room say to people."""
    found = Catalog()
    for file in sorted(room.rglob("*")):
        if file.suffix not in (".py", ".html"):
            continue
        name = file.relative_to(room).as_posix()
        source = io.BytesIO(_python(file).encode())
        for line, message, comments, context in extract(
            "python", source, keywords=KEYWORDS, comment_tags=("Translators:",)
        ):
            found.add(message, locations=[(name, line)], auto_comments=comments, context=context)
    return found


def _python(file: Path) -> str:
    """Return a file as Python. Django turns a template into its messages and a lot of X, line by line."""
    text = file.read_text("utf-8")
    if file.suffix == ".py":
        return text
    return "\n".join(line.strip() for line in templatize(text, origin=str(file)).splitlines())


def said_by_wagtail() -> Catalog:
    """Return what Wagtail says, from the English catalogues that it brings along."""
    found = Catalog()
    for file in sorted(Path(wagtail.__file__).parent.glob("**/locale/en/LC_MESSAGES/django.po")):
        for message in read(file, "en"):
            if message.id:
                found.add(message.id, context=message.context)
    return found


def both(found: Catalog, known: Catalog) -> Catalog:
    """Return the messages of `found` that `known` has too."""
    kept = Catalog()
    for message in found:
        if message.id and known.get(message.id, message.context) is not None:
            kept.add(message.id, context=message.context)
    return kept


def updated(found: Catalog, known: Catalog, language: str) -> RoomCatalogue:
    """Return `found` with the translations that `known` has of the very same messages."""
    made = RoomCatalogue(language)
    for message in found:
        if not message.id:
            continue
        before = known.get(message.id, message.context)
        kept = before is not None and before.id == message.id
        made.add(
            message.id,
            before.string if kept else "",
            locations=message.locations,
            auto_comments=message.auto_comments,
            user_comments=before.user_comments if kept else (),
            context=message.context,
        )
    return made


def read(file: Path, language: str) -> Catalog:
    """Return the catalogue in `file`; an empty one where there is none."""
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def text_of(catalogue: Catalog) -> bytes:
    """Return a catalogue as it stands in a .po file: in the order of the code, without line numbers."""
    made = io.BytesIO()
    write_po(made, catalogue, width=110, include_lineno=False)
    return made.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext reads it, an .mo file."""
    made = io.BytesIO()
    write_mo(made, catalogue)
    return made.getvalue()


def catalogues() -> Iterator[tuple[Path, RoomCatalogue]]:
    """Yield every .po file with what is to stand in it: of each room that says anything, and for Wagtail."""
    for room in sorted(path for path in ROOMS.iterdir() if path.is_dir()):
        found = said(room)
        for language in LANGUAGES if len(found) else ():
            file = file_of(room, language)
            yield file, updated(found, read(file, language), language)
    found = said_by_wagtail()
    for language in LANGUAGES:
        file = file_of(WAGTAIL, language)
        known = read(file, language)
        yield file, updated(both(found, known), known, language)


def file_of(folder: Path, language: str) -> Path:
    """Return where Django looks for a catalogue."""
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def missing(catalogue: Catalog) -> list[Message]:
    """Return the messages that have no translation, or not in every plural form."""
    return [message for message in catalogue if message.id and not _whole(message)]


def _whole(message: Message) -> bool:
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms)


def main() -> int:
    """Write the catalogues, as text and compiled; say what is still to be translated."""
    for file, catalogue in catalogues():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text_of(catalogue))
        file.with_suffix(".mo").write_bytes(compiled(catalogue))
        if lacking := missing(catalogue):
            print(f"{file.relative_to(ROOMS)}: {len(lacking)} of {len(catalogue)} to translate")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
