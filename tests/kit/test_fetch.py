"""The outbound gate reaches public addresses only, within its bounds, and says plainly why not."""

from __future__ import annotations

import gzip
import ipaddress
import itertools
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import brotli
import httpcore
import httpx
import pytest

from standfirst.kit.addresses import is_public
from standfirst.kit.fetch import (
    Fetched,
    FetchError,
    FetchFailed,
    FetchRefused,
    NotReached,
    Policy,
    check,
    fetch,
)
from standfirst.kit.words import Words
from tests.kit.hostile_addresses import LOOPBACK, random_urls, urls
from tests.kit.peer import Peer, always, listening, response
from tools import messages


@pytest.fixture
def canary() -> Iterator[Peer]:
    with listening(host="127.0.0.1") as peer:
        yield peer


def _strict_on(peer: Peer, **changes: object) -> Policy:
    """The strict policy but for the port, so that nothing but the address check is in the way."""
    return Policy(**{"ports": frozenset({peer.port}), **changes})  # type: ignore[arg-type]


def _refused(url: str, policy: Policy) -> bool:
    try:
        fetch(url, policy=policy, timeout=2)
    except FetchRefused:
        return True
    except FetchFailed:
        return False
    return False


# Promise 8: only public addresses.


def test_no_spelling_of_an_address_inside_reaches_the_canary(canary: Peer) -> None:
    def never_asked(host: str, port: int) -> list[str]:
        raise AssertionError(f"{host} was looked up")

    hostile = [*urls(canary.port), *random_urls(canary.port, 200, seed=8)]
    assert len(hostile) >= 350
    policy = _strict_on(canary, resolve=never_asked)
    for url in hostile:
        assert _refused(url, policy), url
    assert canary.connections == 0


def test_the_canary_hears_a_client_without_the_gate(canary: Peer) -> None:
    """The control: these spellings do lead to loopback when nobody checks."""
    reached = 0
    with httpx.Client(trust_env=False, timeout=2) as client:
        for host in (*LOOPBACK[:20], "localhost", "[::ffff:127.0.0.1]"):
            before = canary.connections
            try:
                client.get(f"http://{host}:{canary.port}/")
            except (httpx.HTTPError, httpx.InvalidURL, ValueError):
                continue
            reached += canary.connections > before
    assert reached >= 12


def test_a_name_that_leads_inside_is_refused(canary: Peer) -> None:
    inside = [
        "127.0.0.1",
        "10.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "169.254.169.254",
        "fe80::1%lo",
    ]
    for address in inside:
        for found in ([address], ["93.184.215.14", address], [address, "93.184.215.14"]):
            policy = _strict_on(canary, resolve=lambda _host, _port, found=found: found)
            assert _refused(f"http://pictures.example.org:{canary.port}/", policy), found
    assert canary.connections == 0


class Rebinding:
    """A name server that answers a public address when it is checked and loopback the next time."""

    def __init__(self, first: str) -> None:
        self.answers = itertools.chain([[first]], itertools.repeat(["127.0.0.1"]))

    def __call__(self, _host: str, _port: int) -> list[str]:
        return next(self.answers)


def test_a_name_that_changes_after_the_check_reaches_nothing_inside(canary: Peer) -> None:
    with listening(host="127.0.0.2", port=canary.port) as outside:
        policy = outside.policy(resolve=Rebinding(outside.host))
        assert fetch(f"http://rebinding.example.org:{outside.port}/", policy=policy).body == b"hello"
        assert outside.connections == 1
        assert _refused(f"http://rebinding.example.org:{outside.port}/", policy)
    assert canary.connections == 0


def test_checking_a_name_and_connecting_by_name_would_reach_the_canary(canary: Peer) -> None:
    """The control: the same name server against a gate that looks the name up once more to connect."""
    name_server = Rebinding("93.184.215.14")
    assert name_server("rebinding.example.org", canary.port) == ["93.184.215.14"]
    socket.create_connection((name_server("rebinding.example.org", canary.port)[0], canary.port)).close()
    time.sleep(0.05)
    assert canary.connections == 1


REDIRECTS = [
    "http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://2130706433:PORT/", "//127.0.0.1:PORT/", "http://[::1]:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/", "http://0:PORT/", "file:///etc/passwd", "http://u@127.0.0.1:PORT/", "ftp://127.0.0.1:PORT/",
]  # fmt: skip


@pytest.mark.parametrize("status", ["301", "302", "303", "307", "308"])
def test_a_redirect_to_the_inside_is_not_followed(canary: Peer, status: str) -> None:
    for location in REDIRECTS:
        answer = response(status=f"{status} Elsewhere", location=location.replace("PORT", str(canary.port)))
        with listening(always(answer), host="127.0.0.2", port=canary.port) as outside:
            assert _refused(outside.url, outside.policy()), location
            assert outside.connections == 1
    assert canary.connections == 0


