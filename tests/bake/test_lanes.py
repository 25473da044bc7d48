"""What is baked before what: the urgent first, then pages, then what can wait; the newest first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from standfirst.bake import api, index, marking, progress, registry
from standfirst.bake import baker as baking
from standfirst.bake.baker import Baker
from tests.bake.newsroom import ToyRenderer, ToySource, page_change, publish
from tests.bake.test_baking import settle

FIRST = datetime.fromisoformat("2026-01-01T00:00:00+00:00")


class _Dated(str):
    """A text with the instant it was published."""

    published_at = FIRST


@pytest.fixture
def dated(source: ToySource, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the text of page nX the instant of day X."""
    real = source.read

    def read(key: str) -> object | None:
        value = real(key)
        if isinstance(value, str) and key.startswith("page:n"):
            value = _Dated(value)
            value.published_at = FIRST + timedelta(days=int(key.removeprefix("page:n").partition("/")[0]))
        return value

    monkeypatch.setattr(source, "read", read)


def test_a_change_of_everything_begins_with_the_newest(
    baker: Baker, renderer: ToyRenderer, dated: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "FANOUT", 5)
    for number in (3, 9, 1, 5, 7, 2, 8, 4, 6):  # not in the order of their days
        publish(page_change(f"n{number}", "of {word:site/card}"))
    settle(baker)
    renderer.drawn.clear()
    publish({"word:site/card": "a new name"})
    settle(baker)
    assert renderer.drawn == [f"/p/n{number}/" for number in range(9, 0, -1)]


def test_a_publish_goes_before_a_change_of_everything(
    baker: Baker, renderer: ToyRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "FANOUT", 5)
    monkeypatch.setattr(baking, "SLICE", 0.0)  # one page a batch
    for number in range(9):
        publish(page_change(f"n{number}", "of {word:site/card}"))
    settle(baker)
    renderer.drawn.clear()
    publish({"word:site/card": "a new name"})
    baker.step()
    publish(page_change("n4", "the story of the day"))
    baker.step()
    assert renderer.drawn[1] == "/p/n4/"
    settle(baker)
    assert len(renderer.drawn) == 9, "a page that was baked meanwhile is not baked again"


def test_what_can_wait_waits_also_the_first_time(baker: Baker, renderer: ToyRenderer) -> None:
    patient = registry.patient.temporarily("toy-feed", "for the test")
    with patient, registry.renderers.temporarily("toy-feed", renderer):
        publish({**page_change("feed", "a feed", renderer="toy-feed"), **page_change("n1", "a page")})
        baker.step()
        assert renderer.drawn == ["/p/n1/"]
        settle(baker)
    assert renderer.drawn == ["/p/n1/", "/p/feed/"]


def test_many_publishes_are_marked_in_bites(
    baker: Baker, renderer: ToyRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "BITE", 4)
    marked, real = [], marking._write

    def write(ix: index.Index, wanted: Any) -> None:
        marked.append(len(wanted.seqs))
        real(ix, wanted)

    monkeypatch.setattr(marking, "_write", write)
    for number in range(11):
        publish(page_change(f"n{number}", "one"))
    publish({**page_change("n2", "two"), **page_change("n3", "two")})
    settle(baker)
    assert marked == [4, 4, 5]  # the last publish touches two pages
    assert sorted(renderer.drawn) == sorted(f"/p/n{number}/" for number in range(11))
    assert index.rows("SELECT cursor FROM bake_state") == [(12,)]
    assert api.progress(3).done


def test_the_backlog_says_how_much_and_how_long(baker: Baker) -> None:
    for number in range(6):
        publish(page_change(f"n{number}", "one"))
    settle(baker)
    assert api.backlog() == api.Backlog(0, 0, 0.0)
    api.bake_everything()
    backlog = api.backlog()
    assert (backlog.waiting, backlog.failing) == (6, 0)
    assert backlog.seconds is None, "a second's work says nothing of the pace"
    ((last,),) = index.rows("SELECT min(baked_at) FROM bake_path")
    assert progress.backlog(last + 6).seconds == pytest.approx(6, rel=0.3)  # six in six seconds, six more
