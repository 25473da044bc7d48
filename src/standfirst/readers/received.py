"""What rooms do with what readers send: a handler for each form, by the form's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from standfirst.kit.registry import Registry


@dataclass(frozen=True, slots=True)
class Received:
    """A form that somebody sent, opened. `spool_id` is its own for ever; a program's is `trapped`."""

    spool_id: str
    form: str
    language: str
    at: datetime
    values: Mapping[str, str]
    trapped: bool


handlers: Registry[Callable[[Received], None]] = Registry("handler of a form")
"""Called in the transaction that counts the record as taken; once for each, unless that is rolled back.

A handler that raises ValueError leaves the record to the desk, as one that could not be read.
"""
