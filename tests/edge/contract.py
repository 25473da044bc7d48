"""What readers get, whoever answers: the edge itself, or a cache in front of it.

A test class inherits one of these and gives `server`.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import quote

import brotli
import pytest

from tests.edge.conftest import PICTURE, RECORDING, TEXT
from tests.edge.site import Answer, Server


class Encodings:
    """One body, three forms."""

    @pytest.mark.parametrize(
        ("accepts", "coding"),
        [
            (None, ""),
            ("", ""),
            ("gzip", "gzip"),
            ("br", "br"),
            ("gzip, deflate, br, zstd", "br"),
            ("gzip;q=1.0, br;q=0.5", "gzip"),
            ("br;q=0, gzip", "gzip"),
            ("br;q=0, gzip;q=0", ""),
            ("identity", ""),
            ("identity;q=1, gzip;q=0.5", ""),
            ("*", "br"),
            ("*;q=0", ""),
            ("*;q=0, gzip", "gzip"),
            ("GZIP", "gzip"),
            ("x-gzip", "gzip"),
            ("gzip;q=0.001", "gzip"),
            ("gzip;q=nonsense", ""),
            ("deflate", ""),
            ("  gzip ; q=0.3 , br ; q=0.9 ", "br"),
            ("gzip," * 100, "gzip"),
        ],
    )
    def test_a_client_gets_the_form_it_prefers(
        self, server: Server, accepts: str | None, coding: str
    ) -> None:
        answer = server.get("/river/", {} if accepts is None else {"accept-encoding": accepts})
        assert answer.headers.get("content-encoding", "") == coding
        assert decoded(answer.body, coding).decode() == TEXT
        assert "accept-encoding" in answer.headers["vary"].lower()

    def test_each_form_has_an_etag_of_its_own(self, server: Server) -> None:
        tags = {
            server.get("/river/", {"accept-encoding": coding}).headers["etag"]
            for coding in ("identity", "gzip", "br")
        }
        assert len(tags) == 3
        assert all(tag.startswith('"') for tag in tags), "strong"

    def test_a_picture_is_sent_as_it_is(self, server: Server) -> None:
        answer = server.get("/_m/picture.jpg", {"accept-encoding": "gzip, br"})
        assert answer.body == PICTURE
        assert "content-encoding" not in answer.headers
        assert "vary" not in answer.headers


class Conditions:
    """If-None-Match and HEAD."""

    @pytest.mark.parametrize("path", ["/river/", "/_m/picture.jpg", "/_m/recording.mp3", "/"])
    @pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', 'W/"a",  W/{}  , "b"', "*"])
    def test_nothing_new_is_304_without_a_body(self, server: Server, path: str, form: str) -> None:
        etag = server.get(path, {"accept-encoding": "gzip"}).headers["etag"]
        answer = server.get(path, {"accept-encoding": "gzip", "if-none-match": form.format(etag)})
        assert answer.status == 304
        assert answer.body == b""
        assert answer.headers["etag"] == etag
        assert "cache-control" in answer.headers

    @pytest.mark.parametrize("wanted", ['"other"', "", "nonsense", '"', 'W/"x", "y"'])
    def test_another_etag_gets_the_page(self, server: Server, wanted: str) -> None:
        assert server.get("/river/", {"if-none-match": wanted}).status == 200

    def test_the_etag_of_another_form_gets_the_page(self, server: Server) -> None:
        etag = server.get("/river/", {"accept-encoding": "gzip"}).headers["etag"]
        assert server.get("/river/", {"accept-encoding": "br", "if-none-match": etag}).status == 200

    @pytest.mark.parametrize(
        "path", ["/river/", "/_m/picture.jpg", "/_m/recording.mp3", "/nothing/", "/gone/", "/old/"]
    )
    def test_head_is_get_without_the_body(self, server: Server, path: str) -> None:
        got = server.get(path, {"accept-encoding": "gzip"})
        head = server.get(path, {"accept-encoding": "gzip"}, method="HEAD")
        assert head.body == b""
        assert head.status == got.status
        assert head.headers.get("content-length", "0") == str(len(got.body))
        assert head.headers.keys() | {"content-length"} == got.headers.keys()

    @pytest.mark.parametrize("path", ["/nothing/", "/gone/"])
    def test_an_error_page_is_never_304(self, server: Server, path: str) -> None:
        assert server.get(path, {"if-none-match": "*"}).status in (404, 410)


class Ranges:
    """Parts of media."""

    BODIES = {"/_m/picture.jpg": PICTURE, "/_m/recording.mp3": RECORDING}

    @pytest.mark.parametrize("path", BODIES)
    @pytest.mark.parametrize("asked", ["0-0", "0-99", "100-", "-1", "-500", "5-99999999", "0-", " 7 - 9 "])
    def test_a_part_is_sent_as_206(self, server: Server, path: str, asked: str) -> None:
        body = self.BODIES[path]
        first, _, last = (word.strip() for word in asked.partition("-"))
        start = int(first) if first else len(body) - int(last)
        end = min(int(last), len(body) - 1) if first and last else len(body) - 1
        answer = server.get(path, {"range": f"bytes={asked}"})
        assert answer.status == 206
        assert answer.headers["content-range"] == f"bytes {start}-{end}/{len(body)}"
        assert answer.headers["content-length"] == str(end - start + 1)
        assert answer.body == body[start : end + 1]

    @pytest.mark.parametrize("path", BODIES)
    @pytest.mark.parametrize("asked", ["99999999-", "99999999-100000000", "-0"])
    def test_a_part_that_is_not_there_is_416(self, server: Server, path: str, asked: str) -> None:
        answer = server.get(path, {"range": f"bytes={asked}"})
        assert answer.status == 416
        assert answer.headers["cache-control"] == "no-store", "or a cache would give it to everybody"
        assert answer.headers["content-range"] == f"bytes */{len(self.BODIES[path])}"

    @pytest.mark.parametrize(
        "asked", ["bytes=5-2", "bytes=a-b", "pages=1-2", "bytes=", "bytes=--1", "bytes=1-2,5-6", ""]
    )
    @pytest.mark.parametrize("path", BODIES)
    def test_what_is_no_single_range_gets_the_whole(self, server: Server, path: str, asked: str) -> None:
        answer = server.get(path, {"range": asked})
        if answer.status == 206:
            assert answer.headers["content-type"].startswith("multipart/byteranges"), "a cache in front may"
        else:
            assert answer.status == 200
            assert answer.body == self.BODIES[path]

    @pytest.mark.parametrize("path", BODIES)
    def test_if_range_decides_between_part_and_whole(self, server: Server, path: str) -> None:
        etag = server.get(path).headers["etag"]
        part = {"range": "bytes=1-3"}
        assert server.get(path, {**part, "if-range": etag}).status == 206
        assert server.get(path, {**part, "if-range": '"older"'}).status == 200
        assert server.get(path, {**part, "if-range": f"W/{etag}"}).status == 200
        assert server.get(path, {**part, "if-range": "Mon, 02 Nov 2026 10:00:00 GMT"}).status == 200

    def test_a_page_has_no_parts(self, server: Server) -> None:
        assert server.get("/river/", {"range": "bytes=0-9", "accept-encoding": "gzip"}).status in (200, 206)
        assert "accept-ranges" not in server.get("/river/", {"accept-encoding": "gzip"}).headers

    def test_nothing_new_goes_before_a_part(self, server: Server) -> None:
        etag = server.get("/_m/picture.jpg").headers["etag"]
        answer = server.get("/_m/picture.jpg", {"range": "bytes=0-9", "if-none-match": etag})
        assert answer.status == 304

    def test_an_empty_file_is_an_empty_file(self, server: Server) -> None:
        assert server.get("/_m/empty.bin").body == b""


class Headers:
    """Security and caching."""

    ALL = ["/river/", "/", "/nothing/", "/gone/", "/old/", "/river", "/_m/picture.jpg", "/_m/recording.mp3",
           "/_f/latest/", "/_a/0123.css", "/feed.xml", "/-/sign-in/"]  # fmt: skip

    @pytest.mark.parametrize("path", ALL)
    def test_every_answer_carries_the_security_headers(self, server: Server, path: str) -> None:
        headers = server.get(path).headers
        policy = headers["content-security-policy"]
        for word in ("default-src 'none'", "script-src 'self'", "base-uri 'none'", "object-src 'none'"):
            assert word in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'self'" in policy or "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        for name in (
            "referrer-policy",
            "permissions-policy",
            "cross-origin-resource-policy",
            "x-frame-options",
        ):
            assert headers[name]
        assert "strict-transport-security" not in headers, "the site is not on https"

    def test_a_304_and_a_206_carry_them_too(self, server: Server) -> None:
        for more in ({"if-none-match": "*"}, {"range": "bytes=0-1"}, {"range": "bytes=99999999-"}):
            headers = server.get("/_m/picture.jpg", more).headers
            assert "content-security-policy" in headers
            assert headers["x-content-type-options"] == "nosniff"

    @pytest.mark.parametrize("path", ["/_f/latest/", "/uk/_f/latest/"])
    def test_a_fragment_may_stand_in_the_sites_own_frame_and_is_not_indexed(
        self, server: Server, path: str
    ) -> None:
        headers = server.get(path).headers
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert headers["x-robots-tag"] == "noindex"

    def test_a_page_stands_in_no_frame(self, server: Server) -> None:
        headers = server.get("/river/").headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
        assert "x-robots-tag" not in headers

    def test_a_picture_shows_in_a_mail_program(self, server: Server) -> None:
        assert server.get("/_m/picture.jpg").headers["cross-origin-resource-policy"] == "cross-origin"
        assert server.get("/river/").headers["cross-origin-resource-policy"] == "same-origin"

    def test_a_page_is_fresh_for_a_second_in_front_and_never_in_a_browser(self, server: Server) -> None:
        control = server.get("/river/").headers["cache-control"]
        words = {word.strip() for word in control.split(",")}
        assert {"public", "max-age=0", "s-maxage=1", "stale-while-revalidate=10"} <= words
        assert any(word.startswith("stale-if-error=") for word in words)
        assert "must-revalidate" not in words, "it would forbid stale-if-error"

    @pytest.mark.parametrize("path", ["/_m/picture.jpg", "/_a/0123.css"])
    def test_what_is_named_by_its_hash_is_kept_for_ever(self, server: Server, path: str) -> None:
        assert server.get(path).headers["cache-control"] == (
            "public, max-age=31536000, immutable, stale-if-error=86400"
        )

    def test_surrogate_keys_are_told(self, server: Server) -> None:
        assert server.get("/river/").headers["surrogate-key"] == "story:41 section:7"

    def test_the_type_is_the_entrys(self, server: Server) -> None:
        assert server.get("/feed.xml").headers["content-type"] == "application/rss+xml"


class Addresses:
    """Statuses, corrections, and what is no address."""

    def test_an_unknown_address_gets_the_sites_own_404(self, server: Server) -> None:
        answer = server.get("/nothing/here/")
        assert answer.status == 404
        assert b"Nothing here" in answer.body

    def test_it_speaks_the_language_of_the_address(self, server: Server) -> None:
        assert "Тут нічого немає" in server.get("/uk/nothing/").body.decode()
        assert b"Nothing here" in server.get("/fr/nothing/").body

    def test_what_was_withdrawn_is_410(self, server: Server) -> None:
        answer = server.get("/gone/")
        assert (answer.status, answer.body) == (410, b"<p>This story was withdrawn.")
        answer = server.get("/gone-without-a-page/")
        assert answer.status == 410
        assert b"Withdrawn" in answer.body

    def test_what_moved_is_301(self, server: Server) -> None:
        answer = server.get("/old/")
        assert (answer.status, answer.headers["location"]) == (301, "/river/")
        assert server.get("/old-uk/").headers["location"] == "/uk/%D1%80%D1%96%D1%87%D0%BA%D0%B0/"

    def test_error_pages_have_no_address_of_success(self, server: Server) -> None:
        assert server.get("/_e/404/").status == 404
        assert server.get("/_e/503/").status == 503

    @pytest.mark.parametrize(
        ("asked", "meant"),
        [
            ("/river", "/river/"),
            ("//river/", "/river/"),
            ("/river//", "/river/"),
            ("///river", "/river/"),
            ("/./river/", "/river/"),
            ("/gone/../river/", "/river/"),
            ("/uk//%D1%80%D1%96%D1%87%D0%BA%D0%B0", "/uk/%D1%80%D1%96%D1%87%D0%BA%D0%B0/"),
            ("//", "/"),
            ("/feed.xml?a=b", None),
        ],
    )
    def test_a_slip_is_led_to_the_right_address(self, server: Server, asked: str, meant: str | None) -> None:
        answer = server.get(asked)
        if meant is None:
            assert answer.status == 200
        else:
            assert (answer.status, answer.headers["location"]) == (301, meant)

    def test_what_climbs_above_the_site_is_led_back_or_refused(self, server: Server) -> None:
        for asked in ("/%2e%2e/river/", "/../river/"):
            answer = server.get(asked)
            assert (answer.status, answer.headers.get("location")) in ((301, "/river/"), (400, None))

    def test_decomposed_letters_are_led_to_composed_ones(self, server: Server) -> None:
        composed = "/uk/" + quote("їжа") + "/"
        decomposed = "/uk/" + quote(unicodedata.normalize("NFD", "їжа")) + "/"
        assert composed != decomposed
        assert server.get(composed).status == 200
        answer = server.get(decomposed)
        assert (answer.status, answer.headers["location"]) == (301, composed)

    @pytest.mark.parametrize(
        "asked",
        [
            "//evil.example/", "///evil.example", "/\\evil.example/", "/%5Cevil.example/",
            "//evil.example/%2e%2e", "/%2F%2Fevil.example/", "/http://evil.example/", "/elsewhere/",
            "//evil.example/..//river", "/.//evil.example", "/%09/evil.example", "//evil%E3%80%82example/",
        ],
    )  # fmt: skip
    def test_no_redirect_leaves_the_site(self, server: Server, asked: str) -> None:
        answer = server.get(asked)
        location = answer.headers.get("location", "")
        assert answer.status in (301, 400, 404)
        assert not location or (location.startswith("/") and not location.startswith(("//", "/\\")))
        assert "evil" not in location

    @pytest.mark.parametrize(
        "asked", ["/%00", "/river/%00", "/%0d%0aset-cookie:a=b/", "/%ff%fe/", "/%1b[2J", "/river%0a"]
    )
    def test_bytes_that_are_no_text_are_nowhere(self, server: Server, asked: str) -> None:
        answer = server.get(asked)
        assert answer.status in (400, 404)
        assert "set-cookie" not in answer.headers

    def test_a_very_long_address_is_414(self, server: Server) -> None:
        assert server.get("/" + "a" * 4000).status in (404, 414)
        assert server.get("/" + "%D1%80" * 1500).status in (404, 414)

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
    @pytest.mark.parametrize("path", ["/river/", "/nothing/", "/_m/picture.jpg"])
    def test_pages_can_only_be_read(self, server: Server, method: str, path: str) -> None:
        answer = server.get(path, method=method, body=b"a=b")
        assert answer.status == 405
        assert answer.headers["allow"] == "GET, HEAD"

    def test_the_application_being_away_is_a_page_that_says_so(self, server: Server) -> None:
        answer = server.get("/-/sign-in/")
        assert answer.status == 503
        assert b"One moment" in answer.body
        assert int(answer.headers["retry-after"]) > 0
        assert answer.headers["cache-control"] == "no-store"


class Sameness:
    """PROMISES 2: bytes depend on the path alone."""

    PATHS = [
        "/",
        "/river/",
        "/_f/latest/",
        "/feed.xml",
        "/_m/picture.jpg",
        "/_a/0123.css",
        "/nothing/",
        "/gone/",
    ]

    def test_nothing_a_client_says_changes_the_bytes(self, server: Server) -> None:
        for path in self.PATHS:
            found = seen(server, path, variants()[:40])
            assert len(found.bodies) == 1, path
            assert not found.cookies, path

    def test_the_check_catches_a_server_that_minds_what_clients_say(self) -> None:
        found = seen(Minding(0), "/", variants()[:40])
        assert len(found.bodies) > 1
        assert found.cookies


class Framing:
    """Where a request ends is beyond doubt, or it is refused: nobody's bytes become somebody's request."""

    HIDDEN = b"GET /gone/ HTTP/1.1\r\nhost: x\r\nx-hidden: "

    @pytest.mark.parametrize("path", [b"/river/", b"/-/sign-in/"])
    @pytest.mark.parametrize(
        "lines",
        [
            b"content-length: 0\r\ncontent-length: 44",
            b"content-length: 44\r\ncontent-length: 0",
            b"content-length: 0, 44",
            b"content-length: +44",
            b"content-length: 4 4",
            b"content-length: 44\r\ntransfer-encoding: chunked",
            b"transfer-encoding: chunked\r\ncontent-length: 44",
            b"transfer-encoding: xchunked",
            b"transfer-encoding: chunked, identity",
            b"transfer-encoding: chunked\r\ntransfer-encoding: identity",
            b"transfer-encoding : chunked",
            b"transfer-encoding: \x0bchunked",
            b"content-length\x00: 44",
        ],
    )
    @pytest.mark.parametrize("method", [b"GET", b"POST"])
    def test_a_second_request_cannot_hide_in_the_first(
        self, server: Server, method: bytes, lines: bytes, path: bytes
    ) -> None:
        head = method + b" " + path + b" HTTP/1.1\r\nhost: x\r\n" + lines + b"\r\n\r\n"
        answers = server.raw(head + b"0\r\n\r\n" + self.HIDDEN)
        assert len(self.statuses(answers)) <= 1, answers[:300]
        assert b"withdrawn" not in answers

    def test_the_check_sees_a_second_request_that_is_in_the_open(self, server: Server) -> None:
        answers = server.raw(
            b"GET /river/ HTTP/1.1\r\nhost: x\r\n\r\n"
            b"GET /gone/ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
        )
        assert self.statuses(answers) == [b"200", b"410"]

    @pytest.mark.parametrize(
        "lines",
        [b"content-length: 1\r\ncontent-length: 2", b"content-length: -1", b"transfer-encoding: nonsense"],
    )
    def test_a_length_that_is_none_is_refused(self, server: Server, lines: bytes) -> None:
        answers = server.raw(b"POST /-/x HTTP/1.1\r\nhost: x\r\n" + lines + b"\r\n\r\nab")
        assert self.statuses(answers)[0] in (b"400", b"411", b"501")

    @staticmethod
    def statuses(answers: bytes) -> list[bytes]:
        return re.findall(rb"HTTP/1\.1 (\d{3})", answers)


class Contract(Encodings, Conditions, Ranges, Headers, Addresses, Sameness, Framing):
    """All of it."""


class Minding(Server):
    """The control: a server that answers by the Cookie header, and sets one."""

    def get(
        self,
        path: str,
        headers: Mapping[str, str] | None = None,
        *,
        method: str = "GET",
        body: bytes | None = None,
    ) -> Answer:
        text = path + (headers or {}).get("cookie", "")
        return Answer(200, {"set-cookie": "a=b"}, text.encode(), [("set-cookie", "a=b")])


class Seen:
    """What came back for one path: hashes of bodies, and cookies, of which there should be none."""

    def __init__(self) -> None:
        self.bodies: set[str] = set()
        self.cookies: list[str] = []


def seen(server: Server, path: str, asked: list[tuple[str, dict[str, str]]]) -> Seen:
    """Ask for `path` in every way of `asked` (what to put behind the path, headers)."""
    found = Seen()
    for behind, headers in asked:
        answer = server.get(path + behind, headers)
        body = decoded(answer.body, answer.headers.get("content-encoding", ""))
        found.bodies.add(f"{answer.status} {hashlib.sha256(body).hexdigest()}")
        found.cookies += [value for name, value in answer.lines if name == "set-cookie"]
    return found


def variants() -> list[tuple[str, dict[str, str]]]:
    """Return 200 ways to ask for a path: hosts, queries, cookies, headers that other software minds."""
    ways: list[tuple[str, dict[str, str]]] = [("", {})]
    for number in range(14):
        ways += [
            (f"?utm_source=a{number}&page={number}", {}),
            ("", {"cookie": f"sessionid={number}; staff=1; csrftoken=x{number}"}),
            ("", {"host": f"evil{number}.example"}),
            ("", {"x-forwarded-host": f"evil{number}.example", "x-forwarded-proto": "https"}),
            ("", {"user-agent": f"Agent/{number} (bot; mobile; text)", "accept": "application/json"}),
            ("", {"accept-language": ["uk", "ar", "en;q=0.1", "*"][number % 4]}),
            ("", {"authorization": f"Bearer {number}", "x-original-url": "/-/admin/"}),
            ("", {"x-rewrite-url": "/nothing/", "x-http-method-override": "DELETE"}),
            ("", {"accept-encoding": ["gzip", "br", "identity", "*"][number % 4]}),
            (f"?_method=post&debug={number}", {"dnt": "1", "save-data": "on"}),
            ("", {"x-requested-with": "XMLHttpRequest", "sec-fetch-site": "cross-site"}),
            ("?", {"origin": f"https://evil{number}.example", "referer": "https://evil.example/"}),
            (f"?{'q' * number * 10}=%00%0d%0a", {"forwarded": "for=1.2.3.4;host=evil.example"}),
            ("", {"x-forwarded-for": f"10.0.0.{number}", "cf-ipcountry": "UA", "x-real-ip": "::1"}),
            ("", {"cache-control": "no-cache", "pragma": "no-cache", "if-modified-since": "x"}),
        ]
    return ways[:200]


def decoded(body: bytes, coding: str) -> bytes:
    """Return the plain form."""
    if coding == "gzip":
        return gzip.decompress(body)
    return brotli.decompress(body) if coding == "br" else body
