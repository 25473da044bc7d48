"""Event streams: who listens hears each change once and in order, and no listener costs much.

The full numbers are the campaigns `events` and `edge_slow_clients`, and the bench `sse`.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import signal
import socket
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import pytest

from standfirst.edge import changes, streams
from standfirst.edge.changes import Changes, ChangesError
from tests.edge.application import application
from tests.edge.conftest import fill
from tests.edge.front import fronted
from tests.edge.site import Server, Store, edge, until
from tests.edge.wire import Wire


@dataclass
class Event:
    name: str
    seq: int
    data: dict[str, object]


class Listening(Protocol):
    """A server on the loopback."""

    port: int


class Listener:
    """A client that reads its stream line by line."""

    def __init__(self, server: Listening, headers: Mapping[str, str] | None = None, path: str = streams.PATH):
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        self.connection.request("GET", path, headers=dict(headers or {}))
        self.response = self.connection.getresponse()
        self.retry = 0
        self.comments = 0

    def block(self) -> dict[str, str] | None:
        """Return the next block that is no comment, None at the stream's end."""
        fields: dict[str, str] = {}
        while line := self.response.readline():
            text = line.decode().rstrip("\n")
            if not text and fields:
                return fields
            if text.startswith(":"):
                self.comments += 1
            elif text:
                name, _, value = text.partition(": ")
                fields[name] = value
        return None

    def next(self) -> Event:
        """Return the next event."""
        block = self.block()
        assert block is not None, "the stream ended"
        if "retry" in block:
            self.retry = int(block["retry"])
            return self.next()
        return Event(block["event"], int(block["id"]), json.loads(block["data"]))

    def silent(self, seconds: float = 0.6) -> bool:
        """Return whether nothing but comments comes for a while."""
        assert self.connection.sock is not None or self.response.fp is not None
        try:
            raw = self.response.fp.raw._sock  # type: ignore[union-attr]
            raw.settimeout(seconds)
            while (block := self.block()) and "retry" in block:
                pass
            return block is None
        except TimeoutError:
            return True

    def close(self) -> None:
        self.response.close()
        self.connection.close()


@contextlib.contextmanager
def listening(server: Listening, last: int | str | None = None, **headers: str) -> Iterator[Listener]:
    if last is not None:
        headers["last-event-id"] = str(last)
    listener = Listener(server, headers)
    try:
        yield listener
    finally:
        listener.close()


@pytest.fixture
def wire(store: Store) -> Wire:
    fill(store)
    return Wire(store)


# The rule, without any server


def file(since: int, *numbers: int, html: str = "") -> Changes:
    events = [{"seq": number, "html": html} for number in numbers]
    return changes.decode(json.dumps({"since": since, "events": events}).encode())


def numbers_in(data: bytes | None) -> list[int] | None:
    if data is None:
        return None
    return [int(block.split(b"\n")[0][4:]) for block in data.split(b"\n\n") if block]


@pytest.mark.parametrize(
    ("last", "sent"),
    [
        (20, []), (15, [20]), (12, [15, 20]), (10, [12, 15, 20]), (9, [12, 15, 20]),
        (8, None), (0, None), (-1, None), (21, None), (10**12, None),
    ],
)  # fmt: skip
def test_who_comes_back_is_sent_what_it_missed_or_told_to_reload(last: int, sent: list[int] | None) -> None:
    assert numbers_in(file(9, 12, 15, 20).after(last)) == sent


def test_a_file_without_since_is_taken_to_hold_all_from_its_first_change_on() -> None:
    known = changes.decode(b'{"events": [{"seq": 12}, {"seq": 15}]}')
    assert numbers_in(known.after(11)) == [12, 15]
    assert known.after(10) is None


