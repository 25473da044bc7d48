"""Tags for the desk's templates."""

from __future__ import annotations

from django import template

from standfirst.stories.sitesettings import SiteSettings

register = template.Library()


@register.simple_tag
def newsroom_name() -> str:
    """Return the name of the newsroom, as its settings say."""
    return SiteSettings.load().name