def test_a_client_that_follows_redirects_would_reach_the_canary(canary: Peer) -> None:
    answer = response(status="302 Found", location=canary.url)
    with listening(always(answer), host="127.0.0.2", port=canary.port) as outside:
        assert httpx.get(outside.url, follow_redirects=True, trust_env=False).text == "hello"
    assert canary.connections == 1


def test_redirects_are_followed_five_times() -> None:
    def hops(connection: socket.socket, path: str) -> None:
        left = int(path.strip("/"))
        connection.sendall(response(status="302 Found", location=f"/{left - 1}") if left else response())

    with listening(hops) as peer:
        assert fetch(f"{peer.url}/5", policy=peer.policy()) == Fetched(
            f"{peer.url}/0", "text/plain", b"hello"
        )
        with pytest.raises(FetchRefused, match="5 redirects"):
            fetch(f"{peer.url}/6", policy=peer.policy())


def test_proxies_of_the_environment_are_not_used(canary: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, canary.url)
    with listening(host="127.0.0.2") as peer:
        assert fetch(peer.url, policy=peer.policy()).body == b"hello"
        assert canary.connections == 0
        assert httpx.get(peer.url).text == "hello"  # the control goes through the proxy
    assert canary.connections == 1


def test_public_addresses_are_let_through() -> None:
    for text in (
        "https://93.184.215.14/x",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
        "http://Example.ORG.",
    ):
        assert check(text).url.startswith(("https://", "http://example.org/"))
    assert check("https://пример.example/ї?q=ї").url == "https://xn--e1afmkfd.example/%D1%97?q=%D1%97"


def test_only_the_web_ports_are_open_by_default(canary: Peer) -> None:
    for port in (22, 25, 6379, canary.port):
        with pytest.raises(FetchRefused, match=f"port {port}"):
            check(f"http://93.184.215.14:{port}/")


def test_neighbours_of_reserved_networks_are_public() -> None:
    for text in (
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.32.0.0",
        "192.0.1.0",
        "223.255.255.255",
    ):
        assert is_public(ipaddress.ip_address(text)), text


# Bounds


def test_a_body_over_the_limit_is_not_read_to_its_end() -> None:
    sent = 0

    def endless(connection: socket.socket, _path: str) -> None:
        nonlocal sent
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")
        while True:
            sent += connection.send(b"x" * 65536)

    with listening(endless) as peer, pytest.raises(FetchFailed, match="larger than 1 MB"):
        fetch(peer.url, limit_bytes=1024 * 1024, policy=peer.policy())
    assert sent < 30 * 1024 * 1024


def test_an_announced_length_over_the_limit_is_enough_to_stop() -> None:
    with (
        listening(always(response(b"x", content_length="2000000000"))) as peer,
        pytest.raises(FetchFailed, match="larger"),
    ):
        fetch(peer.url, policy=peer.policy())


def test_a_packed_bomb_is_bounded_by_what_it_unpacks_to() -> None:
    bomb = gzip.compress(b"\0" * 200_000_000, 9)
    start = time.process_time()
    with (
        listening(always(response(bomb, content_encoding="gzip"))) as peer,
        pytest.raises(FetchFailed, match="larger than 1 MB"),
    ):
        fetch(peer.url, limit_bytes=1024 * 1024, policy=peer.policy())
    assert time.process_time() - start < 2


def test_packed_answers_are_unpacked_and_unknown_packing_is_not_guessed() -> None:
    text = b"words " * 100_000
    with listening(always(response(gzip.compress(text), content_encoding="gzip"))) as peer:
        assert fetch(peer.url, policy=peer.policy()).body == text
    for packed, coding in (
        (brotli.compress(text), "br"),
        (b"not gzip", "gzip"),
        (gzip.compress(text)[:-9], "gzip"),
    ):
        with listening(always(response(packed, content_encoding=coding))) as peer, pytest.raises(FetchFailed):
            fetch(peer.url, policy=peer.policy())


@pytest.mark.parametrize("part", ["head", "body", "nothing"])
def test_a_trickle_ends_at_the_deadline(part: str) -> None:
    def slowly(connection: socket.socket, _path: str) -> None:
        if part == "nothing":
            time.sleep(5)
            return
        if part == "body":
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 999\r\n\r\n")
        else:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
        for _ in range(100):
            connection.sendall(b"x")
            time.sleep(0.05)

    start = time.monotonic()
    with listening(slowly) as peer, pytest.raises(FetchFailed, match="in time"):
        fetch(peer.url, timeout=0.5, policy=peer.policy())
    assert time.monotonic() - start < 1.5


