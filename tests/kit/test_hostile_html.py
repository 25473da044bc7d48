"""Promise 3: nothing that comes in as HTML runs. In a real browser, without a content security policy."""

import pytest

from tests.kit.hostile_page import as_inline, as_pieces, ran
from tests.kit.payloads import payloads, shapes

pytestmark = pytest.mark.browser
COUNT = 320


def test_there_are_enough_payloads() -> None:
    assert len(set(payloads(COUNT))) >= 300
    assert len(set(payloads(2000))) >= 1900


def test_cleaned_payloads_run_nothing() -> None:
    """The short form; `make faults` runs 2,000, each in a document of its own."""
    hostile = list(payloads(COUNT))
    cleaned = [*map(as_inline, hostile), *map(as_pieces, hostile)]
    assert ran(cleaned, together=16) == set()


def test_raw_payloads_run() -> None:
    """The control: the same browser and canary hear them when nobody cleans."""
    assert len(ran(shapes()[:60])) >= 20
