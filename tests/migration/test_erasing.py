"""What a ledger says about a story goes when the story is erased."""

from __future__ import annotations

from pathlib import Path

from standfirst.kit.sitefolder import SiteFolder
from standfirst.migration import ledger


def test_a_ledger_forgets_the_words_of_an_erased_story_and_keeps_the_others(tmp_path: Path) -> None:
    place = ledger.Place("wire.json", 1)
    with ledger.LedgerFile(SiteFolder(tmp_path), "ninjs") as file:
        file.write(
            ledger.Line("created", place, "urn:canary", "1", "Canary headline", "01erased", "published")
        )
        file.write(ledger.Line("created", place, "urn:other", "1", "Another headline", "01kept", "published"))
    assert file.path is not None
    assert "anary" in file.path.read_text("utf-8")
    ledger.forget(tmp_path / "log", "01erased")
    text = file.path.read_text("utf-8")
    assert "anary" not in text
    assert "01erased" in text
    assert "Another headline" in text
