"""What a publish does to paths: the right ones, once, with the newest bytes."""

from __future__ import annotations

import gzip

import brotli
import pytest

from standfirst.bake import api, registry, segments
from standfirst.bake.baker import Baker
from standfirst.edge import blobs
from standfirst.edge.manifest import Entry
from tests.bake.newsroom import ToyRenderer, page_change, publish


def entries(baker: Baker) -> dict[str, Entry]:
    return segments.read_all(baker.store)[1]


def shown(baker: Baker, path: str) -> str:
    return blobs.read(baker.store, entries(baker)[path].blob).plain.decode()


def settle(baker: Baker) -> None:
    while baker.step() is not None:
        pass


def test_a_new_page_is_baked_and_listed(baker: Baker) -> None:
    seq = publish(page_change("a", "hello"))
    settle(baker)
    entry = entries(baker)["/p/a/"]
    assert (entry.status, entry.seq, entry.keys) == (200, seq, ("page:a",))
    assert shown(baker, "/p/a/") == "<p>hello</p>"


def test_long_text_has_gzip_and_brotli_forms_of_the_same_bytes(baker: Baker) -> None:
    publish(page_change("a", "hello " * 500))
    settle(baker)
    forms = blobs.read(baker.store, entries(baker)["/p/a/"].blob)
    assert gzip.decompress(forms.gzip) == brotli.decompress(forms.brotli) == forms.plain
    assert len(forms.brotli) < len(forms.gzip) < len(forms.plain)


def test_only_pages_that_read_a_moved_key_are_drawn_again(baker: Baker, renderer: ToyRenderer) -> None:
    publish({**page_change("a", "see {word:x/card}"), **page_change("b", "nothing"), "word:x/card": "one"})
    settle(baker)
    renderer.drawn.clear()
    publish({"word:x/card": "two"})
    settle(baker)
    assert renderer.drawn == ["/p/a/"]
    assert shown(baker, "/p/a/") == "<p>see two</p>"


def test_a_key_that_was_missing_counts_as_read(baker: Baker) -> None:
    publish(page_change("a", "see {word:later/card}"))
    settle(baker)
    assert shown(baker, "/p/a/") == "<p>see None</p>"
    publish({"word:later/card": "here"})
    settle(baker)
    assert shown(baker, "/p/a/") == "<p>see here</p>"


def test_a_page_forgets_what_it_no_longer_reads(baker: Baker, renderer: ToyRenderer) -> None:
    publish({**page_change("a", "see {word:x/card}"), "word:x/card": "one"})
    settle(baker)
    publish({"page:a/body": "see nothing"})
    settle(baker)
    renderer.drawn.clear()
    publish({"word:x/card": "two"})
    settle(baker)
    assert renderer.drawn == []


def test_equal_bytes_make_no_segment(baker: Baker) -> None:
    publish({**page_change("a", "see nothing"), "page:a/body": "see nothing"})
    settle(baker)
    before = segments.last(baker.store)
    api.bake_paths(["/p/a/"])
    seq = publish({"page:a/body": "see  nothing"})
    settle(baker)
    assert segments.last(baker.store) == before
    assert api.progress(seq).done


def test_progress_names_the_pages_and_the_time(baker: Baker) -> None:
    publish({**page_change("a", "see {word:x/card}"), **page_change("b", "{word:x/card}")})
    settle(baker)
    seq = publish({"word:x/card": "two"})
    assert not api.progress(seq).marked
    lease = baker.claim()
    assert lease is not None
    waiting = api.progress(seq)
    assert (waiting.total, waiting.baked, waiting.milliseconds) == (2, 0, None)
    batch = baker.draw(lease)
    assert batch is not None
    baker.commit(batch)
    done = api.progress(seq)
    assert done.done
    assert [(path.path, path.state) for path in done.paths] == [("/p/a/", "visible"), ("/p/b/", "visible")]
    assert done.milliseconds is not None
    assert 0 <= done.milliseconds < 5000
    assert done.segment == segments.last(baker.store)


def test_two_publishes_before_a_bake_both_get_their_receipts(baker: Baker) -> None:
    publish(page_change("a", "one"))
    settle(baker)
    first, second = publish({"page:a/body": "two"}), publish({"page:a/body": "three"})
    settle(baker)
    assert api.progress(first).done
    assert api.progress(first).total == api.progress(second).total == 1
    assert shown(baker, "/p/a/") == "<p>three</p>"


