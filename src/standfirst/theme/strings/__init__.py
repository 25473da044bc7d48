"""The words of the site itself, in every language it speaks: one folder a language, gettext inside.

A message has a key (`story.updated`), not an English sentence, so that English is a language like any
other and a missing word is an error, never half a page in the wrong tongue by accident.
"""

from __future__ import annotations

import gettext
import hashlib
import io
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

from standfirst.theme.locales import formats
from standfirst.theme.look import current, per_look
from standfirst.theme.text import isolated

FOLDER = Path(__file__).resolve().parent
FILE = "theme.po"
DEFAULT = "en"
SAMPLES = 120
"""Among the numbers up to this every kind of whole number occurs, but for `many` of Romance millions."""


class UnknownMessageError(LookupError):
    """A key that no catalogue holds; the message names it."""


class _NoFallback(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        raise UnknownMessageError(f"no catalogue of the theme has the message {message!r}")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise UnknownMessageError(f"no catalogue of the theme has the message {msgid1!r}")


class Strings:
    """The messages of one language. `text` and `plural` give text, `html` keeps markup in its values.

    A value that runs the other way (a Latin name in Arabic words) is isolated, so that the full stop after
    it stays where it belongs. Values of `html` that are markup bring elements that do so. Where English
    stands in for a language that runs the other way, the whole message is isolated, for the same reason.
    """

    def __init__(self, language: str, translations: gettext.NullTranslations, direction: str = "ltr") -> None:
        self.language = language
        self._translations = translations
        self._direction = direction
        self._around = "{}" if formats(language).direction == direction else "\u2066{}\u2069"

    def text(self, key: str, /, **values: object) -> str:
        """Return the message `key` with `values` filled in. Raises UnknownMessageError."""
        message = self._translations.gettext(key)
        return self._around.format(message.format(**self._isolated(values)) if values else message)

    def plural(self, key: str, number: int, /, **values: object) -> str:
        """Return the form of `key` that goes with `number`; `{count}` stands for the number."""
        form = self._translations.ngettext(key, key, number)
        return self._around.format(form.format(**{"count": number, **self._isolated(values)}))

    def forms(self, key: str) -> dict[str, str]:
        """Return the forms of `key` for scripts, by the kind of number they go with (CLDR). "#" is it."""
        kind = Locale.parse(self.language, sep="-").plural_form
        numbers = {kind(number): number for number in range(SAMPLES, -1, -1)}
        return {name: self.plural(key, number, count="#") for name, number in sorted(numbers.items())}

    def html(self, key: str, /, **values: object) -> Markup:
        """Return the message escaped; of its values, those that are Markup keep their tags."""
        return escape(self._around).format(escape(self._translations.gettext(key)).format(**values))

    def _isolated(self, values: dict[str, object]) -> dict[str, object]:
        return {name: isolated(str(value), self._direction) for name, value in values.items()}


def languages() -> tuple[str, ...]:
    """Return the languages that have a folder here."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob(f"*/{FILE}")))


@per_look
def strings(language: str) -> Strings:
    """Return the messages of a BCP 47 tag: its own folder, else its base language, else English.

    In front of them stand the words that the newsroom's own look has for it.
    """
    folder = _folder(language) or DEFAULT
    own = _own(language)
    if not own:
        return Strings(language, _translations(folder), formats(folder).direction)
    spoken_in = folder if _folder(language) else language
    found = compiled(own, language, _translations(folder))
    return Strings(language, found, formats(spoken_in).direction)


@per_look
def spoken(language: str) -> bool:
    """Return whether the site's own words are there in a language, or another's stand in for them."""
    return bool(_folder(language) or _own(language))


@per_look
def fingerprint() -> str:
    """Return a hash of all catalogues."""
    digest = hashlib.sha256()
    for language in languages():
        digest.update(f"{language};".encode() + (FOLDER / language / FILE).read_bytes())
    for language, words in sorted(current().words.items()):
        digest.update(f"look {language};".encode() + words)
    return digest.hexdigest()[:32]


def _own(language: str) -> bytes:
    """Return the catalogue that the newsroom's own look has for a language; empty for none."""
    words = current().words
    return words.get(language) or words.get(language.split("-")[0], b"")


def _folder(language: str) -> str:
    known = languages()
    base = language.split("-")[0]
    return next((name for name in (language, base) if name in known), "")


@cache
def _translations(folder: str) -> gettext.NullTranslations:
    behind = _NoFallback() if folder == DEFAULT else _translations(DEFAULT)
    return compiled((FOLDER / folder / FILE).read_bytes(), folder, behind)


def compiled(catalogue: bytes, language: str, behind: gettext.NullTranslations) -> gettext.GNUTranslations:
    """Return the messages of a PO file; those it lacks come from `behind`. Raises PoFileError."""
    read = read_po(io.BytesIO(catalogue), locale=language.replace("-", "_"), abort_invalid=True)
    binary = io.BytesIO()
    write_mo(binary, read)
    binary.seek(0)
    found = gettext.GNUTranslations(binary)
    found.add_fallback(behind)
    return found
