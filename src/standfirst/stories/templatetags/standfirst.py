"""Tags for the desk's templates."""

from __future__ import annotations

import re
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from standfirst.kit import instants
from standfirst.stories.sitesettings import SiteSettings

register = template.Library()

_YEAR = re.compile(r"[\s,،]*Y.*$")
"""The year and what parts it from the day: it comes last in Django's DATE_FORMAT of the desk's languages."""


@register.simple_tag
def newsroom_name() -> str:
    """Return the name of the newsroom, as its settings say."""
    return SiteSettings.load().name


@register.filter(expects_localtime=True)
def moment(at: datetime | None) -> str:
    """Return day and time as the desk writes them, "" for None: `Nov. 28, 5:31 a.m.`

    In the language and zone of who reads. The month is named, the year only where it is not this one.
    """
    if at is None:
        return ""
    words = {"day": day(at), "time": date_format(at, "TIME_FORMAT")}
    return _("%(day)s, %(time)s") % words


@register.filter(expects_localtime=True)
def clock(at: datetime | None) -> str:
    """Return the time of day, with its day where that is not today, as `moment` has it; "" for None."""
    if at is None:
        return ""
    is_today = at.date() == timezone.localtime(instants.now()).date()
    return date_format(at, "TIME_FORMAT") if is_today else moment(at)


@register.filter(expects_localtime=True)
def day(at: datetime) -> str:
    """Return the day of an instant, with its year where that is not this one: `Nov. 28`."""
    written = str(get_format("DATE_FORMAT"))
    is_this_year = at.year == timezone.localtime(instants.now()).year
    return date_format(at, _YEAR.sub("", written) if is_this_year else written)
