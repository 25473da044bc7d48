"""What the clock does to pages, and what happens when one cannot be drawn."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from standfirst.bake import api, index, marking, registry, segments, upkeep
from standfirst.bake.baker import Baker
from standfirst.bake.registry import Asset
from standfirst.edge import blobs
from standfirst.edge.manifest import segment_name
from standfirst.kit import instants
from standfirst.kit.sitefolder import SiteFolder
from tests.bake.newsroom import ToyRenderer, page_change, publish
from tests.bake.test_baking import entries, settle, shown

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)
LATER = instants.to_text(NOON + timedelta(hours=1))


@dataclass
class Clock:
    """A clock the test turns."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(baker: Baker) -> Clock:
    turned = Clock()
    baker.clock = turned
    return turned


def test_what_appears_later_is_baked_when_its_instant_comes_and_not_before(
    baker: Baker, clock: Clock
) -> None:
    publish(page_change("a", f"flag appears:{LATER}"))
    settle(baker)
    assert shown(baker, "/p/a/") == "<p>flag not-yet</p>"
    assert entries(baker)["/p/a/"].removal is None
    assert baker.next_instant() == (NOON + timedelta(hours=1)).timestamp()
    clock.now = NOON + timedelta(minutes=59)
    assert baker.step() is None
    clock.now = NOON + timedelta(minutes=60)
    settle(baker)
    assert shown(baker, "/p/a/") == "<p>flag is-there</p>"
    assert baker.next_instant() is None


def test_what_ends_is_handed_to_the_edge_ahead_with_its_successor(baker: Baker, clock: Clock) -> None:
    publish(page_change("a", f"flag ends:{LATER}"))
    settle(baker)
    entry = entries(baker)["/p/a/"]
    assert shown(baker, "/p/a/") == "<p>flag still-there</p>"
    assert entry.removal is not None
    assert entry.removal.at == (NOON + timedelta(hours=1)).timestamp()
    assert blobs.read(baker.store, entry.removal.blob).plain == b"<p>flag has-ended</p>"
    clock.now = NOON + timedelta(hours=2)
    settle(baker)
    assert shown(baker, "/p/a/") == "<p>flag has-ended</p>"
    assert entries(baker)["/p/a/"].removal is None


def test_the_log_of_what_was_served_knows_the_edge_s_own_removals(baker: Baker, clock: Clock) -> None:
    publish(page_change("a", f"flag ends:{LATER}"))
    settle(baker)
    told = api.served("/p/a/")
    assert [row.at for row in told] == [NOON, NOON + timedelta(hours=1)]
    assert blobs.read(baker.store, told[1].blob).plain == b"<p>flag has-ended</p>"


def test_a_page_that_cannot_be_drawn_keeps_its_old_bytes_and_others_go_on(baker: Baker, clock: Clock) -> None:
    publish({**page_change("a", "fine"), **page_change("b", "fine")})
    settle(baker)
    seq = publish({"page:a/body": "broken", "page:b/body": "better"})
    settle(baker)
    assert (shown(baker, "/p/a/"), shown(baker, "/p/b/")) == ("<p>fine</p>", "<p>better</p>")
    told = api.progress(seq)
    assert [(path.path, path.state) for path in told.paths] == [("/p/a/", "failed"), ("/p/b/", "visible")]
    assert "BrokenTextError" in told.paths[0].error
    assert [problem.what for problem in api.verify(baker.site)] == ["page"]


def test_a_failed_page_is_tried_again_later_and_later_but_at_once_when_it_is_mended(
    baker: Baker, clock: Clock, renderer: ToyRenderer
) -> None:
    publish(page_change("a", "broken {word:x/card}"))
    waits = []
    for _ in range(4):
        settle(baker)
        instant = baker.next_instant()
        assert instant is not None
        waits.append(instant - clock.now.timestamp())
        clock.now += timedelta(seconds=waits[-1])
    assert waits == [1, 2, 4, 8]
    seq = publish({"page:a/body": "mended"})
    settle(baker)
    assert shown(baker, "/p/a/") == "<p>mended</p>"
    assert api.progress(seq).done
    assert api.verify(baker.site) == []


