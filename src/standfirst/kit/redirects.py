"""The one place that sends a browser on. An address that came with a request is never followed blindly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

_TRICKS = re.compile(
    r"[\x00-\x20\x7f-\xa0\\\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ud800-\udfff]"
)
_ESCAPED_TRICKS = re.compile(r"^/(?:%2f|%5c|%09|%0a|%0d|\.{0,2}/)", re.IGNORECASE)


def safe_next(url: str | None, allowed_hosts: Iterable[str] = (), *, default: str = "/") -> str:
    """Return `url` when it is a path of this host, or a full http(s) URL of an allowed one; else `default`.

    `allowed_hosts` are `host` or `host:port` as in a URL. Anything a browser might read in two ways is not
    safe: `//host`, backslashes, white space, control characters, user names, other schemes.
    """
    if not url or len(url) > 2000 or _TRICKS.search(url) or _ESCAPED_TRICKS.match(url):
        return default
    if not url.startswith(("/", "http://", "https://")) or "@" in _authority(url):
        return default
    return url if url_has_allowed_host_and_scheme(url, set(allowed_hosts)) else default


def _authority(url: str) -> str:
    """Return what stands between `//` and the path; "@" when that cannot be told."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return "@"


def redirect(
    url: str | None, allowed_hosts: Iterable[str] = (), *, default: str = "/", permanent: bool = False
) -> HttpResponseRedirect | HttpResponsePermanentRedirect:
    """Return a redirect to `url` if it is safe (see `safe_next`), else to `default`, which must be ours."""
    target = safe_next(url, allowed_hosts, default=default)
    return HttpResponsePermanentRedirect(target) if permanent else HttpResponseRedirect(target)
