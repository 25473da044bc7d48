"""The contract, with the edge alone and with nginx in front of it."""

from __future__ import annotations

import pytest

from tests.edge.contract import Contract
from tests.edge.site import Server


class TestEdge(Contract):
    """The edge alone."""

    @pytest.fixture
    def server(self, edge_server: Server) -> Server:
        return edge_server


class TestNginx(Contract):
    """nginx in front, as `serve` starts it."""

    @pytest.fixture
    def server(self, fronted_server: Server) -> Server:
        return fronted_server