def test_a_renderer_nobody_registered_is_an_error_of_that_page_alone(baker: Baker) -> None:
    publish({**page_change("a", "x", renderer="unknown"), **page_change("b", "fine")})
    settle(baker)
    report = api.run_until_idle(baker.site)
    assert [path for path, _ in report.failed] == ["/p/a/"]
    assert "unknown" in report.failed[0][1]
    assert shown(baker, "/p/b/") == "<p>fine</p>"


def test_a_changed_renderer_draws_its_pages_again_after_all_other_work(
    baker: Baker, renderer: ToyRenderer
) -> None:
    publish({**page_change("a", "one"), **page_change("b", "two")})
    settle(baker)
    renderer.fingerprint, renderer.drawn = "2", []
    publish({"page:b/body": "three"})
    Baker(baker.site, "next").start()
    settle(baker)
    assert renderer.drawn == ["/p/b/", "/p/a/"]
    renderer.drawn = []
    Baker(baker.site, "next").start()
    settle(baker)
    assert renderer.drawn == []


class Switch:
    """An input beside records: a change of `now` is taken in once."""

    def __init__(self, renderer: ToyRenderer) -> None:
        self.renderer, self.now, self.taken = renderer, "1", "1"

    def take(self, site: SiteFolder) -> bool:
        changed, self.taken = self.taken != self.now, self.now
        self.renderer.fingerprint = self.taken
        return changed

    def follow(self, site: SiteFolder) -> None:
        self.renderer.fingerprint = self.taken

    def problems(self, site: SiteFolder) -> tuple[str, ...]:
        return ("look/x: is wrong",)