def test_what_is_too_much_to_send_is_to_be_loaded() -> None:
    known = file(0, 1, 2, 3, html="x" * (changes.LARGEST // 2 - 100))
    assert known.after(0) is None
    assert numbers_in(known.after(1)) == [2, 3]


def test_an_empty_file_says_where_it_stands() -> None:
    known = file(40)
    assert known.after(40) == b""
    assert known.after(39) is None
    assert known.hello().startswith(b"id: 40\n")


def test_an_event_is_one_line_whatever_is_in_it() -> None:
    event = {"seq": 7, "html": "a\nb\r\nc\u2028d\x0bУ", "id": "x"}
    known = changes.decode(json.dumps({"since": 0, "events": [event]}).encode())
    (frame,) = (frame for _, frame in known.frames)
    head, data = frame.decode().split("data: ")
    assert head == "id: 7\nevent: change\n"
    assert data.count("\n") == 2
    assert "\r" not in data
    assert json.loads(data) == event


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"{}", b"{", b'{"events": 1}', b'{"events": [1]}', b'{"events": [{}]}',
        b'{"events": [{"seq": "1"}]}', b'{"events": [{"seq": true}]}', b'{"events": [{"seq": -1}]}',
        b'{"events": [{"seq": 2}, {"seq": 1}]}', b'{"events": [{"seq": 1}, {"seq": 1}]}',
        b'{"since": "1", "events": []}', b"\xff", b'{"events": [{"seq": 1, "html": "\\ud800"}]}',
    ],
)  # fmt: skip
def test_a_file_that_makes_no_sense_is_refused(data: bytes) -> None:
    with pytest.raises(ChangesError):
        changes.decode(data)


@pytest.mark.parametrize(
    ("said", "number"),
    [("0", 0), ("1234", 1234), ("-1", -1), ("1.5", -1), ("abc", -1), ("٣", -1), ("9" * 16, -1), (" 1", -1)],
)
def test_a_last_event_id_that_is_no_number_is_none_of_ours(said: str, number: int) -> None:
    assert streams.position(said) == number


# One client and a real edge


def test_a_page_is_told_where_it_stands_and_then_of_each_change(wire: Wire) -> None:
    first = wire.publish()
    with edge(wire.store.site) as server, listening(server) as listener:
        headers = {name.lower(): value for name, value in listener.response.getheaders()}
        assert listener.response.status == 200
        assert headers["content-type"] == "text/event-stream"
        assert headers["cache-control"] == "no-store"
        assert headers["x-accel-buffering"] == "no"
        assert headers["x-content-type-options"] == "nosniff"
        assert listener.next() == Event("hello", first, {})
        assert 2_000 <= listener.retry <= 10_000
        for _ in range(3):
            number = wire.publish()
            told = listener.next()
            assert (told.name, told.seq) == ("change", number)
            assert told.data == wire.events[-1]


def test_a_change_comes_within_50_ms(wire: Wire) -> None:
    with edge(wire.store.site) as server, listening(server) as listener:
        listener.next()
        times = []
        for _ in range(20):
            began = time.perf_counter()
            wire.publish()
            listener.next()
            times.append(time.perf_counter() - began)
    assert sorted(times)[14] < 0.05


def test_a_change_nobody_tells_of_comes_within_a_poll(wire: Wire) -> None:
    with edge(wire.store.site) as server, listening(server) as listener:
        listener.next()
        began = time.monotonic()
        number = wire.publish(tell=False)
        assert listener.next().seq == number
        assert time.monotonic() - began < 2


def test_before_there_is_a_file_streams_wait_for_it(wire: Wire) -> None:
    with edge(wire.store.site) as server, listening(server) as listener:
        assert listener.next() == Event("hello", 0, {})
        number = wire.publish()
        assert listener.next().seq == number


def test_who_comes_back_gets_what_it_missed_once_and_in_order(wire: Wire) -> None:
    numbers = [wire.publish() for _ in range(5)]
    with edge(wire.store.site) as server:
        with listening(server, numbers[1]) as listener:
            assert [listener.next().seq for _ in range(3)] == numbers[2:]
            following = wire.publish()
            assert listener.next().seq == following
        with listening(server, following) as listener:
            assert listener.silent()


