"""The desk's models."""

from __future__ import annotations

from standfirst.stories.pictures.models import Derivation, File, Picture, PictureRendition

__all__ = ["Derivation", "File", "Picture", "PictureRendition"]
