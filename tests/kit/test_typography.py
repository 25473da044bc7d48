"""A cut text ends where a reader would end it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standfirst.kit.typography import excerpt


@pytest.mark.parametrize(
    ("text", "limit", "kept"),
    [
        ("Short.", 20, "Short."),
        ("The council met. It decided nothing at all.", 30, "The council met."),
        ("The council met. It decided nothing at all.", 40, "The council met. It decided nothing at…"),
        ("“We are done.” She left the room quickly.", 25, "“We are done.”"),
        ("Dr. Ilse Brand spoke for two hours about the river.", 30, "Dr. Ilse Brand spoke for two…"),
        ("Prices rose, wages, however, did not.", 21, "Prices rose, wages…"),
        ("Ціни зросли. Зарплати ні, кажуть люди.", 20, "Ціни зросли."),
        ("a  b\n c", 10, "a b c"),
        ("Incomprehensibilities", 8, "Incompr…"),
    ],
)
def test_excerpts_end_at_a_sentence_or_a_word(text: str, limit: int, kept: str) -> None:
    assert excerpt(text, limit) == kept


@settings(deadline=None)
@given(st.text(max_size=80), st.integers(1, 60))
def test_an_excerpt_is_never_too_long(text: str, limit: int) -> None:
    assert len(excerpt(text, limit)) <= limit
