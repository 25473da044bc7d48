"""Inline HTML keeps what a sentence needs and loses what could run, load or point astray."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standfirst.kit.html import inline, link, text

_PIECES = [
    *("<p>", "</p>", "<b>", "</b>", "<i>", "</a>", "<span>", "</span>", "<table>", "<td>", "<svg>", "</svg>"),
    *(
        "<math>",
        "<style>",
        "</style>",
        "<!--",
        "-->",
        "<br>",
        "&lt;",
        "<q>",
        "<title>",
        "<noscript>",
        "<select>",
    ),
    *("<template>", "text", "“words”", '"', "'", ">", "<", "&", "\x00"),
]
_PIECES += ["<a href='/x'>", "<span lang=uk>", "<img src=x onerror=y>", "text "]
FRAGMENTS = st.lists(st.sampled_from(_PIECES), max_size=25).map("".join)


@settings(deadline=None)
@given(FRAGMENTS)
def test_cleaning_twice_changes_nothing(html: str) -> None:
    once = inline(html)
    assert inline(once) == once
    assert "onerror" not in once or "<img" not in once


@pytest.mark.parametrize(
    ("given_html", "kept"),
    [
        ("<p>Hi <b>bold</b> <i>it</i></p>", "Hi <strong>bold</strong> <em>it</em>"),
        ("<div>one</div><div>two</div>", "one two"),
        ("<span>a</span> <span lang='uk' class='x'>привіт</span>", 'a <span lang="uk">привіт</span>'),
        ('<a href="https://a.example/?q=1&b=2" target="_blank" rel="noopener">a</a>',
         '<a href="https://a.example/?q=1&amp;b=2">a</a>'),
        ('<a rel="sponsored ugc me" href="http://a.example/">a</a>',
         '<a rel="sponsored ugc" href="http://a.example/">a</a>'),
        ("H<sub>2</sub>O &amp; 5 &lt; 6", "H<sub>2</sub>O &amp; 5 &lt; 6"),
        ("<a name='x'>anchor</a>", "anchor"),
        ("<script>alert(1)</script>after", "after"),
    ],
)  # fmt: skip
def test_what_a_sentence_needs_stays(given_html: str, kept: str) -> None:
    assert inline(given_html) == kept


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("HTTP://example.org", "http://example.org"),
        ("/about/", "/about/"),
        ("#note-1", "#note-1"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("tel:+4930123", "tel:+4930123"),
        ("//example.org/a", "https://example.org/a"),
        ("/\\example.org", "https://example.org"),
        ("javascript:alert(1)", ""),
        (" java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("page.html", ""),
        ("https:", ""),
        ("vbscript:x", ""),
        ("blob:https://example.org/x", ""),
    ],
)
def test_links_lead_only_where_links_may(url: str, kept: str) -> None:
    assert link(url) == kept


def test_plain_text_keeps_words_apart() -> None:
    assert text("<p>One<br>two</p><ul><li>three</li></ul>&amp; <b>fo</b>ur") == "One\ntwo\nthree\n& four"


@pytest.mark.parametrize("bomb", ["<div>" * 100_000, "<b>" * 50_000, "<a href='/'>" * 50_000, "<" * 300_000])
def test_absurd_nesting_costs_little(bomb: str) -> None:
    start = time.process_time()
    inline(bomb + "words")
    assert time.process_time() - start < 5
