"""Commands about a site as a whole: init, serve, doctor, staff."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from urllib.parse import urlsplit

import click

from standfirst.project.cli.common import (
    EXIT_FOUND,
    json_option,
    open_site,
    print_json,
    setup_django,
    site_option,
    with_django,
)
from standfirst.project.cli.init import init


@click.command()
@site_option
@click.option("--host", default="127.0.0.1", help="Address to listen on.")
@click.option("--port", default=8000, help="Port for readers.")
@click.option("--desk-port", type=int, help="Port for the newsroom (the readers' and one).")
@click.option("--bakers", type=int, help="How many bakers.")
@click.option("--live", is_flag=True, help="Open pages load again by themselves when the look changes.")
@click.option(
    "--nginx/--no-nginx", default=True, help="Whether nginx stands in front, where it is installed."
)
def serve(
    site_path: Path,
    host: str,
    port: int,
    desk_port: int | None,
    bakers: int | None,
    live: bool,
    nginx: bool,
) -> None:
    """Run the whole site on this machine until Ctrl-C."""
    from standfirst.project import database, supervisor

    site, config = open_site(site_path)
    try:
        database.prepare(site, config, lambda line: click.echo(line, err=True))
    except database.DatabaseError as error:
        raise click.ClickException(str(error)) from error
    watch = supervisor.Supervisor(
        site, host, port, desk_port or port + 1, bakers or config.bakers, lambda line: click.echo(line), live,
        nginx, config.base_url.startswith("https:"),
    )  # fmt: skip
    try:
        watch.start()
    except supervisor.PortTaken as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Readers  {config.base_url}\nDesk     {config.desk_url}/\nFront    {watch.front}")
    if urlsplit(config.base_url).port not in (None, port):
        click.echo(
            f"It listens on {host}:{port}, but its pages say {config.base_url}: "
            f"set base_url in {site.config} to what readers type."
        )
    click.echo("Stop with Ctrl-C.")
    watch.watch()
    click.echo("Stopped.")


@click.command()
@site_option
@json_option
@click.option("--mend", is_flag=True, help="Mend what can be mended without a person.")
def doctor(site_path: Path, as_json: bool, mend: bool) -> int:
    """Say what is wrong and how to mend it."""
    from standfirst.project import doctor as examination

    site, config = open_site(site_path)
    setup_django(site)
    if mend and site.main_db.exists() | bool(config.database_url):
        from standfirst.editions import api
        from standfirst.stories import api as stories

        api.install_triggers()
        stories.sweep()
    findings = examination.examine(site, config)
    for finding in findings:
        if as_json:
            print_json(dataclasses.asdict(finding))
            continue
        click.echo(f"{finding.state:<7}{finding.check}: {finding.what}")
        if finding.mend:
            click.echo(f"       → {finding.mend}")
    return EXIT_FOUND if any(finding.state == "broken" for finding in findings) else 0


@click.group()
def staff() -> None:
    """Accounts that may sign in at the desk."""


@staff.command("add")
@site_option
@json_option
@click.argument("email")
@click.option("--name", default="")
@click.option("--role", type=click.Choice(["contributor", "editor", "publisher", "admin"]), default="editor")
@click.option("--password", envvar="STANDFIRST_PASSWORD", help="Without it you are asked.")
def staff_add(site_path: Path, as_json: bool, email: str, name: str, role: str, password: str | None) -> None:
    """Add an account."""
    from standfirst.project import setup

    with_django(site_path)
    if password is None:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        setup.add_staff(email=email, name=name, role=role, password=password or "")
    except setup.SetupError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        print_json({"email": email, "name": name, "role": role})
        return
    click.echo(f"{email} may sign in at the desk as {role}.")


@staff.command("list")
@site_option
@json_option
def staff_list(site_path: Path, as_json: bool) -> None:
    """List the accounts."""
    with_django(site_path)
    from standfirst.readers.models import User

    for user in User.objects.filter(kind=User.Kind.STAFF).order_by("email"):
        groups = sorted(user.groups.values_list("name", flat=True))
        roles = ["admin"] if user.is_superuser else groups
        if as_json:
            print_json({"email": user.email, "name": user.name, "roles": roles, "active": user.is_active})
        else:
            click.echo(f"{user.email:<40}{', '.join(roles)}{'' if user.is_active else '  (closed)'}")


COMMANDS: tuple[click.Command, ...] = (init, serve, doctor, staff)
