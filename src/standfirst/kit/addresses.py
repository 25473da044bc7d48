"""Which network addresses belong to the public internet, and which host spellings are tricks.

Sources: the IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890 and those it lists).
"""

from __future__ import annotations

import ipaddress
import re

import idna

from standfirst.kit.words import gettext_noop

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NOT_PUBLIC_4 = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",
        "100.64.0.0/10",  # carriers' own networks, and some clouds' metadata
        "127.0.0.0/8",
        "168.63.129.16/32",  # a cloud's metadata service at an address that looks public
        "169.254.0.0/16",  # link-local, where most clouds keep metadata
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")  # all that IANA has given out
_NOT_PUBLIC_6 = tuple(
    ipaddress.IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments; Teredo, which hides an IPv4 address, among them
        "2001:db8::/32",
        "2002::/16",  # 6to4 hides an IPv4 address
        "3fff::/20",
    )
)
_ISATAP = (0x00005EFE, 0x02005EFE)  # interface ids that hide an IPv4 address (RFC 5214)

NO_IPV6 = gettext_noop("not an IPv6 address, or one with a zone")
NO_NAME = gettext_noop("not a host name")

_LABEL = re.compile(r"^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$")
_NUMERIC = re.compile(r"^(0x[0-9a-f]*|[0-9]+)$")
_LOCAL_NAMES = (
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "home.arpa",
    "onion",
    "test",
)


class NoHost(ValueError):
    """What is no host, or none of the public internet. Its text is a message of the catalogues."""


def is_public(address: Address) -> bool:
    """Return whether `address` is one host of the public internet.

    IPv6 forms that carry an IPv4 address inside (mapped, compatible, NAT64, 6to4, Teredo, ISATAP) are not:
    where they lead depends on this machine's network.
    """
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not any(address in network for network in _NOT_PUBLIC_4)
    if address.scope_id or address not in _PUBLIC_6:
        return False
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return False
    return not any(address in network for network in _NOT_PUBLIC_6)


def literal(host: str) -> Address | None:
    """Return the address that `host` spells, or None when it is a name.

    Raises NoHost for the other spellings of an address: one number, octal, hexadecimal, too few parts.
    """
    if host.startswith("["):
        if not host.endswith("]") or "%" in host:
            raise NoHost(NO_IPV6)
        return _spelled(ipaddress.IPv6Address, host[1:-1], NO_IPV6)
    if ":" in host:
        raise NoHost(gettext_noop("an IPv6 address stands in brackets"))
    if not _NUMERIC.match(host.rpartition(".")[2]):
        return None
    # refuses leading zeros and anything but four decimal parts
    return _spelled(ipaddress.IPv4Address, host, gettext_noop("not an IPv4 address of four decimal numbers"))


def _spelled(kind: type[Address], text: str, otherwise: str) -> Address:
    try:
        return kind(text)
    except ValueError as error:
        raise NoHost(otherwise) from error


def host_name(host: str) -> str:
    """Return `host` in the one form we look up: lower case, ASCII (UTS 46), no dot at the end.

    Raises NoHost for what is no host name, and for names that never lead out of a machine or network.
    """
    if host.startswith("["):
        return host.lower()
    try:
        name = idna.encode(host, uts46=True).decode().lower() if not host.isascii() else host.lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise NoHost(NO_NAME) from error
    name = name.removesuffix(".")
    if literal(name) is not None:
        return name
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.match(label) for label in labels):
        raise NoHost(NO_NAME)
    if len(labels) < 2 or any(name == local or name.endswith("." + local) for local in _LOCAL_NAMES):
        raise NoHost(gettext_noop("a name of a local network"))
    return name
