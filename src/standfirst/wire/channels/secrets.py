"""A channel's secret: sealed at the desk, which cannot open it again, and opened by the worker alone."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_noop

from standfirst.kit import sealing
from standfirst.kit.sitefolder import SiteFolder
from standfirst.wire.channels.failing import Refused
from standfirst.wire.channels.models import Channel

OTHER_KEY = gettext_noop("its secret was sealed with another key than this site’s: enter it again")


class CannotSeal(Exception):
    """The site's public key is not there yet: it comes with the first start of the worker."""


def seal(channel: Channel, secret: str) -> None:
    """Put a secret into a row, not saved yet, as only the worker can read it. Raises CannotSeal."""
    site: SiteFolder = settings.STANDFIRST_SITE
    try:
        public = site.spool_key.read_text("ascii").strip()
        channel.sealed = sealing.seal(public, secret.encode(), _about(channel))
    except (OSError, UnicodeDecodeError, sealing.SealError):
        raise CannotSeal from None


def unseal(channel: Channel) -> str:
    """Return a channel's secret; the site's own key for push. Raises Refused."""
    if channel.kind == Channel.Kind.WEBPUSH:
        return str(settings.STANDFIRST_VAPID_KEY)
    if not channel.sealed:
        raise Refused(gettext_noop("it has no secret yet: enter it at the desk"))
    try:
        key = settings.STANDFIRST_SPOOL_KEY
        return sealing.unseal(key, bytes(channel.sealed), _about(channel)).decode()
    except sealing.SealError:
        raise Refused(OTHER_KEY) from None


def _about(channel: Channel) -> bytes:
    return f"standfirst channel {channel.public_id}".encode()
