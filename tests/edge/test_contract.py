"""The edge keeps the contract with readers."""

from __future__ import annotations

import pytest

from tests.edge.contract import Contract
from tests.edge.site import Server


class TestEdge(Contract):
    """The edge alone."""

    @pytest.fixture
    def server(self, edge_server: Server) -> Server:
        return edge_server