def test_a_moved_address_redirects_for_ever(baker: Baker) -> None:
    publish(page_change("a", "hello"))
    settle(baker)
    publish(page_change("a", "hello", state="moved", target="/p/b/"))
    settle(baker)
    entry = entries(baker)["/p/a/"]
    assert (entry.status, entry.location, entry.blob) == (301, "/p/b/", "")


def test_a_page_taken_away_is_gone_with_a_page_that_says_so(baker: Baker) -> None:
    publish(page_change("a", "hello"))
    settle(baker)
    publish(page_change("a", None))
    settle(baker)
    assert entries(baker)["/p/a/"].status == 410
    assert shown(baker, "/p/a/") == "gone"


def test_an_address_that_vanishes_is_gone_too_and_one_that_never_was_is_nothing(baker: Baker) -> None:
    publish(page_change("a", "hello"))
    settle(baker)
    publish({"address:/p/a/": None, "page:a/body": None, "address:/p/never/": None})
    settle(baker)
    assert entries(baker)["/p/a/"].status == 410
    assert "/p/never/" not in entries(baker)


def test_gone_is_answered_even_when_the_page_for_it_cannot_be_drawn(baker: Baker) -> None:
    publish(page_change("a", "hello"))
    settle(baker)
    publish({**page_change("a", "broken", state="gone")})
    settle(baker)
    assert entries(baker)["/p/a/"].status == 410
    assert "hello" not in shown(baker, "/p/a/")


def test_urgent_pages_are_baked_first_and_a_change_of_everything_last(
    baker: Baker, monkeypatch: pytest.MonkeyPatch, renderer: ToyRenderer
) -> None:
    monkeypatch.setattr("standfirst.bake.marking.FANOUT", 3)
    for name in "abcdef":
        publish(page_change(name, "{site:main/body}" if name != "f" else "x"))
    settle(baker)
    renderer.drawn.clear()
    publish({"site:main/body": "name"})
    publish({"page:f/body": "kill"}, urgent=True)
    publish({"page:c/body": "{site:main/body} news"})
    settle(baker)
    assert renderer.drawn[:2] == ["/p/f/", "/p/c/"]
    assert sorted(renderer.drawn[2:]) == ["/p/a/", "/p/b/", "/p/d/", "/p/e/"]


def test_what_programs_fetch_waits_for_pages_but_not_when_it_is_urgent(
    baker: Baker, renderer: ToyRenderer
) -> None:
    feed = ToyRenderer(drawn=renderer.drawn)
    with registry.renderers.temporarily("feed", feed), registry.patient.temporarily("feed", "why"):
        publish(page_change("a-feed", "feed {word}", renderer="feed") | page_change("page", "page {word}"))
        settle(baker)
        for urgent, steps in ((False, [["/p/page/"], ["/p/a-feed/"]]), (True, [["/p/a-feed/", "/p/page/"]])):
            publish({"word": str(urgent)}, urgent=urgent)
            for drawn in steps:
                renderer.drawn.clear()
                baker.step()
                assert sorted(renderer.drawn) == drawn


def test_a_preview_reads_drafts_over_records_and_writes_nothing(baker: Baker) -> None:
    from standfirst.bake.reading import Page
    from standfirst.kit import instants

    publish({**page_change("a", "see {word:x/card}"), "word:x/card": "public"})
    before = segments.last(baker.store)
    page = Page("/p/a/", "page:a", "toy", "live")
    drawn = api.preview(page, {"page:a/body": "draft {word:x/card}"}, instants.now())
    assert drawn.body == b"<p>draft public</p>"
    assert segments.last(baker.store) == before


def test_keys_move_only_inside_a_transaction(site: object) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        api.move(["a:b/c"], 1)


def test_what_was_served_is_a_log(baker: Baker) -> None:
    publish(page_change("a", "one"))
    settle(baker)
    publish({"page:a/body": "two"})
    settle(baker)
    log = api.served("/p/a/")
    assert [blobs.read(baker.store, row.blob).plain for row in log] == [b"<p>one</p>", b"<p>two</p>"]
    assert log[0].at < log[1].at


def test_a_renderer_may_read_a_file_that_a_record_names_by_its_hash(baker: Baker) -> None:
    name = api.store_blob(b"a picture", "image/jpeg")
    publish(page_change("a", f"file:{name}"))
    settle(baker)
    assert shown(baker, "/p/a/") == "A PICTURE"


def test_a_file_that_is_not_there_is_an_error_of_that_page_alone(baker: Baker) -> None:
    publish(page_change("a", f"file:{'0' * 64}") | page_change("b", "well"))
    report = api.run_until_idle(baker.site)
    assert [path for path, _ in report.failed] == ["/p/a/"]
    assert shown(baker, "/p/b/") == "<p>well</p>"
