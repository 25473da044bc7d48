"""What `standfirst doctor` finds on a site that somebody broke, and whether its advice mends it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from standfirst.edge import blobs, spool
from tests.newsroom.system import Newsroom, newsroom


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with newsroom(tmp_path_factory.mktemp("whole")) as made:
        yield made


@pytest.fixture
def room(whole: Newsroom, tmp_path: Path) -> Newsroom:
    """A copy of a site that is well, to be broken."""
    shutil.copytree(whole.folder, tmp_path / "site")
    return Newsroom(tmp_path / "site", whole.port, whole.desk_port)


def broken(room: Newsroom, *options: str) -> dict[str, str]:
    """Return what the doctor calls broken, with its advice."""
    answer = room.run("doctor", "--json", *options, check=False)
    findings = [json.loads(line) for line in answer.stdout.splitlines()]
    found = {one["what"]: one["mend"] for one in findings if one["state"] == "broken"}
    assert answer.returncode == (2 if found else 0), answer.stderr
    return found


def change(room: Newsroom, *statements: str) -> None:
    connection = sqlite3.connect(room.folder / "db" / "main.sqlite3")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_new_site_is_well(room: Newsroom) -> None:
    assert broken(room) == {}


def test_what_readers_sent_and_nobody_takes_in_is_named(room: Newsroom) -> None:
    def said() -> list[str]:
        lines = map(json.loads, room.run("doctor", "--json").stdout.splitlines())
        return [line["what"] for line in lines if line["check"] == "spool" and line["state"] == "look"]

    assert said() == []
    segment = room.folder / "spool" / "01.spool"
    segment.parent.mkdir()
    segment.write_bytes(spool.HEADER + b"a record")
    assert said() == [], "it has just come"
    os.utime(segment, (1, 1))
    assert "waits" in said()[0]
    columns = (
        "spool_id, form, language, subject, text, name, answer_to, suspect, received_at, taken_at, "
        "handled_by, repeats, digest, broken"
    )
    values = "'0', '', '', '', '', '', '', 0, '2026-11-01', '2026-11-01', '', 0, '', 1"
    change(room, f"INSERT INTO readers_message ({columns}) VALUES ({values})")
    assert any("could not be opened" in line for line in said())


def test_a_site_behind_tls_is_told_whom_to_trust(room: Newsroom) -> None:
    def said() -> list[str]:
        lines = map(json.loads, room.run("doctor", "--json").stdout.splitlines())
        return [line["mend"] for line in lines if line["check"] == "front" and line["state"] == "look"]

    assert said() == []
    config = 'base_url = "https://news.example"\ndesk_url = "https://desk.news.example"\n'
    (room.folder / "standfirst.toml").write_text(config)
    (mend,) = said()
    assert "trusted_proxies" in mend
    (room.folder / "standfirst.toml").write_text(config + 'trusted_proxies = ["127.0.0.1"]\n')
    assert said() == []


def test_a_language_without_words_of_its_own_is_named_with_the_file_that_gives_them(room: Newsroom) -> None:
    def said() -> list[str]:
        lines = map(json.loads, room.run("doctor", "--json").stdout.splitlines())
        return [line["mend"] for line in lines if line["check"] == "words" and line["state"] == "look"]

    assert said() == []
    change(room, "UPDATE stories_sitesettings SET languages = 'en, he'")
    (mend,) = said()
    assert str(room.folder / "look" / "strings" / "he.po") in mend


def test_a_damaged_file_is_named_in_words_and_the_advice_mends_it(room: Newsroom) -> None:
    store = room.folder / "store"
    file = next(path for path in sorted((store / "blobs").glob("??/*")) if path.stat().st_size > 2000)
    content = bytearray(file.read_bytes())
    content[blobs.HEAD_SIZE + 10] ^= 1
    file.write_bytes(content)
    ((what, mend),) = broken(room).items()
    assert "Problem(" not in what
    assert f"Remove store/blobs/{file.parent.name}/{file.name}" in mend
    file.unlink()
    path = what.split(":")[0]
    assert f"`standfirst bake {path}`" in mend
    room.run("bake", path)
    assert broken(room) == {}


def test_a_lost_bake_index_is_made_again_as_advised(room: Newsroom) -> None:
    for file in (room.folder / "db").glob("bake.sqlite3*"):
        file.unlink()
    ((what, mend),) = broken(room).items()
    assert "bake.sqlite3 is not there" in what
    assert "standfirst bake --all" in mend
    room.run("bake", "--all")
    assert broken(room) == {}


def test_a_lost_database_is_not_replaced_by_an_empty_one(room: Newsroom) -> None:
    for file in (room.folder / "db").glob("main.sqlite3*"):
        file.unlink()
    ((what, mend),) = broken(room).items()
    assert "main.sqlite3 is not there" in what
    assert "backup" in mend
    assert broken(room, "--mend").keys() == {what}
    answer = room.run("staff", "list", check=False)
    assert (answer.returncode, "Put it back from a backup" in answer.stderr) == (1, True)
    assert not (room.folder / "db" / "main.sqlite3").exists()


def test_missing_triggers_are_put_back(room: Newsroom) -> None:
    change(room, "DROP TRIGGER editions_edition_no_update")
    ((what, mend),) = broken(room).items()
    assert "editions_edition_no_update" in what
    assert "--mend" in mend
    assert broken(room, "--mend") == {}


def test_a_record_changed_by_hand_is_found_by_doctor_and_verify(room: Newsroom) -> None:
    change(
        room,
        "DROP TRIGGER editions_payload_no_update",
        "UPDATE editions_payload SET document = replace(document, 'Courier', 'Liar')",
    )
    assert any("is not what was published" in what for what in broken(room, "--mend"))
    answer = room.run("verify", check=False)
    assert answer.returncode == 2
    assert "is not what was published" in answer.stdout


def test_addresses_that_are_none_are_found(room: Newsroom) -> None:
    config = room.folder / "standfirst.toml"
    config.write_text('base_url = "http://localhost:8000"\ndesk_url = "desk.example"\n')
    assert list(broken(room)) == ["desk_url is no address: desk.example"]


def test_baking_a_page_that_nobody_has_is_an_error(room: Newsroom) -> None:
    answer = room.run("bake", "/nothing-here/", check=False)
    assert answer.returncode == 1
    assert "nothing is at /nothing-here/" in answer.stderr
