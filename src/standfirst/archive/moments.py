"""Instants and days in an archive: absolute, or told from the day it was first loaded.

A demo, a course or a template wants stories of "two days ago". So an archive may say `-2d 09:40` (that many
days before, at that time of the site's zone) or `-3h`, `-40m`. The anchor they are told from is kept with
the site at the first load: a second load moves nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, ValidationInfo, WithJsonSchema

from standfirst.kit import instants

_DAYS = re.compile(r"^-(\d{1,5})d (\d{2}):(\d{2})$")
_SPAN = re.compile(r"^-(\d{1,5})(h|m)$")
_DAY = re.compile(r"^-(\d{1,5})d$")
ABSOLUTE = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$"
RELATIVE = r"^-\d{1,5}(d \d{2}:\d{2}|h|m)$"
RELATIVE_DAY = r"^-\d{1,5}d$"
ABSOLUTE_DAY = r"^\d{4}(-\d{2}(-\d{2})?)?$"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative moments are told from: an instant, and the zone whose days are counted."""

    at: datetime
    zone: ZoneInfo

    def instant(self, text: str) -> datetime:
        """Return the instant `text` names. Raises ValueError when it has another form."""
        if match := _SPAN.match(text):
            span = int(match[1])
            return self.at - (timedelta(hours=span) if match[2] == "h" else timedelta(minutes=span))
        match = _DAYS.match(text)
        if not match:
            return instants.from_text(text)
        day = (self.at.astimezone(self.zone) - timedelta(days=int(match[1]))).date()
        local = datetime.combine(day, time(int(match[2]), int(match[3])), self.zone)
        return min(instants.utc(local), self.at)  # never later than the load itself

    def day(self, text: str) -> str:
        """Return YYYY, YYYY-MM or YYYY-MM-DD; `-2d` is a day before the anchor's."""
        match = _DAY.match(text)
        if not match:
            return text
        return (self.at.astimezone(self.zone) - timedelta(days=int(match[1]))).date().isoformat()


def _instant(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return (info.context or {})["anchor"].instant(value)
    except ValueError as error:
        raise ValueError(
            f"{value!r} is no moment; write 2026-11-05T09:40:00+02:00, or -2d 09:40, -3h or -40m"
        ) from error


def _day(value: Any, info: ValidationInfo) -> Any:
    return (info.context or {})["anchor"].day(value) if isinstance(value, str) else value


Moment = Annotated[
    datetime,
    BeforeValidator(_instant),
    AfterValidator(instants.utc),
    PlainSerializer(instants.to_text, return_type=str, when_used="json"),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": ABSOLUTE}, {"type": "string", "pattern": RELATIVE}]}
    ),
]
"""An aware instant; in JSON RFC 3339 with an offset, or relative."""

Day = Annotated[
    str,
    BeforeValidator(_day),
    WithJsonSchema(
        {"type": "string", "anyOf": [{"pattern": ABSOLUTE_DAY}, {"pattern": RELATIVE_DAY}, {"const": ""}]}
    ),
]
"""A day as far as it is known: YYYY, YYYY-MM, YYYY-MM-DD, or relative."""
