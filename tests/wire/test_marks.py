"""Text as it is typed at the desk, and back."""

from __future__ import annotations

import pytest

from standfirst.wire import marks


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("One line", ("One line",)),
        ("One\n\n  Two \r\nThree", ("One", "Two", "Three")),
        ("**Bold** and *italic*", ("<strong>Bold</strong> and <em>italic</em>",)),
        ("See [the port](https://port.example/a?b=1&c=2).",
         ('See <a href="https://port.example/a?b=1&amp;c=2">the port</a>.',)),
        ("5 < 6 & 2 * 3 * 4", ("5 &lt; 6 &amp; 2 * 3 * 4",)),
        ("CO<sub>2</sub>", ("CO<sub>2</sub>",)),
        ("a<b", ("a&lt;b",)),
    ],
)  # fmt: skip
def test_what_is_typed_is_kept_and_typed_again_the_same(typed: str, kept: tuple[str, ...]) -> None:
    assert marks.to_html(typed) == kept
    assert marks.to_html(marks.to_text(kept)) == kept


def test_nothing_typed_runs() -> None:
    for typed in (
        "<script>x()</script>",
        "[x](javascript:alert(1))",
        '<a href="javascript:x()">y</a>',
        "<img src=x>",
    ):
        (kept,) = marks.to_html(f"a {typed}")
        assert "<script" not in kept
        assert "<img" not in kept
        assert 'href="javascript' not in kept