def test_a_record_that_changed_twice_comes_once_as_it_is_now(wire: Wire) -> None:
    start = wire.publish()
    wire.publish("<p>first", record="flood")
    between = wire.publish()
    last = wire.publish("<p>second", record="flood")
    with edge(wire.store.site) as server, listening(server, start) as listener:
        assert listener.next().seq == between
        told = listener.next()
        assert (told.seq, told.data["html"]) == (last, "<p>second")


@pytest.mark.parametrize("last", ["0", "1", "99999999", "-5", "no number"])
def test_who_cannot_be_told_what_it_missed_is_told_to_reload(store: Store, last: str) -> None:
    wire = Wire(store, keep=3)
    fill(store)
    numbers = [wire.publish() for _ in range(5)]
    with edge(store.site) as server, listening(server, last) as listener:
        assert listener.next() == Event("reload", numbers[-1], {})
        following = wire.publish()
        assert listener.next().seq == following, "the stream goes on after it"


def test_more_at_once_than_the_file_holds_is_a_reload_for_all(store: Store) -> None:
    wire = Wire(store, keep=3)
    fill(store)
    wire.publish()
    with edge(store.site) as server, listening(server) as listener:
        listener.next()
        for _ in range(5):
            wire.change()
        wire.write()
        assert listener.next() == Event("reload", wire.seq, {})


def test_a_store_put_back_from_a_backup_is_a_reload_for_all(wire: Wire) -> None:
    old = wire.publish()
    kept, seq = list(wire.events), wire.seq
    wire.publish()
    with edge(wire.store.site) as server, listening(server) as listener:
        assert listener.next().seq > old
        for path in wire.store.folder.iterdir():
            path.unlink()
        wire.events, wire.seq, wire.store.number = kept, seq, 0
        fill(wire.store)
        wire.write()
        assert listener.next() == Event("reload", old, {})


def test_changes_that_come_together_come_in_order(wire: Wire) -> None:
    with edge(wire.store.site) as server, listening(server) as listener:
        listener.next()
        for _ in range(7):
            wire.change()
        wire.write()
        assert [listener.next().seq for _ in range(7)] == [event["seq"] for event in wire.events]


def test_a_file_drawn_anew_without_changes_says_nothing(wire: Wire) -> None:
    wire.publish()
    with edge(wire.store.site) as server, listening(server) as listener:
        listener.next()
        wire.events[-1]["html"] = "<p>a new look"
        wire.write()
        until(wire.store.site, wire.store.number)
        assert listener.silent()


def test_a_file_that_makes_no_sense_stops_nothing_for_good(wire: Wire) -> None:
    wire.publish()
    with edge(wire.store.site) as server, listening(server) as listener:
        listener.next()
        wire.raw(b"rubbish")
        until(wire.store.site, wire.store.number)
        assert server.get("/river/").status == 200
        number = wire.publish()
        assert listener.next().seq == number


def test_an_edge_that_starts_again_goes_on_where_it_was(wire: Wire) -> None:
    numbers = [wire.publish()]
    with edge(wire.store.site) as server, listening(server) as listener:
        last = listener.next().seq
        assert server.process
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
    numbers += [wire.publish() for _ in range(2)]
    with edge(wire.store.site) as server, listening(server, last) as listener:
        assert [listener.next().seq for _ in range(2)] == numbers[1:]


def test_there_are_signs_of_life(wire: Wire) -> None:
    with edge(wire.store.site, mistake=limits("heartbeat=0.5")) as server, listening(server) as listener:
        listener.next()
        time.sleep(1.2)
        wire.publish()
        listener.next()
        assert 1 <= listener.comments <= 4


def test_a_stream_ends_after_a_time(wire: Wire) -> None:
    short = limits("heartbeat=0.3, life=1.0")
    with edge(wire.store.site, mistake=short) as server, listening(server) as listener:
        listener.next()
        began = time.monotonic()
        assert listener.block() is None
        assert time.monotonic() - began < 3