def test_a_name_server_that_does_not_answer_ends_at_the_deadline() -> None:
    def asleep(_host: str, _port: int) -> list[str]:
        time.sleep(3)
        return []

    start = time.monotonic()
    with pytest.raises(FetchFailed, match="name"):
        fetch("http://example.org/", timeout=0.3, policy=Policy(resolve=asleep))
    assert time.monotonic() - start < 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (response(status="404 Not Found"), "answered 404"),
        (response(status="500 Oh"), "answered 500"),
        (response(content_type="text/html; charset=utf-8"), "is text/html, not image/\\*"),
        (response(content_type=""), "of no type"),
        (b"garbage\r\n\r\n", "no answer"),
        (b"", "no answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 10\r\n\r\nabc", "no answer"),
    ],
)
def test_failures_say_what_happened(answer: bytes, why: str) -> None:
    with listening(always(answer)) as peer, pytest.raises(FetchFailed, match=why):
        fetch(peer.url, accept=["image/*"], policy=peer.policy())


def test_nobody_there_and_no_such_host_are_failures() -> None:
    with listening() as peer:
        pass
    with pytest.raises(NotReached, match="no answer: nothing listens there"):
        fetch(peer.url, policy=peer.policy())

    def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(FetchFailed, match="no such host"):
        fetch("https://nowhere.example/", policy=Policy(resolve=unknown))


def test_why_is_a_message_for_the_catalogues_and_its_values() -> None:
    with pytest.raises(FetchRefused) as refused:
        check("https://example.org:8443/")
    words = refused.value.words
    assert (words.template, words.values) == ("port %(port)d is not open to this", {"port": 8443})
    assert refused.value.why == str(words) == "port 8443 is not open to this"
    assert str(Words("100% of it")) == "100% of it"


@pytest.mark.parametrize(
    "url",
    [
        "http://[::1", "http://x:99999/", "http://x:y/", "http://1.2.3.256/", "http://[1:2]/",
        "http://a..b.example/", "http://" + "ü" * 80 + ".example/", "http://0x7f.1/", "http://[::1%25lo]/", "https:///x",
        "http://a b/",
    ],
)  # fmt: skip
def test_no_word_of_a_library_is_in_it(url: str) -> None:
    said = {message.id for message in messages.said(messages.ROOMS / "kit")}
    with pytest.raises(FetchRefused) as refused:
        check(url)
    assert refused.value.words.template in said


def test_the_request_carries_nothing_of_ours() -> None:
    with listening() as peer:
        fetch(f"{peer.url}/a b".replace(" ", "%20") + "?q=1", policy=peer.policy())
    head = peer.requests[0].decode().lower()
    assert head.startswith("get /a%20b?q=1 http/1.1\r\n")
    assert "cookie" not in head
    assert "authorization" not in head


def test_the_gate_proves_the_name_not_the_address(tmp_path: Path) -> None:
    """TLS with a certificate for another name fails even though the address is the pinned one."""
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert,
         "-days", "2", "-subj", "/CN=good.example.org", "-addext", "subjectAltName=DNS:good.example.org"],
        check=True, capture_output=True,
    )  # fmt: skip
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(cert, key)

    trust = ssl.create_default_context(cafile=str(cert))
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]

    def accept() -> None:
        while True:
            try:
                raw, _ = listener.accept()
            except OSError:
                return
            try:
                with server.wrap_socket(raw, server_side=True) as stream:
                    stream.recv(65536)
                    stream.sendall(response())
            except OSError:
                continue

    threading.Thread(target=accept, daemon=True).start()
    policy = Policy(
        ports=frozenset({port}), allows=lambda _a: True, resolve=lambda _h, _p: ["127.0.0.1"], tls=trust
    )
    assert fetch(f"https://good.example.org:{port}/", policy=policy).body == b"hello"
    with pytest.raises(FetchError, match="its certificate is for another name"):
        fetch(f"https://other.example.org:{port}/", policy=policy)
    with pytest.raises(FetchError, match="its certificate is signed by nobody known"):
        fetch(f"https://good.example.org:{port}/", policy=replace(policy, tls=None))
    with listening(always(b"no TLS at all")) as plain:
        there = replace(policy, ports=frozenset({plain.port}))
        with pytest.raises(FetchError, match="no TLS that we know"):
            fetch(f"https://good.example.org:{plain.port}/", policy=there)
    listener.close()


def test_an_address_that_swallows_all_leaves_time_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, float]] = []

    def silent(_self: object, host: str, _port: int, timeout: float, *_more: object) -> None:
        asked.append((host, timeout))
        time.sleep(timeout)
        raise httpcore.ConnectTimeout

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", silent)
    both = ["93.184.216.34", "2606:2800:220:1::1"]
    with pytest.raises(NotReached, match="no answer in time"):  # and so it is known that nothing went out
        fetch("http://example.org/", timeout=0.4, policy=Policy(resolve=lambda _host, _port: both))
    assert [host for host, _ in asked] == both
    assert asked[0][1] == pytest.approx(0.2, abs=0.05)
