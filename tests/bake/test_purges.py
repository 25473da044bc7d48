"""What changed is forgotten by the CDN in front, whatever goes wrong on the way."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings

from standfirst.bake import index, purges
from standfirst.bake.baker import Baker
from standfirst.bake.cdns import NotPurgedError, Purger
from standfirst.edge import state
from tests.bake.cdn import HOST, TOKEN, Cdn, cdn
from tests.bake.newsroom import page_change, publish
from tests.bake.test_baking import settle

NOW = 2_000_000_000.0


@pytest.fixture
def double(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cdn]:
    config = settings.STANDFIRST.model_copy(update={"cdn": "fastly", "cdn_id": "service1", "base_url": HOST})
    monkeypatch.setattr(settings, "STANDFIRST", config)
    with cdn() as running:
        yield running


@pytest.fixture(params=["fastly", "cloudflare"])
def company(request: pytest.FixtureRequest, double: Cdn) -> Purger:
    made: Purger = getattr(double, request.param)()
    return made


@dataclass
class Clock:
    now: float = NOW

    def __call__(self) -> float:
        return self.now


def send_until_done(baker: Baker, company: Purger, clock: Clock, tries: int = 12) -> None:
    """Send as a worker does, again and again, while time passes."""
    for _ in range(tries):
        while purges.send(baker.site, company, clock):
            pass
        if not purges.waiting().waiting:
            return
        clock.now += purges.LONGEST


def test_a_page_that_changed_is_forgotten_and_no_other(baker: Baker, double: Cdn, company: Purger) -> None:
    publish({**page_change("a", "one"), **page_change("b", "one")})
    settle(baker)
    send_until_done(baker, company, Clock())
    double.hold("/p/a/", "page:a")
    double.hold("/p/b/", "page:b")
    publish(page_change("a", "two"))
    settle(baker)
    send_until_done(baker, company, Clock())
    assert list(double.held) == [f"{HOST}/p/b/"]


def test_what_is_gone_is_forgotten_by_its_key_before_all_else(
    baker: Baker, double: Cdn, company: Purger
) -> None:
    publish({**page_change("a", "one"), **page_change("b", "one")})
    settle(baker)
    send_until_done(baker, company, Clock())
    double.hold("/p/a/?utm=1", "page:a")  # a copy at an address that we do not know of
    double.calls.clear()
    publish(page_change("b", "two"))
    publish(page_change("a", None), urgent=True)
    settle(baker)
    send_until_done(baker, company, Clock())
    assert not double.held
    assert "page:a" in double.calls[0]


@pytest.mark.parametrize("faults", [[500, 503, 500], ["hang up"] * 4, [429], [401, 500]])
def test_a_purge_that_fails_is_tried_until_it_works(
    baker: Baker, double: Cdn, company: Purger, faults: list[int | str]
) -> None:
    publish(page_change("a", "one"))
    settle(baker)
    double.hold("/p/a/", "page:a")
    double.faults = list(faults)
    clock = Clock()
    purges.send(baker.site, company, clock)
    waiting = purges.waiting()
    assert (waiting.waiting, waiting.failing) == (1, 1)
    assert waiting.error
    purges.send(baker.site, company, clock)
    assert len(double.faults) == len(faults) - 1, "it did not wait before it tried again"
    if faults == [429]:  # the CDN says for how long
        ((at,),) = index.rows("SELECT next_try FROM bake_purge")
        assert at >= NOW + 40
    send_until_done(baker, company, clock)
    assert not double.held
    assert purges.waiting().waiting == 0


def test_a_sender_that_gives_up_is_seen_by_the_same_test(
    baker: Baker, double: Cdn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: rows that go whether it worked or not."""

    def careless(batch: list[purges._Row], forget: Callable[[], None], now: Callable[[], float]) -> int:
        with contextlib.suppress(NotPurgedError):
            forget()
        with index.opened() as ix:
            ix.run_in("DELETE FROM bake_purge WHERE what IN ({})", [row.what for row in batch])
        return len(batch)

    monkeypatch.setattr(purges, "_try", careless)
    publish(page_change("a", "one"))
    settle(baker)
    double.hold("/p/a/", "page:a")
    double.faults = [500]
    send_until_done(baker, double.fastly(), Clock())
    assert double.held


def test_what_changes_while_it_is_sent_is_sent_again(baker: Baker, double: Cdn) -> None:
    publish(page_change("a", "one"))
    settle(baker)
    real = double.fastly()

    class Slow:
        urls_at_once, keys_at_once = real.urls_at_once, real.keys_at_once
        forget_keys, forget_all = real.forget_keys, real.forget_all

        def forget(self, urls: list[str]) -> None:
            real.forget(urls)
            publish(page_change("a", "two"))
            settle(baker)
            double.hold("/p/a/", "page:a")  # somebody read it before

    purges.send(baker.site, Slow(), Clock())
    assert purges.waiting().waiting == 1
    send_until_done(baker, real, Clock())
    assert not double.held


def test_a_worker_that_dies_while_sending_loses_nothing(baker: Baker, double: Cdn) -> None:
    publish(page_change("a", "one"))
    settle(baker)
    double.hold("/p/a/", "page:a")

    class Deadly:
        urls_at_once = keys_at_once = 1

        def forget(self, urls: list[str]) -> None:
            raise KeyboardInterrupt

        forget_keys = forget

        def forget_all(self) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        purges.send(baker.site, Deadly(), Clock())
    send_until_done(baker, double.fastly(), Clock())
    assert not double.held


def test_a_cdn_hears_of_a_page_only_once_the_edges_serve_it(
    baker: Baker, double: Cdn, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(page_change("a", "one"))
    settle(baker)
    ((segment, since),) = index.rows("SELECT segment, since FROM bake_purge")
    reached = [segment - 1]
    monkeypatch.setattr(state, "applied", lambda _site: reached)
    assert purges.send(baker.site, double.fastly(), Clock(since + 1)) == 0
    reached[0] = segment
    assert purges.send(baker.site, double.fastly(), Clock(since + 1)) == 1


def test_very_many_changes_are_one_purge_of_everything(
    baker: Baker, double: Cdn, company: Purger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purges, "MOST", 5)
    for number in range(9):
        publish(page_change(f"n{number}", "one"))
        double.hold(f"/p/n{number}/", f"page:n{number}")
    settle(baker)
    assert purges.send(baker.site, company, Clock()) == 9
    assert not double.held
    assert len(double.calls) == 1


def test_the_token_stands_in_no_log_and_in_no_row(
    baker: Baker, double: Cdn, company: Purger, caplog: pytest.LogCaptureFixture
) -> None:
    publish(page_change("a", "one"))
    settle(baker)
    double.faults = [401, 500, "hang up"]
    with caplog.at_level(logging.DEBUG):
        send_until_done(baker, company, Clock())
    assert "purges failed" in caplog.text
    assert TOKEN not in caplog.text
    assert TOKEN not in repr(index.rows("SELECT * FROM bake_purge"))


def test_without_a_cdn_nothing_is_written(baker: Baker) -> None:
    publish(page_change("a", "one"))
    settle(baker)
    assert purges.waiting().waiting == 0
