"""The headers of every answer: security first, then caching. Computed once an answer, never a request."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

Headers = list[tuple[str, str]]

STALE_SECONDS = 10  # a cache in front may answer from what it has while it asks again
STALE_ON_ERROR_SECONDS = 86400
KEPT_SECONDS = 300
YEAR = 31536000

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; manifest-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; frame-ancestors "
)
_PERMISSIONS = (
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)


@dataclass(frozen=True)
class Policy:
    """The security headers of a site. `https` adds what only makes sense there."""

    https: bool = False
    cdn: str = ""
    """The CDN that is told what changed, and so may keep pages longer."""

    def kept(self, seconds_left: float | None) -> Headers:
        """Return what only the CDN in front obeys. A purge that never comes costs at most `KEPT_SECONDS`.

        Fastly reads Surrogate-Control, Cloudflare CDN-Cache-Control (RFC 9213).
        """
        name = {"fastly": "surrogate-control", "cloudflare": "cdn-cache-control"}.get(self.cdn)
        if name is None:
            return []
        left = YEAR if seconds_left is None else max(0, int(seconds_left))
        stale = f"stale-if-error={min(STALE_ON_ERROR_SECONDS, left)}"
        return [(name, f"max-age={min(KEPT_SECONDS, left)}, {stale}")]

    def _common(self, ancestors: str) -> Headers:
        policy = _POLICY + ancestors + ("; upgrade-insecure-requests" if self.https else "")
        headers = [
            ("content-security-policy", policy),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("permissions-policy", _PERMISSIONS),
            ("cross-origin-opener-policy", "same-origin"),
        ]
        if self.https:
            headers.append(("strict-transport-security", f"max-age={YEAR}"))
        return headers

    @cached_property
    def page(self) -> Headers:
        return [
            *self._common("'none'"), ("cross-origin-resource-policy", "same-origin"),
            ("x-frame-options", "DENY"),
        ]  # fmt: skip

    @cached_property
    def fragment(self) -> Headers:
        """A fragment may stand in a frame of the site's own pages, and nothing should index it."""
        return [
            *self._common("'self'"), ("cross-origin-resource-policy", "same-origin"),
            ("x-frame-options", "SAMEORIGIN"), ("x-robots-tag", "noindex"),
        ]  # fmt: skip

    @cached_property
    def error(self) -> Headers:
        return [*self.page, ("x-robots-tag", "noindex")]

    @cached_property
    def media(self) -> Headers:
        """Pictures are also shown elsewhere: in a mail program, in a feed reader, on a social network."""
        return [
            *self._common("'none'"), ("cross-origin-resource-policy", "cross-origin"),
            ("x-frame-options", "DENY"),
        ]  # fmt: skip

    def of(self, path: str, status: int) -> Headers:
        """Return the security headers for an answer at `path`."""
        if status >= 400:
            return self.error
        place = _place(path)
        if place == "_f":
            return self.fragment
        return self.media if place in ("_m", "_c") else self.page


def _place(path: str) -> str:
    """Return the reserved first segment (`_f`, `_m`, `_c`), behind a language or not."""
    for segment in path.split("/", 3)[1:3]:
        if segment.startswith("_"):
            return segment
    return ""


def cache_control(*, status: int, immutable: bool, seconds_left: float | None) -> str:
    """Return Cache-Control. `seconds_left` is how long the bytes may still be shown, None for ever.

    No `must-revalidate`: it would forbid caches in front what `stale-if-error` allows (RFC 9111, 5.2.2.2).
    Browsers ask each time because of `max-age=0`.
    """
    if status in (500, 503):
        return "no-store"
    left = YEAR if seconds_left is None else max(0, int(seconds_left))
    if immutable and status == 200:
        keep = f"public, max-age={left}" + (", immutable" if seconds_left is None else "")
        return f"{keep}, stale-if-error={min(STALE_ON_ERROR_SECONDS, left)}"
    parts = ["public", "max-age=0", f"s-maxage={min(1, left)}"]
    parts.append(f"stale-while-revalidate={min(STALE_SECONDS, left)}")
    if status < 400:
        parts.append(f"stale-if-error={min(STALE_ON_ERROR_SECONDS, left)}")
    return ", ".join(parts)


def asked_again(seconds_left: float | None) -> Headers:
    """Return what makes an nginx in front ask again after a second what browsers keep for ever.

    What it keeps itself can be withdrawn then: a browser's copy cannot. nginx does not pass the header on.
    """
    return [("x-accel-expires", str(1 if seconds_left is None else max(0, min(1, int(seconds_left)))))]


def sendable(value: str) -> bool:
    """Return whether `value` may stand in a header: visible ASCII, spaces within. Nothing else is sent."""
    return bool(value) and value.isascii() and value.isprintable()
