"""Ids are opaque, unique and sort by the time they were made."""

from standfirst.kit.ids import is_id, new_id


def test_ids_are_unique_and_well_formed() -> None:
    made = {new_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(is_id(one) for one in made)


def test_a_word_is_no_id() -> None:
    assert not is_id("headline")
    assert not is_id(new_id().upper())
