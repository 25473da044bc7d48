"""What goes wrong in a way a person can mend."""

from __future__ import annotations


class CannotPublish(Exception):
    """Publishing was refused and nothing of it happened. `message` says to an editor what to do.

    `field` names the form's field it is about, or is empty.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
