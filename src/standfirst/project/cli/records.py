"""Commands that take something away: kill at once, expunge by two people."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

from standfirst.project.cli.common import json_option, print_json, site_option, with_django


def _record(name: str) -> str:
    """Return the record behind a path, or the record itself. Raises ClickException for neither."""
    from standfirst.editions import api

    owner = api.owner(name) if name.startswith("/") else name
    if not owner or api.head(owner) is None:
        raise click.ClickException(
            f"nothing was ever published at {name}. Give a path such as /slug/, "
            "or a record such as story:01j…"
        )
    return owner


def _staff(email: str, password: str | None) -> str:
    """Check who acts. Raises ClickException when address and password do not fit."""
    from django.contrib.auth import authenticate

    if password is None:
        password = click.prompt(f"Password of {email}", hide_input=True)
    user = authenticate(username=email, password=password)
    if user is None or not user.has_perm("editions.expunge"):
        raise click.ClickException(f"{email} with this password may not do that; it takes a publisher.")
    return email


@click.command()
@site_option
@json_option
@click.argument("what")
@click.option("--why", required=True, help="For the record, not for readers.")
@click.option("--by", "by", help="Who decided.", default="")
def kill(site_path: Path, as_json: bool, what: str, why: str, by: str) -> None:
    """Withdraw WHAT (a path or a record) everywhere, at once."""
    site, _ = with_django(site_path)
    from django.db import transaction

    from standfirst.bake import api as bake
    from standfirst.editions import api as editions
    from standfirst.project.cli.common import actor
    from standfirst.stories import api as stories
    from standfirst.wire import api as wire

    record = _record(what)
    page = stories.find_story(record.partition(":")[2])
    item = wire.find_item(record.partition(":")[2])
    try:
        with transaction.atomic():
            if page is not None:
                published = stories.kill_story(page, actor=by or actor(), why=why)
            elif item is not None:
                published = wire.kill_item(item, actor=by or actor(), why=why).edition
            else:
                published = editions.kill(record, actor=by or actor(), why=why)
    except (stories.CannotPublish, wire.ItemRefused, editions.Refused, LookupError) as error:
        raise click.ClickException(str(error)) from error
    bake.run_until_idle(site)
    progress = bake.progress(published.seq)
    if as_json:
        print_json({"record": published.record, "seq": published.seq, "paths": progress.total})
    else:
        click.echo(f"{published.record} is withdrawn: {progress.baked} of {progress.total} paths changed.")


@click.group()
def expunge() -> None:
    """Erase a record by law: one person asks, another approves."""


@expunge.command("request")
@site_option
@json_option
@click.argument("what")
@click.option("--by", required=True, help="E-mail address of who asks.")
@click.option("--why", required=True)
@click.option("--password", envvar="STANDFIRST_PASSWORD")
def expunge_request(
    site_path: Path, as_json: bool, what: str, by: str, why: str, password: str | None
) -> None:
    """Ask for WHAT (a path or a record) to be erased."""
    with_django(site_path)
    from standfirst.editions import api

    try:
        request = api.request_expunge(_record(what), actor=_staff(by, password), why=why)
    except api.Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if as_json:
        print_json({"request": request.pk, "record": request.record})
        return
    click.echo(f"Request {request.pk}: {request.record}. Another publisher approves it with:")
    click.echo(f"  standfirst expunge approve {request.pk} --by ADDRESS")


@expunge.command("approve")
@site_option
@json_option
@click.argument("number", type=int)
@click.option("--by", required=True, help="E-mail address of who approves; not who asked.")
@click.option("--password", envvar="STANDFIRST_PASSWORD")
def expunge_approve(site_path: Path, as_json: bool, number: int, by: str, password: str | None) -> None:
    """Approve request NUMBER and erase."""
    site, _ = with_django(site_path)
    from standfirst.bake import api as bake
    from standfirst.editions import api

    try:
        report = api.approve_expunge(number, actor=_staff(by, password))
    except (LookupError, PermissionError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    bake.run_until_idle(site)
    left = api.erase_files()
    if as_json:
        print_json({**dataclasses.asdict(report), "files_left": left})
        return
    click.echo(str(report))
    if left:
        click.echo(f"{left} files go as soon as the bakers are through; the worker sees to it.")


COMMANDS: tuple[click.Command, ...] = (kill, expunge)
