"""The quick look at HTML never passes what the sanitiser would change."""

from __future__ import annotations

import random

import pytest

from standfirst.editions import cleanliness
from standfirst.kit import html

PIECES = [
    "words ",
    "and",
    " ",
    "\n",
    "\t",
    "&amp;",
    "&lt;",
    "&gt;",
    "&nbsp;",
    "&",
    "<",
    ">",
    '"',
    "'",
    "\x00",
    "\u00a0",
    "\u2028",
    "é",
    "слово",
    "<em>",
    "</em>",
    "<strong>",
    "</strong>",
    "<sup>",
    "</sup>",
    "<b>",
    "</b>",
    "<br>",
    "<span>",
    "</span>",
    '<a href="https://example.org/?a=1&amp;b=(2)">',
    '<a href="/path/">',
    '<a href="//evil.org/">',
    "</a>",
    '<a href="javascript:alert(1)">',
    '<a href="https://e.org/\'">',
    '<a href="https://e.org" onclick="x">',
    "<script>",
    "</script>",
    "<code>",
    "</code>",
    "<cite>",
    "</cite>",
    "<!--",
    "-->",
    "<EM>",
    '<a href="/\\evil.org">',
    "\u200b",
    "\u202e",
    '<a href="https://e.org/%3Cscript%3E">',
    "\x1c",
    "\x85",
    "\u3000",
]


def test_what_the_quick_look_passes_is_what_the_sanitiser_leaves_alone() -> None:
    dice = random.Random(2026)
    passed = 0
    for _ in range(6000):
        text = "".join(dice.choices(PIECES, k=dice.randint(1, 6)))
        if cleanliness.plainly_clean(text):
            passed += 1
            assert html.inline(text) == text, repr(text)
    for open_, close in (("<em>", "</em>"), ('<a href="/path/">', "</a>")):
        for inner in PIECES:
            text = f"Some {open_}{inner}x{close} end"
            if cleanliness.plainly_clean(text):
                passed += 1
                assert html.inline(text) == text, repr(text)
    assert passed > 200, "most ordinary text is passed"


@pytest.mark.parametrize(
    "text",
    [
        "<em>never closed",
        "<em><strong>crossed</em></strong>",
        "<script>x</script>",
        "</em>",
        "<em></em>",
        '<a href="javascript:x">y</a>',
        '<a href="//evil.org/">y</a>',
        '<a href="/x/" onclick="y">z</a>',
        " padded ",
        "a & b",
        "<p>block</p>",
    ],
)
def test_what_is_not_clean_is_never_passed(text: str) -> None:
    assert not cleanliness.plainly_clean(text)
    assert not cleanliness._clean(text)