def test_a_change_beside_records_draws_pages_again_newest_first_after_all_other_work(
    baker: Baker, renderer: ToyRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("standfirst.bake.baker.RENEW", 0.0)
    for name in "abc":
        publish(page_change(name, "text"))
    settle(baker)
    switch = Switch(renderer)
    shelf = [Asset("/_a/2.css", b"b{}", "text/css")]
    with (
        registry.inputs.temporarily("files", switch),
        registry.assets.temporarily("css", lambda: shelf if switch.taken == "2" else []),
    ):
        settle(baker)
        switch.now, renderer.drawn = "2", []
        publish({"page:a/body": "changed"})
        settle(baker)
        assert renderer.drawn == ["/p/a/", "/p/c/", "/p/b/"]
        assert shown(baker, "/_a/2.css") == "b{}"
        renderer.drawn = []
        settle(baker)
        assert renderer.drawn == []
        assert api.input_problems() == ("look/x: is wrong",)


def test_examples_are_the_newest_pages_of_a_renderer_and_nothing_is_kept(
    baker: Baker, renderer: ToyRenderer
) -> None:
    for name in "abcde":
        publish(page_change(name, f"text {name}"))
    settle(baker)
    publish({"page:d/body": "broken"})
    before, renderer.drawn = entries(baker), []
    assert [path for path, _ in api.failing_examples(3)] == ["/p/d/"]
    assert sorted(renderer.drawn) == ["/p/c/", "/p/d/", "/p/e/"]
    assert entries(baker) == before


def test_assets_are_served_for_ever_and_old_ones_stay(baker: Baker) -> None:
    with registry.assets.temporarily("css", lambda: [Asset("/_a/1.css", b"a{}", "text/css")]):
        Baker(baker.site, "one").start()
    with registry.assets.temporarily("css", lambda: [Asset("/_a/2.css", b"b{}", "text/css")]):
        Baker(baker.site, "one").start()
        reached = segments.last(baker.store)
        Baker(baker.site, "one").start()
    assert segments.last(baker.store) == reached
    listed = entries(baker)
    assert {listed[path].cache for path in ("/_a/1.css", "/_a/2.css")} == {"immutable"}
    api.bake_everything()
    settle(baker)
    assert shown(baker, "/_a/1.css") == "a{}"
    assert api.verify(baker.site) == []


def test_a_new_base_says_what_the_segments_said_and_they_go_later(
    baker: Baker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "SEGMENTS", 3)
    for number in range(8):
        publish(page_change(f"n{number % 5}", f"text {number}"))
        settle(baker)
        baker.tidy()
        baker.end()
    baker.tidy()
    before = entries(baker)
    names = {path.name for path in segments.folder(baker.store).iterdir()}
    assert {"base-0000000004", "base-0000000008", segment_name(1)} <= names
    folder = segments.folder(baker.store)
    for path in folder.iterdir():
        os.utime(path, (1, 1))
    removed = segments.sweep(baker.store)
    assert removed == [segment_name(number) for number in (1, 2, 3, 4)]
    assert entries(baker) == before
    assert api.verify(baker.site) == []


def test_an_index_that_was_lost_is_built_from_the_records_and_the_store(baker: Baker) -> None:
    publish({**page_change("a", "{word:x/card}"), "word:x/card": "one"})
    settle(baker)
    segments.compact(baker.store)
    with index.opened() as ix:
        for table in ("path", "dependency", "publish", "affected", "served"):
            ix.run(f"DELETE FROM bake_{table}")
        ix.cursor = ix.segment = 0
    publish({"word:x/card": "two"})
    report = api.run_until_idle(baker.site)
    assert report.failed == ()
    assert shown(baker, "/p/a/") == "<p>two</p>"
    assert api.verify(baker.site) == []
    publish({"word:x/card": "three"})
    settle(baker)
    assert shown(baker, "/p/a/") == "<p>three</p>"


def test_a_store_that_was_lost_is_baked_anew_without_using_a_number_twice(
    baker: Baker, site: SiteFolder
) -> None:
    publish(page_change("a", "one"))
    settle(baker)
    reached = segments.last(site.store)
    (segments.folder(site.store) / segment_name(reached)).unlink()
    assert api.verify(site) != []
    api.run_until_idle(site)
    assert shown(baker, "/p/a/") == "<p>one</p>"
    assert segments.last(site.store) == reached + 1
    assert api.verify(site) == []


def test_verify_finds_a_blob_with_one_byte_changed(baker: Baker) -> None:
    publish(page_change("a", "one"))
    settle(baker)
    assert api.verify(baker.site) == []
    path = blobs.blob_path(baker.store, entries(baker)["/p/a/"].blob)
    data = bytearray(path.read_bytes())
    data[blobs.HEAD_SIZE] ^= 1
    path.write_bytes(data)
    assert [problem.what for problem in api.verify(baker.site)] == ["blob"]


def test_blobs_nobody_names_are_collected_and_others_kept(
    baker: Baker, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(page_change("a", "one"))
    settle(baker)
    old = entries(baker)["/p/a/"].blob
    publish(page_change("a", "two"))
    settle(baker)
    held, loose = api.store_blob(b"held", "image/png"), api.store_blob(b"loose", "image/png")
    for folder in (baker.store / "blobs").iterdir():
        for path in folder.iterdir():
            os.utime(path, (1, 1))
    with registry.blob_holders.temporarily("toy", lambda: [held]):
        assert api.collect(baker.site, retention=3600) == [loose]
    assert blobs.read(baker.store, old).plain == b"<p>one</p>"
    assert api.verify(baker.site) == []


def test_a_full_disk_leaves_the_old_page_and_the_next_try_succeeds(
    baker: Baker, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(page_change("a", "one"))
    settle(baker)
    seq = publish({"page:a/body": "two"})

    def full(descriptor: int, data: bytes) -> None:
        os.write(descriptor, data[:100])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("standfirst.bake.store.write_whole", full)
        with pytest.raises(OSError, match="No space"):
            baker.step()
        assert shown(baker, "/p/a/") == "<p>one</p>"
    settle(baker)
    assert shown(baker, "/p/a/") == "<p>two</p>"
    assert api.progress(seq).done
    assert list((baker.store / "tmp").iterdir()) == []


def test_old_receipts_go_a_bite_at_a_time_and_the_publish_with_the_last(
    baker: Baker, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(page_change("a", "text"))
    publish(page_change("b", "text"))
    settle(baker)
    monkeypatch.setattr(marking, "RECEIPTS", -300)
    monkeypatch.setattr(upkeep, "BITE", 1)
    left = []
    while index.rows("SELECT seq FROM bake_publish"):
        left.append(index.rows("SELECT count(*) FROM bake_affected")[0][0])
        upkeep.prune()
    assert left[0] >= 2
    assert left == sorted(set(left), reverse=True), "each time one less, and no publish without its receipts"
    assert index.rows("SELECT count(*) FROM bake_affected") == [(0,)]
