"""Sending a form to the edge alone: what is kept, what is refused and how, and that kills lose nothing."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from standfirst.edge import forms
from standfirst.edge.intake import filled_in, own
from standfirst.edge.rates import Rates
from tests.edge.senders import (
    AGAIN,
    FORGETFUL,
    FORM,
    HASTY,
    SEND,
    TEXT,
    body,
    furnish,
    killing,
    letter,
    post,
    records,
)
from tests.edge.site import Answer, Server, Store, edge

URLENCODED = {"content-type": "application/x-www-form-urlencoded"}


@dataclass
class Place:
    """A running edge without an application, and the key that opens what it keeps."""

    server: Server
    store: Store
    private: str

    def send(self, sent: bytes, headers: dict[str, str] | None = None) -> Answer:
        return self.server.get(SEND, {**URLENCODED, **(headers or {})}, method="POST", body=sent)

    def kept(self) -> list[dict[str, str]]:
        return [letter(self.private, record) for record in records(self.store.site)]


@pytest.fixture
def place(store: Store) -> Iterator[Place]:
    private = furnish(store)
    with edge(store.site) as server:
        yield Place(server, store, private)


def test_a_form_is_kept_and_its_sender_sent_to_the_word_of_thanks(place: Place) -> None:
    answer = place.send(body(message="One\r\ntwo", name=" Ann\tLee\x00 "))
    assert (answer.status, answer.headers["location"]) == (303, "/sent/")
    assert answer.headers["cache-control"] == "no-store"
    assert place.kept() == [{"subject": "tip", "message": "One\ntwo", "name": "Ann Lee"}]


def test_what_is_kept_cannot_be_read_in_the_folder(place: Place) -> None:
    place.send(body(name="Canary Wharf"))
    for file in place.store.site.root.rglob("*"):
        if file.is_file():
            assert TEXT.encode() not in file.read_bytes(), file
            assert b"Canary" not in file.read_bytes(), file


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"}, {"sec-fetch-site": "cross-site", "origin": "https://example.org"},
        {"sec-fetch-site": "same-origin", "origin": "https://evil.example"},
    ],
)  # fmt: skip
def test_other_sites_cannot_make_a_browser_send(place: Place, headers: dict[str, str]) -> None:
    assert place.send(body(), headers).status == 403
    assert place.kept() == []


@pytest.mark.parametrize(
    "headers",
    [
        {}, {"origin": "https://example.org"}, {"sec-fetch-site": "same-origin"},
        {"host": "news.example:8000", "origin": "http://news.example:8000"},
    ],
)  # fmt: skip
def test_the_sites_own_pages_may(headers: dict[str, str]) -> None:
    assert own(headers, "https://example.org")


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/-/send/pledge/en", "POST", 404), ("/-/send/contact/xx", "POST", 404),
        ("/-/send/contact", "POST", 404), ("/-/send/", "POST", 404),
        ("/-/send/contact/en/more", "POST", 404), (SEND, "PUT", 405),
        (SEND, "DELETE", 405), (SEND, "GET", 303), (SEND, "HEAD", 303),
    ],
)  # fmt: skip
def test_only_known_forms_are_taken_and_only_by_post(
    place: Place, path: str, method: str, status: int
) -> None:
    answer = place.server.get(path, URLENCODED, method=method, body=body() if method == "POST" else None)
    assert answer.status == status
    assert place.kept() == []
    if status == 405:
        assert answer.headers["allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize(
    ("sent", "headers", "status"),
    [
        (body(), {"content-type": "application/json"}, 415), (b"\xff\xfe=1", {}, 400),
        (b"message=%FF%FE&subject=tip", {}, 400), (b"&".join([b"a=b"] * 60), {}, 400),
    ],
)  # fmt: skip
def test_what_no_browser_sends_is_refused(
    place: Place, sent: bytes, headers: dict[str, str], status: int
) -> None:
    assert place.send(sent, headers).status == status
    assert place.kept() == []


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({"message": " \n "}, ["Missing"]), ({"message": "x" * 401}, ["Long"]),
        ({"subject": ""}, ["Subject"]), ({"subject": "evil"}, ["Wrong"]),
        ({"subject": "", "message": ""}, ["Missing", "Subject"]),
    ],
)  # fmt: skip
def test_a_form_with_something_wrong_comes_back_as_it_was_typed(
    place: Place, values: dict[str, str], shown: list[str]
) -> None:
    answer = place.send(body(**{"name": "Ann <b> & Co", **values}))
    page = BeautifulSoup(answer.body, "html.parser")
    assert answer.status == 422
    assert [p.get_text() for p in page.select("p:not([hidden])")] == shown
    assert page.select_one("input[data-fill=name]")["value"] == "Ann <b> & Co"  # type: ignore[index]
    assert page.select_one("textarea").get_text().strip() == values.get("message", TEXT).strip()  # type: ignore[union-attr]
    assert place.kept() == []


def test_what_is_far_too_large_is_refused_before_it_is_read(place: Place) -> None:
    answer = place.send(b"message=" + b"x" * 300_000)
    assert answer.status == 413
    assert ">Large<" in answer.body.decode()


def test_the_trap_is_no_way_to_lose_a_message(place: Place) -> None:
    assert place.send(body(website="http://spam.example")).status == 303
    assert len(place.kept()) == 1, "it is kept and marked, since it was acknowledged"


def test_somebody_who_sends_without_pause_waits_and_others_do_not(place: Place) -> None:
    statuses = [place.send(body(message=f"{n}")).status for n in range(14)]
    assert statuses.count(303) == 10
    answer = place.send(body(message="kept on the page"))
    assert answer.status == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert b"kept on the page" in answer.body
    assert post(place.server, body(), source="127.0.0.9") == 303


def test_without_a_key_or_with_a_full_spool_nothing_is_acknowledged(place: Place) -> None:
    key = place.store.site.spool_key.read_text()
    place.store.site.spool_key.unlink()
    answer = place.send(body())
    assert (answer.status, answer.headers["retry-after"]) == (503, "60")
    assert ">Full<" in answer.body.decode()
    assert TEXT in answer.body.decode()
    place.store.site.spool_key.write_text(key)
    place.store.site.spool.mkdir()
    (place.store.site.spool / "00.spool").write_bytes(b"\0" * 64_000_000)
    assert place.send(body()).status == 503
    (place.store.site.spool / "00.spool").unlink()
    assert place.send(body()).status == 303, "it is tried anew each time"
    assert len(place.kept()) == 1


def test_a_site_without_the_list_of_forms_takes_none(store: Store) -> None:
    store.base([store.page("/", "front")])
    with edge(store.site) as server:
        assert server.get(SEND, URLENCODED, method="POST", body=body()).status == 404


def test_values_are_escaped_into_the_page_and_hold_no_marks() -> None:
    hostile = '"><script>alert(1)</script></textarea>data-fill="name" value=""'
    page = BeautifulSoup(filled_in(AGAIN, dict.fromkeys(("message", "name"), hostile), []), "html.parser")
    assert page.script is None
    assert page.select_one("textarea").get_text() == f"\n{hostile}"  # type: ignore[union-attr]
    assert page.select_one("input[data-fill=name]")["value"] == hostile  # type: ignore[index]


def test_fields_are_bounded_cleaned_and_first_come() -> None:
    filled = forms.fill(FORM, b"message=a%0D%0Ab%01&message=second&subject=tip&name=x%0Ay&unknown=1")
    assert filled.values == {"message": "a\nb", "subject": "tip", "name": "x y"}
    arabic = forms.fill(FORM, urlencode({"message": "\u200fسلام\u200c"}).encode())
    assert arabic.values["message"] == "\u200fسلام\u200c", "marks of direction and joiners are part of words"
    assert arabic.problems == {"subject": "missing"}


def test_an_address_has_a_bucket_that_fills_again() -> None:
    now = [0.0]
    rates = Rates(most=3, held=4, clock=lambda: now[0])
    assert [rates.wait("192.0.2.1") for _ in range(4)] == [0, 0, 0, 20]
    assert rates.wait("192.0.2.2") == 0
    now[0] = 20.0
    assert [rates.wait("192.0.2.1") for _ in range(2)] == [0, 20]
    addresses = ["2001:db8::1", "2001:db8::2", "2001:db8:0:0:ffff::9", "2001:db8::4"]
    assert [rates.wait(one) for one in addresses] == [0, 0, 0, 20], "one network is one sender"
    for number in range(50):
        rates.wait(f"198.51.100.{number}")
    assert len(rates._full_at) <= 5, "an attack from everywhere takes no memory"


def test_kills_lose_nothing_that_was_acknowledged_and_double_nothing(store: Store) -> None:
    done, lost_and_doubled = killing(store, 6)
    assert len(done.acknowledged) > 20
    assert lost_and_doubled == (0, 0)


@pytest.mark.parametrize("mistake", [FORGETFUL, HASTY], ids=["forgetful", "hasty"])
def test_the_test_would_see_an_edge_that_acknowledges_too_early(store: Store, mistake: str) -> None:
    _, (lost, _doubled) = killing(store, 2, mistake)
    assert lost > 0


def test_a_half_written_record_of_a_killed_edge_is_left_and_a_new_segment_begun(store: Store) -> None:
    private = furnish(store)
    with edge(store.site) as server:
        assert post(server, body(message="before")) == 303
    (torn,) = store.site.spool.glob("*.spool")
    torn.write_bytes(torn.read_bytes() + torn.read_bytes()[19:80])
    with edge(store.site) as server:
        assert post(server, body(message="after")) == 303
    assert sorted(letter(private, record)["message"] for record in records(store.site)) == ["after", "before"]
    assert len(list(store.site.spool.glob("*.spool"))) == 2


def test_a_disk_that_hangs_is_no_acknowledgement(store: Store) -> None:
    furnish(store)
    hanging = (
        "import time\nfrom standfirst.edge import keeping, intake\n"
        "intake.KEEP_SECONDS = 0.3\nkeeping.Spool.write = lambda self, data: time.sleep(3)"
    )
    with edge(store.site, mistake=hanging) as server:
        assert post(server, body()) == 503
        assert server.get("/").status == 200


def test_readers_of_pages_do_not_wait_for_the_disk(store: Store) -> None:
    furnish(store)
    slow = (
        "import time\nfrom standfirst.edge import keeping\n"
        "real = keeping.Spool.write\n"
        "def slow(self, data):\n    time.sleep(1)\n    real(self, data)\n"
        "keeping.Spool.write = slow"
    )
    with edge(store.site, mistake=slow) as server:
        sender = threading.Thread(target=post, args=(server, body()))
        sender.start()
        time.sleep(0.2)
        started = time.monotonic()
        assert server.get("/").status == 200
        assert time.monotonic() - started < 0.5
        sender.join()
    shutil.rmtree(store.site.spool)
