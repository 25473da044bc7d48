"""The gate's refusals in the language of the desk."""

from __future__ import annotations

from django.utils.translation import gettext

from standfirst.kit.images import BadPicture


def shown(refusal: BadPicture) -> str:
    """Return what is wrong with a file and what to do, translated."""
    return gettext(refusal.template) % refusal.values
