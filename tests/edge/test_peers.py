"""Who a reader is: only a front that is ours or trusted may say it."""

from __future__ import annotations

import pytest

from standfirst.edge.peers import Peers
from tests.edge.application import application
from tests.edge.conftest import fill
from tests.edge.site import Store, edge

TRUSTED = Peers(["127.0.0.1", "10.0.0.0/8", "2001:db8::/32"])


@pytest.mark.parametrize(
    ("peer", "said", "reader"),
    [
        ("", ["203.0.113.9"], "203.0.113.9"),
        ("127.0.0.1", ["203.0.113.9"], "203.0.113.9"),
        ("::ffff:127.0.0.1", ["203.0.113.9"], "203.0.113.9"),
        ("127.0.0.1", ["1.2.3.4, 203.0.113.9"], "203.0.113.9"),
        ("127.0.0.1", ["1.2.3.4", "203.0.113.9"], "203.0.113.9"),
        ("127.0.0.1", ["1.2.3.4, 203.0.113.9, 10.1.2.3, 2001:db8::7"], "203.0.113.9"),
        ("127.0.0.1", ["10.9.9.9"], "10.9.9.9"),
        ("127.0.0.1", ["203.0.113.9, nonsense"], "127.0.0.1"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("", [], "127.0.0.1"),
        ("127.0.0.1", ["2001:db9::1"], "2001:db9::1"),
        ("198.51.100.7", ["1.2.3.4"], "198.51.100.7"),
        ("198.51.100.7", ["127.0.0.1"], "198.51.100.7"),
    ],
)
def test_the_nearest_that_is_none_of_ours_is_the_reader(peer: str, said: list[str], reader: str) -> None:
    assert TRUSTED.reader(peer, said) == reader


def test_without_trust_nobody_is_believed() -> None:
    assert Peers().reader("127.0.0.1", ["1.2.3.4"]) == "127.0.0.1"
    assert Peers().scheme("127.0.0.1", "https", "http") == "http"
    assert TRUSTED.scheme("127.0.0.1", "https", "http") == "https"
    assert TRUSTED.scheme("127.0.0.1", "gopher", "http") == "http"


@pytest.mark.parametrize(
    ("trusted", "heard"), [([], ("127.0.0.1", "http")), (["127.0.0.1"], ("1.2.3.4", "https"))]
)
def test_the_edge_passes_on_what_a_trusted_front_says(
    store: Store, trusted: list[str], heard: tuple[str, str]
) -> None:
    fill(store)
    with application(store.site) as app, edge(store.site, trusted=trusted) as server:
        server.get("/-/x", {"x-forwarded-for": "1.2.3.4", "x-forwarded-proto": "https"})
        headers = app.requests[0][2]
        assert (headers["x-forwarded-for"], headers["x-forwarded-proto"]) == heard