def test_a_stream_ends_after_a_number_of_bytes_and_nothing_is_lost(wire: Wire) -> None:
    got: list[int] = []
    last: int | None = None
    ends = 0
    with edge(wire.store.site, mistake=limits("least=5000, most=5000")) as server:
        while len(got) < 30:
            with listening(server, last) as listener:
                if last is None:
                    last = listener.next().seq
                wire.publish("x" * 500)
                while len(got) < 30 and (block := listener.block()):
                    if "id" in block:
                        last = int(block["id"])
                        got.append(last)
                        wire.publish("x" * 500)
            ends += 1
    assert 2 < ends < 10
    assert got == [event["seq"] for event in wire.events][:30]


def limits(changed: str) -> str:
    """Return code that gives an edge other limits."""
    return (
        "from functools import partial; from standfirst.edge import streams; "
        f"streams.Limits = partial(streams.Limits, {changed})"
    )


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE"])
def test_a_stream_can_only_be_read(edge_server: Server, method: str) -> None:
    answer = edge_server.get(streams.PATH, method=method, body=b"x" if method != "HEAD" else None)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET"


def test_a_query_changes_nothing(wire: Wire) -> None:
    number = wire.publish()
    with edge(wire.store.site) as server:
        listener = Listener(server, path=f"{streams.PATH}?lastEventId=0&x=1")
        assert listener.next() == Event("hello", number, {})
        listener.close()


def test_the_application_hears_nothing_of_it(wire: Wire) -> None:
    with application(wire.store.site) as behind, edge(wire.store.site) as server:
        with listening(server) as listener:
            assert listener.next().name == "hello"
        assert behind.requests == []


# Many clients


def test_streams_never_take_the_places_of_pages(wire: Wire) -> None:
    with edge(wire.store.site, event_streams=5) as server, contextlib.ExitStack() as stack:
        held = [stack.enter_context(listening(server)) for _ in range(5)]
        refused = server.get(streams.PATH)
        assert refused.status == 503
        assert refused.headers["retry-after"]
        assert server.get("/river/").status == 200
        held[0].close()
        number = wire.publish()
        assert held[1].next().name == "hello"
        assert held[1].next().seq == number, "and that one of them has gone is noticed"
        deadline = time.monotonic() + 10
        while (listener := Listener(server)).response.status == 503 and time.monotonic() < deadline:
            listener.close()
            time.sleep(0.05)
        with contextlib.closing(listener):
            assert listener.next().seq == number
    # Enough of them that each of the edge's threads gets about its share.
    with edge(wire.store.site, connections=100, event_streams=100) as server, contextlib.ExitStack() as stack:
        for _ in range(60):
            stack.enter_context(listening(server))
        assert server.get(streams.PATH).status == 503
        assert server.get("/river/").status == 200


def test_one_address_holds_a_hundred_streams_and_no_more(wire: Wire) -> None:
    with edge(wire.store.site, trusted=["127.0.0.1"]) as server, contextlib.ExitStack() as stack:

        def ask(address: str) -> int:
            listener = Listener(server, {"x-forwarded-for": address})
            stack.callback(listener.close)
            return listener.response.status

        assert {ask("9.9.9.9") for _ in range(100)} == {200}
        assert ask("9.9.9.9") == 503
        assert ask("9.9.9.8") == 200
        assert {ask(f"2620:fe::{number:x}") for number in range(100)} == {200}
        assert ask("2620:fe::ffff") == 503, "an IPv6 reader has a network of addresses"
        assert {ask("10.0.0.7") for _ in range(130)} == {200}, "a front nobody told us of"


def test_a_client_that_does_not_read_costs_a_bounded_memory(wire: Wire) -> None:
    wire.keep = 3
    assert _held(wire, "") < 500_000
    assert _held(wire, limits("least=10**9, most=10**9"), ended=False) > 2_000_000, "without a bound it shows"


