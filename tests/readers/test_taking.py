"""Taking in what the edge kept: each record once, whatever breaks off; nothing that came is hidden."""

from __future__ import annotations

import json
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection

from standfirst.edge import spool
from standfirst.edge.keeping import Limits, Spool
from standfirst.edge.spool import Record
from standfirst.kit import sealing
from standfirst.kit.chores import chores
from standfirst.kit.sitefolder import SiteFolder
from standfirst.readers import messages, taking
from standfirst.readers.models import Message, SpoolMark
from standfirst.readers.received import Received, handlers

pytestmark = pytest.mark.django_db

NOW = 1_790_000_000_000_000  # microseconds


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[SiteFolder]:
    """The tests' site with an empty spool, in the role of a worker, which has the key."""
    monkeypatch.setattr(settings, "STANDFIRST_SPOOL_KEY", sealing.new_private_key())
    site: SiteFolder = settings.STANDFIRST_SITE
    shutil.rmtree(site.spool, ignore_errors=True)
    yield site
    shutil.rmtree(site.spool, ignore_errors=True)


def sealed(text: str, *, at: int = NOW, form: str = "contact", key: str = "", **values: str) -> Record:
    """Return a record as the edge makes it."""
    number = secrets.token_bytes(16)
    said = {"subject": "tip", "message": text, "name": "", "answer_to": "", **values}
    letter = {"language": "en", "trapped": False, "values": said}
    public = sealing.public_key(key or settings.STANDFIRST_SPOOL_KEY)
    return Record(
        number, at, form, sealing.seal(public, json.dumps(letter).encode(), spool.about(number, at, form))
    )


def keep(site: SiteFolder, *records: Record, finished: bool = True) -> Spool:
    """Let an edge keep records; when `finished` it has let go of its segment."""
    into = Spool(site.spool, lambda: None, Limits(idle=0.05 if finished else 60))
    for record in records:
        into.keep(record).result(10)
    if finished:
        time.sleep(0.15)
    return into


def segments(site: SiteFolder) -> list[Path]:
    return sorted(site.spool.glob("*.spool"))


def texts() -> list[str]:
    return sorted(Message.objects.filter(broken=False).values_list("text", flat=True))


def test_each_record_becomes_one_message_and_the_segment_goes(site: SiteFolder) -> None:
    records = [sealed(f"{number}") for number in range(250)]
    keep(site, *records)
    taking.take(site)
    assert Message.objects.count() == 250
    assert {message.spool_id for message in Message.objects.all()} == {record.id.hex() for record in records}
    assert segments(site) == []
    taking.take(site)
    assert Message.objects.count() == 250


def test_an_edge_that_still_writes_keeps_its_segment(site: SiteFolder) -> None:
    into = keep(site, sealed("one"), finished=False)
    taking.take(site)
    taking.take(site)
    assert texts() == ["one"]
    assert len(segments(site)) == 1
    into.keep(sealed("two")).result(10)
    taking.take(site)
    assert texts() == ["one", "two"]


def test_several_edges_have_segments_of_their_own(site: SiteFolder) -> None:
    edges = [keep(site, sealed(f"from {number}"), finished=False) for number in range(3)]
    assert len(segments(site)) == len(edges) == 3
    taking.take(site)
    assert texts() == ["from 0", "from 1", "from 2"]


