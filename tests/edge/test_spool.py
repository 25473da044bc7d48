"""The spool: what is in a segment, what is left of a damaged one, what happens when the disk refuses."""

from __future__ import annotations

import errno
import os
import random
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest

from standfirst.edge import keeping, spool
from standfirst.edge.keeping import Limits, NotKeptError, Spool
from standfirst.edge.spool import Record
from standfirst.kit import sealing
from standfirst.kit.sealing import SealError


def record(number: int, sealed: bytes = b"sealed") -> Record:
    return Record(number.to_bytes(16), 1_700_000_000_000_000 + number, "contact", sealed)


def segment(*numbers: int) -> bytes:
    return spool.HEADER + b"".join(spool.encode(record(number)) for number in numbers)


def ids(data: bytes, *, finished: bool, start: int = 0) -> list[int]:
    found = spool.scan(data, start, finished=finished)
    return [int.from_bytes(kept.record.id) if kept.record else -1 for kept in found]


def test_what_is_written_is_read() -> None:
    kept = next(spool.scan(segment(7), 0, finished=False))
    assert kept.record == record(7)
    assert kept.end == len(segment(7))


def test_reading_goes_on_where_it_stopped() -> None:
    assert ids(segment(1, 2, 3), finished=False, start=len(segment(1))) == [2, 3]


def test_a_record_that_broke_off_is_left_out_at_every_byte() -> None:
    whole, one = segment(1, 2), len(segment(1))
    for end in range(one, len(whole)):
        assert ids(whole[:end], finished=True) == [1], end
        assert ids(whole[:end], finished=False) == [1], end


def test_damage_is_shown_and_what_follows_is_read() -> None:
    """Any byte of the record in the middle may be wrong: it is shown as damaged, the others are there."""
    whole, start, end = bytearray(segment(1, 2, 3)), len(segment(1)), len(segment(1, 2))
    for place in range(start, end):
        broken = bytearray(whole)
        broken[place] ^= 0xFF
        assert ids(bytes(broken), finished=True) == [1, -1, 3], place


def test_a_whole_record_with_a_wrong_checksum_at_the_end_is_shown() -> None:
    broken = bytearray(segment(1, 2))
    broken[-1] ^= 0xFF
    assert ids(bytes(broken), finished=True) == [1, -1]
    assert ids(bytes(broken), finished=False) == [1], "it may still be on its way"


def test_a_reader_who_writes_the_mark_cannot_make_records_up() -> None:
    inner = spool.encode(record(9))
    data = spool.HEADER + spool.encode(record(1, inner)) + spool.encode(record(2))
    assert ids(data, finished=True) == [1, 2]


def kept(into: Spool, number: int, sealed: bytes = b"sealed") -> None:
    into.keep(record(number, sealed)).result(10)


def spooled(folder: Path) -> list[int]:
    return [n for file in sorted(folder.glob("*.spool")) for n in ids(file.read_bytes(), finished=True)]


def test_what_is_kept_is_there(tmp_path: Path) -> None:
    told: list[None] = []
    into = Spool(tmp_path / "spool", lambda: told.append(None))
    for number in range(5):
        kept(into, number)
    assert spooled(tmp_path / "spool") == [0, 1, 2, 3, 4]
    assert told
    assert (tmp_path / "spool").stat().st_mode & 0o777 == 0o700
    assert all(file.stat().st_mode & 0o077 == 0 for file in (tmp_path / "spool").iterdir())


def test_those_who_come_together_are_synced_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    syncs, gate, real = [0], threading.Event(), os.fsync

    def fsync(file: int) -> None:
        syncs[0] += 1
        gate.wait(5)
        real(file)

    into = Spool(tmp_path, lambda: None)
    kept(into, 0)
    monkeypatch.setattr(keeping.os, "fsync", fsync)
    waiting: list[Future[None]] = [into.keep(record(number)) for number in range(1, 40)]
    assert not any(one.done() for one in waiting), "nobody is told before the disk has it"
    gate.set()
    for one in waiting:
        one.result(10)
    assert syncs[0] <= 3
    assert spooled(tmp_path) == list(range(40))


