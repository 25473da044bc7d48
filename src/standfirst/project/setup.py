"""Making a new site: folder, databases, first account, first settings."""

from __future__ import annotations

import re
import shutil
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from standfirst.kit.sitefolder import SiteFolder
from standfirst.project import config as site_config
from standfirst.project import database

_COLOUR = re.compile(r"^#[0-9a-fA-F]{6}$")
_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
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
    base_url: str
    desk_url: str
    admin: str
    password: str

    def check(self) -> None:
        """Raise SetupError, naming the first thing that cannot be."""
        if not self.name.strip():
            raise SetupError("The newsroom needs a name: --name")
        if self.zone not in zoneinfo.available_timezones():
            raise SetupError(f"--zone {self.zone}: no such time zone; use an IANA name such as Europe/Riga")
        if not _COLOUR.match(self.accent):
            raise SetupError(f"--accent {self.accent}: a colour is # and six hexadecimal digits")
        for language in self.languages:
            if not _LANGUAGE.match(language):
                raise SetupError(f"--language {language}: a language is a tag such as en, uk or ar")
        for option, url in (("--base-url", self.base_url), ("--desk-url", self.desk_url)):
            parts = urlsplit(url)
            if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
                raise SetupError(f"{option} {url}: an address is https://host or http://host:port")
        if urlsplit(self.base_url).netloc == urlsplit(self.desk_url).netloc:
            raise SetupError("--desk-url: the desk needs a host name or port of its own")


def make_site(site: SiteFolder, plan: Plan, say: Callable[[str], None]) -> None:
    """Make the site `plan` describes. Sets Django up for it. Raises SetupError; leaves nothing half-made."""
    plan.check()
    if site.config.exists():
        raise SetupError(f"{site.root} holds a site already; start it with `standfirst serve`")
    if site.root.exists() and any(site.root.iterdir()):
        raise SetupError(f"{site.root} is not empty; choose a new folder")
    site.root.mkdir(parents=True, exist_ok=True)
    written = "".join(
        f'{key} = "{value.rstrip("/")}"\n'
        for key, value in (("base_url", plan.base_url), ("desk_url", plan.desk_url))
    )
    try:
        # The configuration comes last: without it the folder is no site.
        draft = site.config.with_suffix(".new")
        draft.write_text(written, "utf-8")
        database.prepare(site, site_config.Config(base_url=plan.base_url, desk_url=plan.desk_url), say)
        draft.rename(site.config)
        _first_rows(site, plan)
    except BaseException:
        _empty(site.root)  # as it was before: init may be run again
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
    from standfirst.stories import api as stories

    with transaction.atomic():
        add_staff(email=plan.admin, name="", role="admin", password=plan.password)
        stories.save_site(
            name=plan.name, languages=plan.languages, time_zone=plan.zone, accent=plan.accent,
            actor=plan.admin,
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
