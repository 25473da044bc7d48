"""The docs say what the code does: generated pages are up to date, every setting has words."""

from pathlib import Path

import pytest

from standfirst.project import reference

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("name", reference.pages())
def test_generated_pages_are_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == reference.pages()[name], "run `make docs`"


def test_every_setting_says_what_it_is() -> None:
    table = [line for line in reference.pages()["reference/configuration.md"].splitlines() if "| `" in line]
    assert table
    assert all(line.split("|")[3].strip() for line in table)