def test_a_full_spool_keeps_nothing_and_says_so(tmp_path: Path) -> None:
    into = Spool(tmp_path, lambda: None, Limits(together=4000))
    asked = [into.keep(record(number, b"x" * 200)) for number in range(100)]
    assert isinstance(asked[-1].exception(10), NotKeptError)
    assert asked[0].exception(10) is None or len(spooled(tmp_path)) == 0
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 4000
    assert spooled(tmp_path) == list(range(len(spooled(tmp_path))))


def test_too_many_in_the_queue_are_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    monkeypatch.setattr(Spool, "write", lambda *_: gate.wait(5))
    into = Spool(tmp_path, lambda: None, Limits(waiting=3, batch=1))
    asked = [into.keep(record(number)) for number in range(20)]
    refused = [one for one in asked if one.done() and isinstance(one.exception(), NotKeptError)]
    gate.set()
    assert len(refused) >= 15


@pytest.mark.parametrize("refusal", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_disk_that_refuses_acknowledges_nothing_and_leaves_no_half_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: int, call: str
) -> None:
    into = Spool(tmp_path, lambda: None)
    kept(into, 1)
    real = getattr(os, call)
    failing = [True]

    def refuse(file: int, *data: bytes) -> int:
        ours = Path(f"/proc/self/fd/{file}").readlink().is_relative_to(tmp_path)  # others leave threads
        if not failing[0] or not ours:
            return int(real(file, *data) or 0)
        failing[0] = False
        if data:
            real(file, data[0][: len(data[0]) // 2])
        raise OSError(refusal, os.strerror(refusal))

    monkeypatch.setattr(keeping.os, call, refuse)
    with pytest.raises(NotKeptError):
        kept(into, 2)
    kept(into, 3)
    assert spooled(tmp_path) == [1, 3]
    assert len(list(tmp_path.glob("*.spool"))) == 2, "a segment the disk failed on is left alone"


def test_a_mistake_of_ours_is_no_acknowledgement_and_does_not_end_the_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = Spool(tmp_path, lambda: None)
    with monkeypatch.context() as broken:
        broken.setattr(Spool, "write", lambda *_: 1 // 0)
        with pytest.raises(NotKeptError):
            kept(into, 1)
    kept(into, 2)
    assert spooled(tmp_path) == [2]


def test_the_folder_itself_is_synced_into_its_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut would take a new folder with all that is in it."""
    synced: list[Path] = []
    real = keeping._sync_folder
    monkeypatch.setattr(keeping, "_sync_folder", lambda folder: (synced.append(folder), real(folder)))
    kept(Spool(tmp_path / "spool", lambda: None), 1)
    assert synced == [tmp_path, tmp_path / "spool"]


def test_segments_are_small_and_left_alone_when_nothing_comes(tmp_path: Path) -> None:
    into = Spool(tmp_path, lambda: None, Limits(segment=500, idle=0.05))
    for number in range(20):
        kept(into, number)
    files = list(tmp_path.glob("*.spool"))
    assert len(files) > 1
    assert spooled(tmp_path) == list(range(20))


def test_only_the_private_key_opens_a_letter_and_only_in_its_record() -> None:
    private = sealing.new_private_key()
    sealed = sealing.seal(sealing.public_key(private), b"words", record(1).about)
    assert b"words" not in sealed
    assert sealing.unseal(private, sealed, record(1).about) == b"words"
    for key, what, about in (
        (sealing.new_private_key(), sealed, record(1).about),
        (private, sealed, record(2).about),
        (private, sealed[:-1] + bytes([sealed[-1] ^ 1]), record(1).about),
        (private, b"", record(1).about),
        (sealing.public_key(private), sealed, record(1).about),
    ):
        with pytest.raises(SealError):
            sealing.unseal(key, what, about)


def test_noise_is_never_a_record() -> None:
    chance = random.Random(4)
    for _ in range(200):
        noise = chance.randbytes(chance.randrange(300)) + spool.MARK + chance.randbytes(40)
        assert ids(spool.HEADER + noise, finished=True) in ([], [-1])
