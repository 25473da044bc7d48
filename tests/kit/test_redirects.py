"""A browser is sent on to our own pages or to hosts we name, never where a request says."""

from __future__ import annotations

import itertools
from urllib.parse import urljoin, urlsplit

import pytest

from standfirst.kit.redirects import redirect, safe_next

HOSTS = [
    "evil.example",
    "evil.example:443",
    "good.example.evil.example",
    "good.example@evil.example",
    "127.0.0.1",
    "[::1]",
]
SHAPES = [
    "//{}", "///{}", "////{}", "/\\{}", "\\/{}", "\\\\{}", "/\t/{}", "/\n/{}", "/%09/{}", "/ /{}",
    "\t//{}", " //{}", "\x00//{}", "http://{}", "https://{}/", "HTTPS://{}", "hTtp://{}", "http:{}",
    "http:/{}", "http:///{}", "http:\\\\{}", "https:\\{}", "ht\ntp://{}", "ftp://{}",
    "javascript://{}/%0aalert(1)", "javascript:alert(1)//{}", "data:text/html,{}", "//good.example@{}",
    "http://good.example@{}", "http://good.example%40{}", "http://good.example\\.{}",
    "http://good.example\\@{}", "//good.example\\@{}", "http://[{}", "/%2f{}", "/%5c{}", "/%2F%2F{}",
    "/.//{}", "/..//{}", "//{}/%2f..", "〱//{}", "/\u3000/{}", "\u2028//{}", "http://good.example:80@{}",
    "//%0d%0a{}", "http://{}#@good.example", "http://{}?@good.example", "vbscript:{}", "blob:http://{}",
    "view-source:http://{}", "../{}", "?next=//{}", "{}",
]  # fmt: skip
TARGETS = [shape.format(host) for shape, host in itertools.product(SHAPES, HOSTS)]


def test_there_are_enough_targets() -> None:
    assert len(TARGETS) >= 300


def test_no_target_leads_away() -> None:
    """Promise 17: what comes back stays on our host, also as a browser joins it to the page's address."""
    for target in TARGETS:
        for allowed in ((), ("good.example",)):
            kept = safe_next(target, allowed, default="/home/")
            joined = urlsplit(urljoin("https://good.example/page/", kept.replace("\\", "/")))
            assert (joined.scheme, joined.netloc) in {("https", "good.example"), ("http", "good.example")}, (
                target
            )
            assert not set(kept) & set("\r\n\t\\ "), target


def test_a_check_of_the_first_slash_would_let_some_through() -> None:
    """The control: the usual quick check is caught by these targets."""
    through = [
        target
        for target in TARGETS
        if target.startswith("/")
        and urlsplit(urljoin("https://good.example/", target.replace("\\", "/").replace("\t", ""))).netloc
        != "good.example"
    ]
    assert len(through) >= 12


@pytest.mark.parametrize(
    "target",
    ["/", "/a-story/", "/-/account/?tab=1#top", "/пошта/", "/author/@name/", "/search?q=http://x.example/"],
)
def test_our_own_paths_are_followed(target: str) -> None:
    assert safe_next(target) == target


def test_a_host_we_name_is_followed_and_its_neighbour_is_not() -> None:
    assert safe_next("https://desk.example.org/x", ["desk.example.org"]) == "https://desk.example.org/x"
    assert safe_next("http://localhost:8001/x", ["localhost:8001"]) == "http://localhost:8001/x"
    assert safe_next("http://localhost:8002/x", ["localhost:8001"]) == "/"


def test_the_answer_is_a_redirect() -> None:
    assert (redirect("/a/").status_code, redirect("/a/")["Location"]) == (302, "/a/")
    assert redirect("//evil.example", default="/b/", permanent=True)["Location"] == "/b/"
    assert redirect("/a/", permanent=True).status_code == 301
    assert redirect(None)["Location"] == "/"
