"""`standfirst init`: makes a new site, by flags alone or by asking for what they leave open."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from standfirst.kit.sitefolder import SiteFolder
from standfirst.project.cli.common import json_option, print_json

Answers = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """Something a new site must know: its flag, how it is asked for, how read, and what is likely."""

    field: str
    flag: str
    words: str
    read: Callable[[str], Any]
    likely: Callable[[Answers], str] | None = None  # without it there must be an answer
    hidden: bool = False


def questions() -> tuple[Question, ...]:
    """Return the questions in the order they are asked."""
    from standfirst.project import answers

    return (
        Question("name", "--name", "Name of the newsroom", answers.name),
        Question(
            "languages", "--languages", "Languages, the main one first", answers.languages, lambda _: "en"
        ),
        Question("zone", "--zone", "Time zone", answers.zone, lambda _: answers.system_zone()),
        Question("accent", "--colour", "The newsroom's colour", answers.colour, lambda _: "#8a1c1c"),
        Question(
            "accent_dark", "--colour-dark", "The same on a dark ground", answers.dark_colour,
            lambda given: answers.suggest_dark(given["accent"]),
        ),
        Question(
            "base_url", "--base-url", "Where readers will find the site", answers.address,
            lambda _: "http://localhost:8000",
        ),
        Question(
            "desk_url", "--desk-url", "Where the newsroom will sign in", answers.address,
            lambda _: "http://localhost:8001",
        ),
        Question("admin", "--admin", "Your e-mail address", answers.email),
        Question("password", "--password", "A password for it", answers.password, hidden=True),
    )  # fmt: skip


@click.command()
@json_option
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", help="As readers know the newsroom.")
@click.option(
    "--languages", "--language", "languages", multiple=True,
    help="en, uk, ar …, with commas or repeated; the first is the main one (en).",
)  # fmt: skip
@click.option("--zone", help="Time zone, such as Europe/Kyiv (this machine's).")
@click.option("--colour", "--accent", "accent", help="The newsroom's colour, #rrggbb (#8a1c1c).")
@click.option("--colour-dark", "accent_dark", help="The same on a dark ground (made from it).")
@click.option("--base-url", help="Where readers find the site (http://localhost:8000).")
@click.option("--desk-url", help="Where the newsroom signs in (http://localhost:8001).")
@click.option("--admin", help="E-mail address of the first account; it may do everything.")
@click.option("--password", envvar="STANDFIRST_PASSWORD", help="Its password (or STANDFIRST_PASSWORD).")
@click.option("--database-url", default="", help="postgresql://user@host/name (SQLite files in FOLDER).")
@click.option("--password-file", type=click.File(), help="A file with the password; - reads it from a pipe.")
def init(as_json: bool, folder: Path, password_file: Any, database_url: str, **flags: Any) -> None:
    """Make a new site in FOLDER.

    On a terminal it asks for what the flags leave open; otherwise what is in brackets is taken.
    """
    from standfirst.project import setup
    from standfirst.theme.strings import spoken

    if password_file is not None:
        flags["password"] = password_file.read().rstrip("\r\n")
    flags["languages"] = ",".join(flags["languages"]) or None
    site = SiteFolder(folder.resolve())
    try:
        setup.check_folder(site)  # before anybody answers nine questions
        given = _answers(flags, ask=not as_json and at_a_terminal())
        plan = setup.Plan(**given, database_url=_postgres(database_url))
        setup.make_site(site, plan, say=lambda line: click.echo(line, err=True))
    except setup.SetupError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        print_json(
            {"site": str(site.root), "name": plan.name, "languages": plan.languages, "zone": plan.zone,
             "readers": plan.base_url, "desk": plan.desk_url, "admin": plan.admin}
        )  # fmt: skip
        return
    click.echo(
        f"{plan.name} is ready in {folder}. Start it with:\n\n  standfirst serve --site {folder}\n\n"
        f"Then write the first story at {plan.desk_url}/ as {plan.admin}."
    )
    for tag in filter(lambda tag: not spoken(tag), plan.languages):
        click.echo(
            f"\nThere are no words of the site itself in {tag} yet: its pages say them in English until "
            f"{folder / 'look' / 'strings' / f'{tag}.po'} is there.",
            err=True,
        )


def _postgres(url: str) -> str:
    """Return `url`, which may be "". Raises UsageError."""
    if url and not url.startswith(("postgresql://", "postgres://")):
        raise click.UsageError("--database-url: write it as postgresql://user@host/name")
    return url


def at_a_terminal() -> bool:
    """Return whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _answers(flags: Mapping[str, str | None], *, ask: bool) -> Answers:
    """Return every answer: from its flag, else from who sits there, else what is likely."""
    from standfirst.project.answers import AnswerError

    given: Answers = {}
    for question in questions():
        flag = flags[question.field]
        if flag is None and ask:
            given[question.field] = _asked(question, given)
            continue
        if flag is None and question.likely is None:
            raise click.UsageError(f"{question.flag} is needed; there is no terminal to ask on.")
        try:
            given[question.field] = question.read(flag or (question.likely(given) if question.likely else ""))
        except AnswerError as error:
            raise click.UsageError(f"{question.flag}: {error}") from error
    return given


def _asked(question: Question, given: Answers) -> Any:
    """Ask until the answer will do."""
    from standfirst.project.answers import AnswerError

    def read(text: str) -> Any:
        try:
            return question.read(text)
        except AnswerError as error:
            raise click.UsageError(str(error)) from error

    return click.prompt(
        question.words,
        default=question.likely(given) if question.likely else None,
        value_proc=read,
        hide_input=question.hidden,
        confirmation_prompt=question.hidden,
        err=True,
    )
