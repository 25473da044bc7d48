"""`standfirst init`: asked at a terminal, told by flags, refused with what to do instead."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from standfirst.bake import segments
from standfirst.project import answers, setup
from standfirst.project.cli import cli, init
from standfirst.theme import colours

COMMAND = [sys.executable, "-c", "from standfirst.project.cli import main; main()", "init"]
NEEDED = ("--name", "The Tern", "--admin", "ines@tern.example", "--password", "a long enough phrase")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[setup.Plan]:
    """Plans that a site would have been made from: the command up to the door of the database."""
    plans: list[setup.Plan] = []
    monkeypatch.setattr(setup, "make_site", lambda site, plan, say: plans.append(plan))
    monkeypatch.setattr(answers, "system_zone", lambda: "Europe/Riga")
    return plans


def run(*arguments: str, **more: Any) -> Result:
    return CliRunner().invoke(cli, ["init", "/nowhere/site", *arguments], **more)


class TestByFlags:
    def test_three_are_enough_and_the_rest_is_what_is_likely(self, made: list[setup.Plan]) -> None:
        result = run(*NEEDED)
        assert result.exit_code == 0, result.output
        (plan,) = made
        assert (plan.languages, plan.zone, plan.accent) == (("en",), "Europe/Riga", "#8a1c1c")
        assert colours.contrast(plan.accent_dark, colours.PAPER_DARK) >= 4.5

    def test_languages_come_with_commas_or_one_by_one_and_each_counts_once(
        self, made: list[setup.Plan]
    ) -> None:
        run(*NEEDED, "--languages", "uk, en,uk")
        run(*NEEDED, "--language", "uk", "--language", "pt-BR")
        assert [plan.languages for plan in made] == [("uk", "en"), ("uk", "pt-BR")]

    def test_a_password_may_come_from_a_file_or_the_environment(
        self, made: list[setup.Plan], tmp_path: Path
    ) -> None:
        (tmp_path / "password").write_text("kept in a file\n")
        without = NEEDED[:4]
        run(*without, "--password-file", str(tmp_path / "password"))
        run(*without, "--password-file", "-", input="kept in a pipe\n")
        run(*without, env={"STANDFIRST_PASSWORD": "kept in the environment"})
        assert [plan.password for plan in made] == [
            "kept in a file", "kept in a pipe", "kept in the environment",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            (("--name", "  "), "--name: The newsroom needs a name."),
            (("--languages", "en,xx"), "--languages: xx is no language"),
            (("--languages", ", ,"), "Give at least one language"),
            (("--zone", "Kiyv"), "is it Europe/Kyiv?"),
            (("--zone", "Middle Earth"), "--zone: Middle Earth is no time zone"),
            (("--colour", "red"), "a colour is # and six hexadecimal digits"),
            (("--colour", "#ffcc00"), "1.4 to 1, and text needs 4.5 to 1."),
            (("--colour-dark", "#111111"), "on the dark ground"),
            (("--base-url", "tern.example"), "--base-url: tern.example: an address is https://host"),
            (("--base-url", "https://tern.example/news"), "and nothing after it"),
            (("--base-url", "https://tern.example:nine"), "an address is"),
            (("--admin", "ines"), "--admin: ines is no e-mail address"),
            (("--password", "short"), "--password: A password has at least 10 characters"),
        ],
    )
    def test_what_will_not_do_is_refused_with_what_would(
        self, made: list[setup.Plan], wrong: tuple[str, ...], said: str
    ) -> None:
        result = run(*NEEDED, *wrong)
        assert result.exit_code == 2
        assert said in " ".join(result.output.split())
        assert made == []

    def test_a_suggested_colour_would_do(self) -> None:
        with pytest.raises(answers.AnswerError) as refused:
            answers.colour("#ffcc00")
        assert answers.colour(str(refused.value).split()[-3]) != "#ffcc00"

    def test_nothing_is_asked_where_nobody_can_answer(self, made: list[setup.Plan]) -> None:
        result = run("--name", "The Tern")
        assert result.exit_code == 2
        assert "--admin is needed; there is no terminal to ask on." in result.output

    def test_a_folder_that_holds_something_is_left_alone(
        self, made: list[setup.Plan], tmp_path: Path
    ) -> None:
        (tmp_path / "diary.txt").write_text("Monday")
        result = CliRunner().invoke(cli, ["init", str(tmp_path), *NEEDED])
        assert result.exit_code == 1
        assert "is not empty; choose a new folder" in result.output
        (tmp_path / "standfirst.toml").write_text("")
        result = CliRunner().invoke(cli, ["init", str(tmp_path), *NEEDED])
        assert "holds a site already" in result.output
        result = CliRunner().invoke(cli, ["init", str(tmp_path / "diary.txt"), *NEEDED])
        assert "is a file" in result.output
        assert made == []


class TestAtATerminal:
    def test_only_what_flags_leave_open_is_asked(
        self, made: list[setup.Plan], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(init, "at_a_terminal", lambda: True)
        typed = "\n".join(["uk", "nowhere", "Europe/Kyiv", "#ffcc00", "", "", "", ""])
        result = run(*NEEDED, input=typed + "\n")
        assert result.exit_code == 0, result.output
        (plan,) = made
        assert (plan.languages, plan.zone, plan.accent) == (("uk",), "Europe/Kyiv", "#8a1c1c")
        assert "nowhere is no time zone" in result.output
        assert "#ffcc00 is hard to read" in result.output
        assert "Name of the newsroom" not in result.output

    def test_the_dark_colour_is_suggested_from_the_light_one(
        self, made: list[setup.Plan], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(init, "at_a_terminal", lambda: True)
        result = run(*NEEDED, input="\n\n#0b5a6b\n\n\n\n")
        assert made[0].accent_dark == colours.readable("#0b5a6b", colours.PAPER_DARK, colours.INK_DARK)
        assert f"[{made[0].accent_dark}]" in result.output

    def test_json_asks_nothing(self, made: list[setup.Plan], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(init, "at_a_terminal", lambda: True)
        result = run(*NEEDED, "--json")
        assert json.loads(result.stdout)["admin"] == "ines@tern.example"


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "STANDFIRST_SITE": "", "STANDFIRST_ROLE": "task", "XDG_RUNTIME_DIR": str(folder)}


@pytest.mark.newsroom
class TestForReal:
    def test_every_language_gets_its_front_its_navigation_and_its_error_pages(self, tmp_path: Path) -> None:
        site = tmp_path / "site"
        done = subprocess.run(
            [*COMMAND, str(site), *NEEDED, "--languages", "en,uk,ar", "--json"],
            env=environment(tmp_path), capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert json.loads(done.stdout)["languages"] == ["en", "uk", "ar"]
        _, entries = segments.read_all(site / "store")
        for prefix in ("/", "/uk/", "/ar/"):
            assert entries[prefix].status == 200
            for status in (404, 410, 503):
                assert entries[f"{prefix}_e/{status}/"].status == status

    def test_a_password_that_django_refuses_leaves_nothing_and_it_may_be_tried_again(
        self, tmp_path: Path
    ) -> None:
        def begin(password: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [*COMMAND, str(tmp_path / "site"), *NEEDED[:4], "--password", password],
                env=environment(tmp_path), capture_output=True, text=True, check=False,
            )  # fmt: skip

        refused = begin("1234567890")
        assert refused.returncode == 1
        assert "ines@tern.example: This password is too common" in refused.stderr
        assert list((tmp_path / "site").iterdir()) == []
        assert begin("a long enough phrase").returncode == 0

    def test_a_person_is_asked_and_the_password_is_not_shown(self, tmp_path: Path) -> None:
        asked = [
            ("Name of the newsroom", "The Tern"),
            ("Languages", "uk, en"),
            ("Time zone", "Europe/Kyiv"),
            ("colour [", "#0b5a6b"),
            ("dark ground [", ""),
            ("find the site", ""),
            ("sign in", ""),
            ("e-mail address", "ines@tern.example"),
            ("A password", "a long enough phrase"),
            ("Repeat", "a long enough phrase"),
        ]
        said = talk([*COMMAND, str(tmp_path / "site")], asked, environment(tmp_path))
        assert "The Tern is ready in" in said
        assert "a long enough phrase" not in said
        assert (tmp_path / "site" / "standfirst.toml").exists()


def talk(command: list[str], asked: list[tuple[str, str]], environment: dict[str, str]) -> str:
    """Run a command at a terminal of its own, answer what it asks, and return all that stood there."""
    child, terminal = pty.fork()
    if child == 0:
        os.execve(command[0], command, environment)
    said = ""
    for question, answer in asked:
        said += _until(terminal, question)
        os.write(terminal, f"{answer}\n".encode())
    said += _until(terminal, "Then write the first story")
    _, code = os.waitpid(child, 0)
    os.close(terminal)
    assert code == 0
    return said


def _until(terminal: int, words: str) -> str:
    said = ""
    deadline = time.monotonic() + 90
    while words not in said:
        assert time.monotonic() < deadline, f"{words!r} was never asked; there stood: {said}"
        if select.select([terminal], [], [], 1)[0]:
            said += os.read(terminal, 4096).decode()
    return said
