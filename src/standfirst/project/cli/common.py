"""What commands share: the site folder, Django's setup, output for people and for programs."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from standfirst.kit.sitefolder import SiteFolder
from standfirst.project import config as site_config
from standfirst.project.config import Config

F = TypeVar("F", bound=Callable[..., Any])

EXIT_FOUND = 2
EXIT_CONFIG = 78


class SiteError(click.ClickException):
    """The site folder cannot be used as it is."""

    exit_code = EXIT_CONFIG


site_option = click.option(
    "--site",
    "site_path",
    type=click.Path(path_type=Path),
    envvar="STANDFIRST_SITE",
    default=Path(),
    help="The site folder (this folder, or STANDFIRST_SITE).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON lines, for programs.")


def actor() -> str:
    """Return who acts at this command line, for the record's private part."""
    return f"system:{getpass.getuser()}"


def open_site(path: Path) -> tuple[SiteFolder, Config]:
    """Return the site in `path` and its configuration. Raises SiteError when there is none."""
    site = SiteFolder(path.resolve())
    if not site.config.exists():
        raise SiteError(
            f"{site.root} is no site folder: it has no {site.config.name}.\n"
            "Make one with `standfirst init DIR`, or name one with --site DIR."
        )
    try:
        return site, site_config.load(site)
    except site_config.ConfigError as error:
        raise SiteError(str(error)) from error


def with_django(path: Path) -> tuple[SiteFolder, Config]:
    """Open the site, bring its databases up to date and set Django up for this process."""
    from standfirst.project import database

    site, config = open_site(path)
    try:
        database.prepare(site, config, lambda line: click.echo(line, err=True))
    except database.DatabaseError as error:
        raise click.ClickException(str(error)) from error
    setup_django(site)
    return site, config


def setup_django(site: SiteFolder) -> None:
    """Set Django up for `site` in this process."""
    os.environ["STANDFIRST_SITE"] = str(site.root)
    os.environ.setdefault("STANDFIRST_ROLE", "task")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standfirst.project.settings")
    import django

    django.setup()


def print_json(value: dict[str, Any]) -> None:
    """Print one JSON line."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str))


def progress_line(done: int, total: int, what: str) -> None:
    """Show how far long work is: a line that rewrites itself on a terminal, nothing in a pipe."""
    stream = sys.stderr
    if stream.isatty():
        stream.write(f"\r{done:>6} of {total}  {what[:60]:<60}")
        if done >= total:
            stream.write("\n")
        stream.flush()
