"""Commands that bring stories in and pages out: load, export, import, bake, verify."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Literal

import click

from standfirst.project.cli.common import (
    EXIT_FOUND,
    actor,
    json_option,
    print_json,
    progress_line,
    site_option,
    with_django,
)


@click.command()
@site_option
@json_option
@click.argument("archive", type=click.Path(exists=True, file_okay=False, path_type=Path))
def load(site_path: Path, as_json: bool, archive: Path) -> None:
    """Load a site archive: ARCHIVE is its folder. Loading twice changes nothing."""
    with_django(site_path)
    from standfirst.archive import api

    try:
        report = api.load(archive, actor=actor(), progress=progress_line)
    except api.ArchiveError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        print_json(dataclasses.asdict(report))
    else:
        click.echo(str(report))


@click.command()
@site_option
@json_option
@click.argument("archive", type=click.Path(path_type=Path))
def export(site_path: Path, as_json: bool, archive: Path) -> int:
    """Write the whole site as a site archive: ARCHIVE is its folder, new or empty."""
    with_django(site_path)
    from standfirst.archive import api

    try:
        report = api.export(archive.absolute(), progress=progress_line)
    except api.CannotExport as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        print_json(dataclasses.asdict(report))
    else:
        click.echo(str(report))
        for problem in report.left_out:
            click.echo(f"left out: {problem}")
    return EXIT_FOUND if report.left_out else 0


@click.group("import")
def import_() -> None:
    """Bring stories in from elsewhere."""


@import_.command("ninjs")
@site_option
@json_option
@click.option(
    "--as",
    "becomes",
    type=click.Choice(["stories", "items"]),
    default="stories",
    help="What they become: stories, or items of the news feed (stories).",
)
@click.option("--draft", is_flag=True, help="Hold what is usable as drafts.")
@click.option("--section", default="", metavar="SLUG", help="File stories here that match no section.")
@click.option(
    "--subject",
    "subjects",
    multiple=True,
    metavar="SUBJECT=SLUG",
    help="File stories with this subject (its name, code or address) in a section; may be repeated.",
)
@click.option(
    "--leave-out-missing-pictures",
    is_flag=True,
    help="Take a story without the pictures that cannot be had, instead of refusing it.",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def import_ninjs(
    site_path: Path,
    as_json: bool,
    becomes: Literal["stories", "items"],
    draft: bool,
    section: str,
    subjects: tuple[str, ...],
    leave_out_missing_pictures: bool,
    files: tuple[Path, ...],
) -> int:
    """Import IPTC ninjs 2.x and 3.x items from FILE…

    A file holds one item, a list of items, {"items": […]}, or one item a line.
    """
    if wrong := [one for one in subjects if "=" not in one]:
        raise click.UsageError(f"--subject {wrong[0]}: write SUBJECT=SLUG")
    if becomes == "items" and (section or subjects or leave_out_missing_pictures):
        raise click.UsageError(
            "items of the feed have no sections and no pictures: those flags are for stories"
        )
    site, _ = with_django(site_path)
    from standfirst.migration.ledger import Line
    from standfirst.migration.ninjs import Options, run

    def report(line: Line) -> None:
        if as_json:
            print_json(line.as_json())
        else:
            click.echo(str(line))

    options = Options(
        becomes=becomes,
        draft=draft,
        sections={name: slug for name, _, slug in (one.rpartition("=") for one in subjects)},
        default_section=section,
        leave_out_missing_pictures=leave_out_missing_pictures,
    )
    try:
        ledger = run(files, actor=actor(), options=options, site=site, report=report, progress=progress_line)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    if not as_json:
        click.echo(f"{ledger.summary()}. Ledger: {ledger.path}")
    return ledger.exit_code


@click.command()
@site_option
@json_option
@click.option("--all", "everything", is_flag=True, help="Every page of the site.")
@click.argument("paths", nargs=-1)
def bake(site_path: Path, as_json: bool, everything: bool, paths: tuple[str, ...]) -> int:
    """Bake what is waiting; or every page, or the pages at PATH…"""
    site, _ = with_django(site_path)
    from standfirst.bake import api
    from standfirst.editions import api as editions

    if everything:
        editions.claim_all()
        api.bake_everything()
    try:
        api.bake_paths(paths)
    except LookupError as error:
        raise click.ClickException(f"{error}; give paths as readers know them: /slug/") from error
    report = api.run_until_idle(site, progress=progress_line)
    if as_json:
        print_json(dataclasses.asdict(report))
    else:
        click.echo(str(report))
    return EXIT_FOUND if report.failed else 0


@click.command()
@site_option
@json_option
def verify(site_path: Path, as_json: bool) -> int:
    """Check that records and files are whole and fit together."""
    site, _ = with_django(site_path)
    from standfirst.bake import api
    from standfirst.editions import api as editions

    problems = [str(problem) for problem in (*editions.verify_chain(), *api.verify(site, tick=_ticking))]
    for problem in problems:
        if as_json:
            print_json({"problem": problem})
        else:
            click.echo(problem)
    if not problems and not as_json:
        click.echo("Records and files are whole and fit together.")
    return EXIT_FOUND if problems else 0


def _ticking(done: int, total: int) -> None:
    progress_line(done, total, "files compared")


COMMANDS: tuple[click.Command, ...] = (load, export, import_, bake, verify)
