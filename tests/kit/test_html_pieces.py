"""Bodies from elsewhere come apart into clean pieces; no word is lost without a note."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standfirst.kit.html import inline
from standfirst.kit.html_pieces import html_pieces, words
from standfirst.kit.pieces import Card, Grid, Image, Items, Piece, Quoted, Rule, Text, Title
from standfirst.kit.plain import plain_pieces

CASES: list[tuple[str, str, list[Piece]]] = [
    ("paragraphs", "<p>One</p>\n <p>Two <b>bold</b></p>", [Text("One"), Text("Two <strong>bold</strong>")]),
    ("loose text", "One<br><br/>Two<br>half", [Text("One"), Text("Two<br>half")]),
    ("headings", "<h1>A</h1><h2>B</h2><h4>C</h4>", [Title("A"), Title("B"), Title("C", 3)]),
    ("nested divs", "<div><div><p>a</p>b</div>c</div>", [Text("a"), Text("b"), Text("c")]),
    ("a list", "<ol><li>a</li><li><p>b</p></li></ol>", [Items(("a", "b"), ordered=True)]),
    ("a list in a list", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", [Items(("a", "b", "c"))]),
    ("a list without items", "<ul>a<p>b</p></ul>", [Items(("a", "b"))]),
    (
        "a quotation",
        "<blockquote><p>a</p><p>b</p><footer>— Ann</footer></blockquote>",
        [Quoted("a<br>b", "Ann")],
    ),
    ("a cited quotation", "<blockquote>a <cite>Ann</cite></blockquote>", [Quoted("a", "Ann")]),
    (
        "a picture",
        "<p>a <img src='x.jpg' alt='A  cat'> b</p>",
        [Text("a"), Image("x.jpg", "A cat"), Text("b")],
    ),
    (
        "a figure",
        "<figure><a href='/x'><img src=x.jpg></a><figcaption>A <i>cat</i></figcaption></figure>",
        [Image("x.jpg", "", "A <em>cat</em>")],
    ),
    (
        "a table",
        "<table><caption>T</caption><tr><th>a<th>b</tr><tr><td colspan=2>c</tr></table>",
        [Grid((("a", "b"), ("c", "")), header_row=True, caption="T")],
    ),
    ("a table for layout", "<table><tr><td><p>a</p><p>b</p></td></tr></table>", [Text("a"), Text("b")]),
    ("breaks", "a<hr>b<p>* * *</p>c", [Text("a"), Rule(), Text("b"), Rule(), Text("c")]),
    (
        "a frame",
        '<iframe src="https://v.example/1" title="Film"></iframe>',
        [Card("https://v.example/1", "Film")],
    ),
    (
        "a post",
        '<blockquote class="twitter-tweet"><p>Hi</p>Ann <a href="https://t.example/1">May</a></blockquote>'
        "<script async src=https://t.example/w.js></script>",
        [Card("https://t.example/1", text="Hi\nAnn May")],
    ),
    ("scripts closed as in XML", "<p>a</p><script src='x'/><p>b</p>", [Text("a"), Text("b")]),
    ("character data", "<p><![CDATA[1 < 2 & <b>]]></p>", [Text("1 &lt; 2 &amp; &lt;b&gt;")]),
    ("namespaces", "<xhtml:p>a <h:em>b</h:em></xhtml:p>", [Text("a <em>b</em>")]),
    ("escaped markup", "&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b&lt;/p&gt;", [Text("a"), Text("b")]),
    ("a broken break", "<p>Giglio, Italy,</ br> Monday</p>", [Text("Giglio, Italy,<br> Monday")]),
    ("unknown blocks", "<block><hl2>Sub</hl2><p>a</p></block>", [Title("Sub"), Text("a")]),
    ("unknown words", "<p>by <person role='x'>Ann</person>, <org>Acme</org></p>", [Text("by Ann, Acme")]),
    ("bold around blocks", "<b><p>a</p><p>b</p></b>", [Text("a"), Text("b")]),
    ("nothing but space", "<p>&nbsp;</p><p><br></p><div> </div>", []),
    ("preformatted words", "<pre>One\n\nTwo\n</pre>", [Text("One"), Text("Two")]),
    ("a foreign paragraph", "<p lang=uk>Так</p>", [Text('<span lang="uk">Так</span>')]),
    ("definitions", "<dl><dt>a<dd>b<dd>c</dl>", [Items(("<strong>a</strong> b c",))]),
    (
        "a whole document",
        "<!doctype html><html><head><title>t</title></head><body><p>a</p></body></html>",
        [Text("a")],
    ),
]


@pytest.mark.parametrize(("html", "pieces"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_messy_markup_becomes_clean_pieces(html: str, pieces: list[Piece]) -> None:
    assert list(html_pieces(html).pieces) == pieces


@pytest.mark.parametrize(
    ("html", "note"),
    [
        ("<script>x</script><script>y</script>", "left out: <script> (2 times)"),
        ("<img src=p.gif width=1 height=1>", "left out: an invisible picture (a counter)"),
        ("<img src='data:image/png;base64,AAAA' alt='Map'>", "left out: a picture without an address (Map)"),
        ("<video></video>", "left out: <video> without an address"),
    ],
)
def test_what_is_left_out_is_noted(html: str, note: str) -> None:
    assert note in html_pieces(html).notes


PARTS = st.sampled_from(
    """
        <p> </p> <div> </div> <b> </b> <i> </i> <ul> </ul> <li> </li> <blockquote> </blockquote>
    <cite> </cite>     <tr> <table> </table> <td> </td> <th> <h2> </h2> <figure> </figure>
    <figcaption> </figcaption> <img> <br> <hr>     <dl> <dt> <dd> </dl> <nitf> </nitf> <hl2> </hl2>
    <a> </a> <footer> </footer> <section> </section> <pre> </pre>     <q> </q> <span> </span>
    """.split()
)


@settings(deadline=None, max_examples=300)
@given(st.lists(PARTS | st.from_regex(r"\Aw[0-9]{1,3}\Z"), max_size=30))
def test_no_word_is_lost(parts: list[str]) -> None:
    html = " ".join(parts)
    given_words = sorted(re.findall(r"\bw[0-9]+", re.sub(r"<[^>]*>", " ", html)))
    result = html_pieces(html)
    assert sorted(re.findall(r"w[0-9]+", words(result.pieces))) == given_words
    for piece in result.pieces:
        if isinstance(piece, Text | Title | Quoted):
            assert piece.html == inline(piece.html)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One.\n\nTwo.\r\n\r\nThree.", ["One.", "Two.", "Three."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("   One starts here\nand goes on.\n   Two starts here.",
         ["One starts here and goes on.", "Two starts here."]),
        (
            "The mayor of the town said on Monday that the new bridge would open\n"
            "in spring, two years later than was planned, and that the costs had\nrisen.",
            ["The mayor of the town said on Monday that the new bridge would open in spring, two years later"
             " than was planned, and that the costs had risen."],
        ),
        ("a < b & c", ["a &lt; b &amp; c"]),
        ("\u3000甲。\n\u3000乙。", ["甲。", "乙。"]),
    ],
)  # fmt: skip
def test_plain_text_becomes_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert [piece.html for piece in plain_pieces(text).pieces if isinstance(piece, Text)] == paragraphs


def test_rows_of_signs_are_breaks() -> None:
    assert list(plain_pieces("a\n\n* * *\n\nb\n\n-----\n\nc").pieces) == [
        Text("a"), Rule(), Text("b"), Rule(), Text("c"),
    ]  # fmt: skip


BOMBS = [
    "<div>" * 60_000,
    "<ul><li>" * 20_000,
    "<table><tr><td>" * 10_000,
    "<blockquote><cite>" * 190,
    "".join(
        f"<{name}>" * 30 for name in ("div", "section", "article", "ul", "li", "b", "blockquote", "dl", "dd")
    ),
    "<p>x" * 3_000,
    "<p>x" * 60_000,
    "&lt;p&gt;" * 30_000,
    "&lt;p " * 150_000,
    "<![CDATA[" * 100_000,
    "\n" * 900_000,
    "&nbsp;" * 150_000 + "x",
    "<blockquote>a<cite>b</cite></blockquote>" * 1_000,
    "<a b=c " * 140_000,
    "".join(f"<x{n}>" for n in range(10_000)),
    "*" * 900_000 + "x",
]


@pytest.mark.parametrize("bomb", BOMBS, ids=[bomb[:15] for bomb in BOMBS])
def test_bombs_are_bounded(bomb: str) -> None:
    start = time.process_time()
    html_pieces(bomb + "<p>words</p>")
    plain_pieces(bomb)
    assert time.process_time() - start < 8
