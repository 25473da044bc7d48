"""What other parts of the desk, imports and the worker may call about pictures."""

from __future__ import annotations

from standfirst.kit.images import BadPicture
from standfirst.stories.pictures.deriving import derive, derive_ahead, derive_together, held_blobs
from standfirst.stories.pictures.erasing import Erased, erase_picture, eraser
from standfirst.stories.pictures.messages import shown
from standfirst.stories.pictures.notices import Notice, notices, warnings
from standfirst.stories.pictures.projection import focus, media_document
from standfirst.stories.pictures.publishing import (
    picture_saved,
    publish,
    publish_picture,
    publish_pictures,
    withdraw,
    withdraw_unused,
)
from standfirst.stories.pictures.saving import PictureFields, save_picture, set_focus

__all__ = [
    "BadPicture",
    "Erased",
    "Notice",
    "PictureFields",
    "derive",
    "derive_ahead",
    "derive_together",
    "erase_picture",
    "eraser",
    "focus",
    "held_blobs",
    "media_document",
    "notices",
    "picture_saved",
    "publish",
    "publish_picture",
    "publish_pictures",
    "save_picture",
    "set_focus",
    "shown",
    "warnings",
    "withdraw",
    "withdraw_unused",
]
