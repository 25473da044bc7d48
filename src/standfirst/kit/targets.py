"""Where the outbound gate may go: its policy, its errors, and the check of a URL before any packet goes."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from standfirst.kit.addresses import Address, NoHost, host_name, is_public, literal
from standfirst.kit.words import Words, gettext_noop

_BAD = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ud800-\udfff]")
_SAFE = "!#$%&'()*+,/:;=?@[]~"
_DEFAULT_PORTS = {"http": 80, "https": 443}


class FetchError(Exception):
    """Nothing was fetched; `words` says why, for a person, and `why` in English."""

    def __init__(self, url: str, template: str, **values: str | int) -> None:
        self.url, self.words = url, Words(template, values)
        super().__init__(f"{url[:200]}: {self.why}")

    @property
    def why(self) -> str:
        return str(self.words)


class FetchRefused(FetchError):
    """We do not go there: not a public address, not a web address, too many redirects."""


class FetchFailed(FetchError):
    """We went and it could not be had: no such host, no answer, an error, too large, of another type."""


class NotReached(FetchFailed):
    """No such host, or no connection: nothing of the request went out, so nothing can have been done."""


def system_resolver(host: str, port: int) -> list[str]:
    """Return the addresses of `host` as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Policy:
    """Where the gate lets through. The default is the strict one; tests that have a peer on this machine
    hand in another. It is an object and never read from the environment, so nobody switches it off there.
    """

    ports: frozenset[int] = frozenset({80, 443})
    allows: Callable[[Address], bool] = is_public
    resolve: Callable[[str, int], list[str]] = system_resolver
    redirects: int = 5
    tls: ssl.SSLContext | None = None


STRICT = Policy()

NOT_PUBLIC = gettext_noop("not a public address")


@dataclass(frozen=True)
class Target:
    """A checked URL in parts, so that what was checked is what is asked."""

    scheme: str
    host: str  # lower case ASCII; an IPv6 address in brackets
    port: int
    origin: str  # host, and the port where it is not the usual one
    path: str  # with the query

    @property
    def url(self) -> str:
        """Return the parts put together again."""
        return f"{self.scheme}://{self.origin}{self.path}"


def check(url: str, policy: Policy = STRICT) -> Target:
    """Return `url` in checked parts, without asking the network. Raises FetchRefused.

    Names are not looked up here; their addresses are checked when the connection is made.
    """
    if len(url) > 4000 or _BAD.search(url):
        raise FetchRefused(
            url, gettext_noop("not a URL: too long, or with white space, backslash or control characters")
        )
    try:
        parts = urlsplit(url)
        port = parts.port
        if parts.scheme not in _DEFAULT_PORTS:
            raise NoHost(gettext_noop("only http and https are fetched"))
        if "@" in parts.netloc:
            raise NoHost(gettext_noop("no user name or password in a URL"))
        host = host_name(_host(parts.netloc))
        address = literal(host)
    except NoHost as error:
        raise FetchRefused(url, str(error)) from error
    except ValueError as error:  # of the standard library, in words of its own
        raise FetchRefused(url, gettext_noop("not a URL: host or port cannot be read")) from error
    usual = _DEFAULT_PORTS[parts.scheme]
    port = usual if port is None else port
    if port not in policy.ports:
        raise FetchRefused(url, gettext_noop("port %(port)d is not open to this"), port=port)
    if address is not None and not policy.allows(address):
        raise FetchRefused(url, NOT_PUBLIC)
    path = quote(parts.path or "/", safe=_SAFE) + (
        "?" + quote(parts.query, safe=_SAFE) if parts.query else ""
    )
    origin = host if port == usual else f"{host}:{port}"
    return Target(parts.scheme, host, port, origin, path)


def _host(netloc: str) -> str:
    """Return the host as written, brackets included. Raises NoHost when there is none."""
    host = netloc[: netloc.index("]") + 1] if netloc.startswith("[") else netloc.partition(":")[0]
    if not host:
        raise NoHost(gettext_noop("no host in the URL"))
    if "%" in host:
        raise NoHost(gettext_noop("no zones or escapes in a host"))
    return host
