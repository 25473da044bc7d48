"""Which record is a translation of which, at the desk.

The others of a group name its first; the first names none. Chains are shortened to that when they are saved.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

R = TypeVar("R", bound=Any)


def check(row: Any) -> None:
    """Point `row` at the first of its group. Raises ValidationError, in words, for what is no translation."""
    first = row.translation_of
    if first is None:
        return
    rows = type(row)._default_manager
    first = first.translation_of or first
    row.translation_of = first
    if row.pk and first.pk == row.pk:
        raise ValidationError({"translation_of": _("It cannot be a translation of itself.")})
    if row.pk and rows.filter(translation_of=row.pk).exists():
        message = _("Others are translations of this; it stays the one they are translated from.")
        raise ValidationError({"translation_of": message})
    same = rows.filter(translation_of=first.pk, language=row.language).exclude(pk=row.pk).first()
    if row.language == first.language or same:
        message = _("“%(other)s” says it in this language already.") % {"other": same or first}
        raise ValidationError({"translation_of": message})


def counterpart(row: R, language: str) -> R | None:
    """Return what says the same in `language`, maybe `row` itself; None when there is nothing."""
    return next((one for one in group(row) if one.language == language), None)


def group(row: R) -> list[R]:
    """Return all that say the same, the one that the others are translated from first."""
    first = row.translation_of or row
    others = type(row)._default_manager.filter(translation_of=first.pk).order_by("pk")
    return [first, *others]


def record_of(row: Any) -> str:
    """Return the record id of what `row` is a translation of; "" for the first of its group."""
    return row.translation_of.public_id if row.translation_of_id else ""
