"""What cannot be done with an item or post, in words for whoever tried."""

from __future__ import annotations


class ItemRefused(ValueError):
    """An item or post that cannot be kept or published so. `field` names what is wrong, "" for the whole."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class ItemChanged(ValueError):
    """Somebody else saved it meanwhile; nothing was overwritten."""