def test_a_worker_that_breaks_off_takes_it_again_and_doubles_nothing(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(site, *(sealed(f"{number}") for number in range(6)))
    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", lambda *_, **__: (_ for _ in ()).throw(OSError("killed")))
        with pytest.raises(OSError, match="killed"):
            taking.take(site)
    assert len(segments(site)) == 1, "killed after the commit, before the segment went"
    taking.take(site)
    assert Message.objects.count() == 6
    assert segments(site) == []


def test_a_transaction_that_fails_leaves_mark_and_segment(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(site, *(sealed(f"{number}") for number in range(6)))
    real = SpoolMark.save

    def fail_at_the_end(mark: SpoolMark, **how: bool) -> None:
        if mark.reached:
            raise DatabaseError("gone")
        real(mark, **how)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr(SpoolMark, "save", fail_at_the_end)
        with pytest.raises(DatabaseError):
            taking.take(site)
    assert Message.objects.count() == 0
    assert len(segments(site)) == 1
    taking.take(site)
    assert Message.objects.count() == 6


def test_a_segment_that_a_power_cut_brings_back_is_not_taken_twice(site: SiteFolder) -> None:
    keep(site, sealed("one"))
    (segment,) = segments(site)
    data = segment.read_bytes()
    taking.take(site)
    Message.objects.all().delete()  # the newsroom has dealt with it
    segment.write_bytes(data)
    taking.take(site)
    assert Message.objects.count() == 0
    assert segments(site) == []


@pytest.mark.parametrize("what", ["key", "form", "noise", "words"])
def test_what_cannot_be_read_is_shown_as_it_came_and_holds_nothing_up(site: SiteFolder, what: str) -> None:
    bad = {
        "key": sealed("unread", key=sealing.new_private_key()),
        "form": sealed("unread", form="pledge"),
        "noise": Record(secrets.token_bytes(16), NOW, "contact", b"noise"),
        "words": sealed(""),
    }[what]
    keep(site, sealed("before"), bad, sealed("after"))
    taking.take(site)
    assert texts() == ["after", "before"]
    shown = Message.objects.get(broken=True)
    assert (shown.spool_id, bytes(shown.raw or b"")) == (bad.id.hex(), bad.sealed)
    assert segments(site) == []


def test_what_another_key_sealed_opens_once_that_key_is_back(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sealing.new_private_key()
    keep(site, sealed("from before the restore", key=other), sealed("", key=other))
    taking.take(site)
    assert (taking.open_again(site), texts()) == (0, [])
    monkeypatch.setattr(settings, "STANDFIRST_SPOOL_KEY", other)
    assert (taking.open_again(site), texts()) == (1, ["from before the restore"])
    assert Message.objects.filter(broken=True).count() == 1, "the one without words stays"


def test_damage_on_the_disk_is_shown_once(site: SiteFolder) -> None:
    keep(site, sealed("one"), sealed("two"), sealed("three"))
    (segment,) = segments(site)
    data = bytearray(segment.read_bytes())
    first = next(spool.scan(bytes(data), 0, finished=True)).end
    data[first + 60] ^= 0xFF
    segment.write_bytes(data)
    taking.take(site)
    assert texts() == ["one", "three"]
    assert Message.objects.filter(broken=True).count() == 1


def test_a_torn_end_is_nobodys_message(site: SiteFolder, caplog: pytest.LogCaptureFixture) -> None:
    keep(site, sealed("one"))
    (segment,) = segments(site)
    segment.write_bytes(segment.read_bytes() + spool.encode(sealed("torn"))[:50])
    taking.take(site)
    assert (texts(), Message.objects.count(), segments(site)) == (["one"], 1, [])
    assert "50 bytes at its end broke off" in caplog.text


def test_pressing_the_button_twice_is_one_message(site: SiteFolder) -> None:
    minute = 60_000_000
    keep(site, sealed("same"), sealed("same", at=NOW + minute), sealed("same", at=NOW + 30 * minute))
    keep(site, sealed("same", name="Somebody else"), sealed("other"))
    taking.take(site)
    assert texts() == ["other", "same", "same", "same"]
    assert sorted(Message.objects.values_list("repeats", flat=True)) == [0, 0, 0, 1]


def test_words_do_not_reach_the_log(site: SiteFolder, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_received: Received) -> None:
        raise ValueError("canary in the words")

    with handlers.temporarily("contact", fail):
        keep(site, sealed("canary in the words"))
        taking.take(site)
    assert Message.objects.filter(broken=True).count() == 1
    assert "cannot be taken" in caplog.text
    assert "canary" not in caplog.text


def test_two_workers_take_each_record_once(transactional_db: None, site: SiteFolder) -> None:
    keep(site, *(sealed(f"{number}") for number in range(300)))

    def work() -> None:
        taking.take(site)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert Message.objects.count() == 300
    assert sum(Message.objects.values_list("repeats", flat=True)) == 0


def test_the_worker_takes_what_waits_whenever_it_comes_round(site: SiteFolder) -> None:
    keep(site, sealed("one"))
    assert [segment.name for segment in taking.waiting(site)] == [segments(site)[0].name]
    (chore,) = (one for name, one in chores.items() if name == "spool")
    assert chore.every == 0
    chore.do(site)
    assert texts() == ["one"]
    assert list(taking.waiting(site)) == []


def test_the_controls_a_mark_outside_the_transaction_would_double(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of `breaks off`: were neither id nor mark minded, the same segment would come in twice."""
    monkeypatch.setattr(messages, "SAME_WITHIN", messages.SAME_WITHIN * 0)

    def careless(received: Received) -> None:
        Message.objects.create(
            spool_id=secrets.token_hex(16), form="contact", received_at=received.at, text="double"
        )

    keep(site, sealed("one"))
    (segment,) = segments(site)
    data = segment.read_bytes()
    with handlers.temporarily("contact", careless):
        taking.take(site)
        SpoolMark.objects.all().delete()
        segment.write_bytes(data)
        taking.take(site)
    assert texts() == ["double", "double"]