def _held(wire: Wire, mistake: str, *, ended: bool = True) -> float:
    """Return how many bytes an edge holds for each client that reads nothing while 12 MB are published.

    The first two or three of them are in the kernel's buffers, as they are here at least.
    """
    with edge(wire.store.site, mistake=mistake) as server:
        clients = []
        for _ in range(40):
            client = socket.socket()
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect(("127.0.0.1", server.port))
            client.sendall(f"GET {streams.PATH} HTTP/1.1\r\nhost: x\r\n\r\n".encode())
            clients.append(client)
        _until_streams(server, 40)
        before = server.resident()
        for _ in range(400):
            wire.publish("x" * 30_000)
            until(wire.store.site, wire.store.number)
        _until_streams(server, 0 if ended else 40)
        time.sleep(0.3)
        grown = server.resident() - before
        for client in clients:
            client.close()
    return grown / 40


@pytest.mark.parametrize(("seconds", "left"), [(1.0, 0), (600.0, 1)])
def test_a_client_that_takes_nothing_loses_its_place(wire: Wire, seconds: float, left: int) -> None:
    """As long as it takes a little it stays. The longer time is the control: what waits, waits for ever."""
    wire.keep = 3
    waits = f"from standfirst.edge import silence; silence.limit.__defaults__ = ({seconds},)\n"
    with edge(wire.store.site, mistake=waits + limits("least=10**9, most=10**9")) as server:
        time.sleep(0.6)  # Granian's socket is looked for when it is there
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", server.port))
        client.sendall(f"GET {streams.PATH} HTTP/1.1\r\nhost: x\r\n\r\n".encode())
        with listening(server) as reader:
            _until_streams(server, 2)
            for _ in range(150):
                number = wire.publish("x" * 30_000)
            while reader.next().seq != number:
                pass
            time.sleep(4)
            number = wire.publish()
            while reader.next().seq != number:
                pass
            _until_streams(server, left + 1)
        client.close()


def _until_streams(server: Server, number: int, seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while (held := json.loads(server.get("/-/edge").body)["streams"]) != number:
        assert time.monotonic() < deadline, f"{held} streams, not {number}"
        time.sleep(0.02)


def test_sigterm_ends_it_quickly_with_streams_open(wire: Wire) -> None:
    with edge(wire.store.site) as server, contextlib.ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(listening(server))
        began = time.monotonic()
        assert server.process
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(5)
        assert time.monotonic() - began < 3


def test_streams_come_through_nginx_as_they_are_written(wire: Wire) -> None:
    number = wire.publish()
    with fronted(wire.store.site) as server:
        until(wire.store.site, wire.store.number)
        with listening(server) as listener:
            assert listener.next() == Event("hello", number, {})
            began = time.monotonic()
            following = wire.publish()
            assert listener.next().seq == following
            assert time.monotonic() - began < 1
        with listening(server, number) as listener:
            assert listener.next().seq == following
        assert server.get(changes.PATH).headers["content-type"] == "application/json"


def test_several_workers_tell_each_its_own(wire: Wire) -> None:
    with edge(wire.store.site, workers=2) as server, contextlib.ExitStack() as stack:
        listeners = [stack.enter_context(listening(server)) for _ in range(12)]
        for listener in listeners:
            assert listener.next().name == "hello"
        number = wire.publish()
        assert {listener.next().seq for listener in listeners} == {number}


def test_it_says_how_many_streams_it_holds(wire: Wire) -> None:
    with edge(wire.store.site) as server:
        with listening(server), listening(server):
            _until_streams(server, 2)
        wire.publish()
        _until_streams(server, 0)


def test_who_begins_now_hears_of_the_last_moments_and_of_nothing_older(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = Wire(store)
    wire.change("long ago")
    store.base([store.page("/", "front"), wire.entry()])
    with edge(store.site) as server:
        first = wire.publish()
        until(store.site, store.number)
        second = wire.publish()
        until(store.site, store.number)
        with contextlib.closing(Listener(server)) as listener:
            assert listener.next() == Event("hello", second, {})
            assert [listener.next().seq, listener.next().seq] == [first, second]
            assert listener.silent()
