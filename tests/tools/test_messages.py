"""The catalogues of the desk hold every word that it says, whole and as the code says it now."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from django.conf import settings

from tools import messages

CATALOGUES = list(messages.catalogues())
NAMES = [str(file.relative_to(messages.ROOMS)) for file, _ in CATALOGUES]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]")

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext_lazy
one = _("Sign in %(name)s")
two = gettext_lazy(
    "Two lines "
    "as one")
three = ngettext("%(n)d page", "%(n)d pages", 3)
four = pgettext_lazy("a person’s", "name")
five = gettext_noop("Kept for later")
six = "not said"
"""
TEMPLATE = """{% load i18n %}
  <p>{% translate "It’s a headline" %} {{ _("Inside braces") }} it's not ours</p>
      {% blocktranslate with title=page.title count n=pages %}{{ title }}: one page{% plural %}{{ title }}:
 {{ n }} pages{% endblocktranslate %}
"""


def room(folder: Path) -> Path:
    (folder / "templates").mkdir()
    (folder / "views.py").write_text(PYTHON)
    (folder / "templates" / "page.html").write_text(TEMPLATE)
    return folder


def forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def several(catalogue: Catalog, form: int) -> bool:
    """Return whether a plural form stands for more than one number, which then has to be in it."""
    which = gettext.c2py(catalogue.plural_expr)  # type: ignore[attr-defined]
    return sum(which(number) == form for number in range(200)) > 1


def lost(catalogue: Catalog, message: Message) -> set[str]:
    """Return the placeholders that a translation lacks or has made up."""
    said = message.id if isinstance(message.id, str) else message.id[1]
    wanted, wrong = set(PLACEHOLDER.findall(said)), set()
    for number, form in enumerate(forms(message)):
        there = set(PLACEHOLDER.findall(form))
        free = isinstance(message.id, tuple) and not several(catalogue, number)
        wrong |= there - wanted if free else there ^ wanted
    return wrong


@pytest.mark.parametrize(("file", "catalogue"), CATALOGUES, ids=NAMES)
def test_a_catalogue_is_what_the_code_says_now_and_is_compiled(file: Path, catalogue: Catalog) -> None:
    again = "run: make messages"
    assert file.read_bytes() == messages.text_of(catalogue), again
    assert file.with_suffix(".mo").read_bytes() == messages.compiled(catalogue), again


@pytest.mark.parametrize(("file", "catalogue"), CATALOGUES, ids=NAMES)
def test_every_message_is_translated_with_its_placeholders(file: Path, catalogue: Catalog) -> None:
    assert [message.id for message in messages.missing(catalogue)] == []
    assert {m.id: found for m in catalogue if m.id and (found := lost(catalogue, m))} == {}
    assert [m.id for m in catalogue if m.fuzzy] == []


def test_the_desk_speaks_the_languages_that_have_catalogues() -> None:
    assert [code for code, _ in settings.LANGUAGES] == ["en", *messages.LANGUAGES]


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_rooms_agree_on_a_word(language: str) -> None:
    # Django puts all catalogues into one: of two translations of a message, one would win by accident.
    said: dict[object, set[object]] = {}
    for file, catalogue in CATALOGUES:
        for message in catalogue if file.parts[-3] == language else ():
            if message.id:
                said.setdefault((message.context, message.id), set()).add(message.string)
    assert {key: words for key, words in said.items() if len(words) > 1} == {}


def test_what_is_said_in_code_and_in_templates_is_found(tmp_path: Path) -> None:
    found = {(m.context, m.id) for m in messages.said(room(tmp_path)) if m.id}
    assert found == {
        (None, "Sign in %(name)s"),
        (None, "Two lines as one"),
        (None, ("%(n)d page", "%(n)d pages")),
        ("a person’s", "name"),
        (None, "Kept for later"),
        (None, "It’s a headline"),
        (None, "Inside braces"),
        (None, ("%(title)s: one page", "%(title)s:\n %(n)s pages")),
    }


def test_a_new_word_an_old_one_and_a_lost_placeholder_are_seen(tmp_path: Path) -> None:
    # The control: these are what the tests above are to find.
    known = Catalog(locale="uk")
    known.add("Sign in %(name)s", "Вхід")
    known.add("Said no more", "Більше не кажемо")
    known.add(("%(n)d page", "%(n)d pages"), ("одна сторінка", "%(n)d сторінки", "%(n)d сторінок"))
    made = messages.updated(messages.said(room(tmp_path)), known, "uk")
    assert made.get("Said no more") is None
    assert "Two lines as one" in {message.id for message in messages.missing(made)}
    assert lost(made, made["Sign in %(name)s"]) == {"%(name)s"}
    assert lost(made, made["%(n)d page"]) == {"%(n)d"}  # the first form stands for 21 too
