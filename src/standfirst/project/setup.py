"""Making a new site: folder, databases, first account, first settings."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from standfirst.kit.sitefolder import SiteFolder
from standfirst.project import config as site_config
from standfirst.project import database

ROLES = {"contributor": "Contributors", "editor": "Editors", "publisher": "Publishers"}


class SetupError(ValueError):
    """A site or an account that cannot be made. The message says why and what to do."""


@dataclass(frozen=True)
class Plan:
    """What a new site starts with; all of it can be changed on the desk later, but the addresses."""

    name: str
    languages: tuple[str, ...]
    zone: str
    accent: str
    accent_dark: str
    base_url: str
    desk_url: str
    admin: str
    password: str
    database_url: str = ""
    """`postgresql://user@host/name` of an empty database; SQLite files in the folder without it."""


def check_folder(site: SiteFolder) -> None:
    """Raise SetupError when no site can be made in this folder."""
    if site.config.exists():
        raise SetupError(f"{site.root} holds a site already; start it with `standfirst serve`")
    if site.root.exists() and not site.root.is_dir():
        raise SetupError(f"{site.root} is a file; choose a new folder")
    if site.root.exists() and any(site.root.iterdir()):
        raise SetupError(f"{site.root} is not empty; choose a new folder")


def make_site(site: SiteFolder, plan: Plan, say: Callable[[str], None]) -> None:
    """Make the site `plan` describes. Sets Django up for it. Raises SetupError; leaves nothing half-made."""
    check_folder(site)
    if urlsplit(plan.base_url).netloc == urlsplit(plan.desk_url).netloc:
        raise SetupError("--desk-url: the desk needs a host name or port of its own")
    site.root.mkdir(parents=True, exist_ok=True)
    names = ("base_url", "desk_url", *(["database_url"] if plan.database_url else []))
    said = {name: getattr(plan, name) for name in names}
    text = "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in said.items())
    try:
        if plan.database_url:
            site.config.write_text(text, "utf-8")  # migrations find Postgres by it
        database.prepare(site, site_config.Config(**said), say)
        # SQLite's configuration comes after the databases: without it the folder is no site.
        site.config.write_text(text, "utf-8")
        _first_rows(site, plan)
    except BaseException as error:
        _empty(site.root)  # as it was before: init may be run again
        if isinstance(error, database.DatabaseError):
            raise SetupError(str(error)) from error
        raise


def _empty(folder: Path) -> None:
    for found in folder.iterdir():
        if found.is_dir():
            shutil.rmtree(found)
        else:
            found.unlink()


def _first_rows(site: SiteFolder, plan: Plan) -> None:
    from standfirst.project.cli.common import setup_django

    setup_django(site)
    from django.db import transaction

    from standfirst.bake import api as bake
    from standfirst.readers.models import User
    from standfirst.stories import api as stories

    if User.objects.exists():
        raise SetupError(
            "--database-url: this database holds a site already. Give it an empty one, or copy "
            "standfirst.toml and secrets.toml from where the site runs to join it"
        )
    with transaction.atomic():
        add_staff(email=plan.admin, name="", role="admin", password=plan.password)
        stories.save_site(
            name=plan.name, languages=plan.languages, time_zone=plan.zone, accent=plan.accent,
            accent_dark=plan.accent_dark, actor=plan.admin,
        )  # fmt: skip
    bake.run_until_idle(site)


def add_staff(*, email: str, name: str, role: str, password: str) -> None:
    """Add a staff account in `role`. Raises SetupError for an address or password that will not do."""
    from django.contrib.auth.models import Group
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.db import transaction

    from standfirst.readers.models import User

    if User.objects.filter(kind=User.Kind.STAFF, email__iexact=email).exists():
        raise SetupError(f"{email} has an account already")
    user = User(kind=User.Kind.STAFF, email=email, name=name, is_superuser=role == "admin")
    try:
        validate_email(email)
        validate_password(password, user)
    except ValidationError as error:
        raise SetupError(f"{email}: {' '.join(error.messages)}") from error
    with transaction.atomic():
        user.set_password(password)
        user.save()
        if role in ROLES:
            user.groups.add(Group.objects.get(name=ROLES[role]))
