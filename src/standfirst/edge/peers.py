"""Who a request comes from: whoever connected, or whom a front that is trusted passes on."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

Address = IPv4Address | IPv6Address
LOCAL = "127.0.0.1"


class Peers:
    """The fronts whose word is taken. Who comes by our own Unix socket always is: nobody else can open it."""

    def __init__(self, trusted: Iterable[str] = ()) -> None:
        """`trusted` are addresses or networks. Raises ValueError for what is neither."""
        self._trusted: list[IPv4Network | IPv6Network] = [ip_network(each, strict=False) for each in trusted]

    def trusts(self, peer: str) -> bool:
        """Return whether `peer`, an address or nothing (a Unix socket), is one of our fronts."""
        address = _address(peer)
        return not peer or (address is not None and self._ours(address))

    def reader(self, peer: str, forwarded_for: Iterable[str]) -> str:
        """Return the address of who asks; `forwarded_for` are all lines of X-Forwarded-For, in order.

        Each front adds whom it saw at the right, so the first from there that is none of ours is the reader;
        what stands further left is only said by them.
        """
        nearest = _address(peer)
        if self.trusts(peer):
            for said in reversed(",".join(forwarded_for).split(",")):
                address = _address(said.strip())
                if address is None:
                    break
                nearest = address
                if not self._ours(address):
                    break
        return LOCAL if nearest is None else str(nearest)

    def of(self, scope: Any) -> str:
        """Return the address of who sends a request of Granian's."""
        passed = [value for name, value in scope.headers.items() if name == "x-forwarded-for"]
        return self.reader(peer(scope), passed)

    def scheme(self, peer: str, forwarded_proto: str, otherwise: str) -> str:
        """Return `https` or `http`: what a trusted front says, else `otherwise`."""
        return forwarded_proto if forwarded_proto in ("http", "https") and self.trusts(peer) else otherwise

    def _ours(self, address: Address) -> bool:
        return any(address in network for network in self._trusted)


def peer(scope: Any) -> str:
    """Return the address of who is connected, "" at a Unix socket."""
    return str(scope.client.rpartition(":")[0].strip("[]"))


def _address(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
