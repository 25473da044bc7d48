"""How often one address may send: a bucket for each that fills again with time. In memory, never on disk."""

from __future__ import annotations

import hashlib
import ipaddress
import math
import secrets
import time
from collections.abc import Callable


class Rates:
    """Allows `most` at once and `most` a minute for each address. Knows addresses by salted hashes alone."""

    def __init__(
        self, most: int = 10, held: int = 20_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._held, self._clock = most, held, clock
        self._salt = secrets.token_bytes(16)
        self._full_at: dict[bytes, float] = {}  # when the bucket of an address is full again

    def wait(self, address: str) -> int:
        """Count one from `address`. Return 0 when it may pass, else after how many seconds it may."""
        now, each = self._clock(), 60.0 / self._most
        key = hashlib.blake2b(network(address).encode(), key=self._salt, digest_size=8).digest()
        full_at = max(now, self._full_at.get(key, now))
        over = full_at + each - now - 60.0
        if over > 1e-6:
            return math.ceil(over)
        if len(self._full_at) >= self._held:
            self._forget(now)
        self._full_at[key] = full_at + each
        return 0

    def _forget(self, now: float) -> None:
        """Forget the buckets that are full; all of them where an attack leaves no other way."""
        self._full_at = {key: at for key, at in self._full_at.items() if at > now}
        if len(self._full_at) >= self._held:
            self._full_at.clear()


def network(address: str, bits: int = 32, bits_of_6: int = 64) -> str:
    """Return what one sender has: an IPv4 address, or the half of an IPv6 address that names a network.

    Fewer `bits` (of an IPv4 address, of an IPv6 address) name a wider network.
    """
    read = _read(address)
    if read is None:
        return address
    found = ipaddress.ip_network((read, bits if read.version == 4 else bits_of_6), strict=False)
    return str(read) if found.num_addresses == 1 else str(found)


def own_network(address: str, bits: int = 32, bits_of_6: int = 64) -> str:
    """Return what `network` does, "" where `address` is not a reader's own.

    Only public addresses are: another one is that of a front nobody told us of, behind which everybody is.
    """
    read = _read(address)
    return network(address, bits, bits_of_6) if read is not None and read.is_global else ""


def _read(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return None
    return (read.ipv4_mapped or read) if isinstance(read, ipaddress.IPv6Address) else read
