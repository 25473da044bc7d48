"""Every catalogue is complete: all messages, with the same values, in as many forms as the language has."""

from __future__ import annotations

import gettext
import re
from collections import Counter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural

from standfirst.theme import strings
from tests.theme.test_words import messages, read

NUMBERS = range(2000)


def faults(language: str, catalogue: Catalog) -> list[str]:
    """Return what a catalogue lacks beside the English one."""
    english, ours = messages(read("en")), messages(catalogue)
    found = [f"{key} is missing" for key in english.keys() - ours.keys()]
    found += [f"{key} is no message" for key in ours.keys() - english.keys()]
    found += [f"{message.id} is not sure" for message in catalogue if message.id and message.fuzzy]
    if catalogue.num_plurals != get_plural(language.replace("-", "_")).num_plurals:
        found.append("the header has another number of plurals than the language")
    for key in english.keys() & ours.keys():
        plural = len(english[key]) > 1
        if len(ours[key]) != (catalogue.num_plurals if plural else 1):
            found.append(f"{key} has {len(ours[key])} forms")
        for number, form in enumerate(ours[key]):
            if not form.strip():
                found.append(f"{key} is empty")
            elif values(form) != values(english[key][-1]) - silent(catalogue, number, plural, form):
                found.append(f"{key} takes other values")
    return found


def values(form: str) -> set[str]:
    return set(re.findall(r"\{\w+\}", form))


def silent(catalogue: Catalog, form: int, plural: bool, text: str) -> set[str]:
    """Return what a form need not name: the count, where it is for one number alone ("two minutes")."""
    if not plural or "{count}" in text:
        return set()
    chosen = Counter(map(gettext.c2py(catalogue.plural_expr), NUMBERS))
    return {"{count}"} if chosen[form] == 1 else set()


@pytest.mark.parametrize("language", strings.languages())
def test_it_is_complete(language: str) -> None:
    assert faults(language, read(language)) == []


def test_there_are_the_languages_of_the_demo() -> None:
    assert {"en", "uk", "ar"} <= set(strings.languages())


@pytest.mark.parametrize(
    ("language", "key", "forms", "fault"),
    [
        ("uk", "frame.skip", ("",), "is empty"),
        ("uk", "byline.author", ("Текст: {name}",), "takes other values"),
        ("uk", "byline.author", ("Текст",), "takes other values"),
        ("uk", "story.reading", ("{count} хв", "{count} хв"), "has 2 forms"),
        ("uk", "story.reading", ("хвилина", "{count} хв", "{count} хв"), "takes other values"),  # 1, 21, 31 …
        ("ar", "story.reading", ("", "", "", "دقائق", "{count}", "{count}"), "takes other values"),
    ],
)
def test_a_fault_in_it_would_be_seen(language: str, key: str, forms: tuple[str, ...], fault: str) -> None:
    # The control: a catalogue with one message spoilt.
    catalogue = read(language)
    message = next(m for m in catalogue if key in (m.id, m.id and m.id[0]))
    message.string = forms if len(forms) > 1 else forms[0]
    assert f"{key} {fault}" in faults(language, catalogue)


def test_a_message_too_few_or_too_many_would_be_seen() -> None:
    catalogue = read("ar")
    catalogue.delete("frame.skip")
    catalogue.add("frame.jump", "اقفز")
    catalogue.add("frame.title", "{page} · {site}", flags=["fuzzy"])
    assert {"frame.skip is missing", "frame.jump is no message", "frame.title is not sure"} <= set(
        faults("ar", catalogue)
    )


def test_another_languages_plurals_would_be_seen() -> None:
    assert "the header has another number of plurals than the language" in faults("ar", read("uk"))
