"""`standfirst doctor`: what is wrong with a site, and how to mend it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from standfirst.kit.sitefolder import SiteFolder
from standfirst.project.config import Config


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `mend` says what to do, for everything that is not well."""

    check: str
    state: Literal["well", "look", "broken"]
    what: str
    mend: str = ""


Check = Callable[[SiteFolder, Config], Iterator[Finding]]


def examine(site: SiteFolder, config: Config) -> list[Finding]:
    """Run every check and return what was found; a check that fails itself is a finding too.

    Needs Django to be set up.
    """
    findings: list[Finding] = []
    for name, check in CHECKS.items():
        try:
            findings.extend(check(site, config))
        except Exception as error:  # noqa: BLE001 (a doctor reports, whatever happens)
            findings.append(
                Finding(name, "broken", f"the check itself failed: {type(error).__name__}: {error}",
                        "Run `standfirst serve` once to bring the databases up to date, then look again.")
            )  # fmt: skip
    return findings


def _folder(site: SiteFolder, config: Config) -> Iterator[Finding]:
    yield Finding("folder", "well", f"site folder {site.root}, Python {sys.version.split()[0]}")
    if site.secrets.exists() and site.secrets.stat().st_mode & 0o077:
        yield Finding(
            "folder", "broken", f"{site.secrets} can be read by others", f"chmod 600 {site.secrets}"
        )
    free = shutil.disk_usage(site.root).free // 2**20
    if free < 500:
        yield Finding("folder", "look", f"only {free} MB free on this disk", "Free at least 500 MB.")


def _addresses(site: SiteFolder, config: Config) -> Iterator[Finding]:
    if config.base_url.split("://")[-1] == config.desk_url.split("://")[-1]:
        yield Finding(
            "addresses", "broken", "readers and the desk have one address",
            f"Give desk_url in {site.config} a host name or port of its own.",
        )  # fmt: skip
    elif not config.base_url.startswith("https:") and "localhost" not in config.base_url:
        yield Finding(
            "addresses", "look", f"readers come over plain http ({config.base_url})",
            f"Put TLS in front and set base_url in {site.config} to https://…",
        )  # fmt: skip
    else:
        yield Finding("addresses", "well", f"readers {config.base_url}, desk {config.desk_url}")


def _records(site: SiteFolder, config: Config) -> Iterator[Finding]:
    from standfirst.editions import api

    missing = api.missing_triggers()
    if missing:
        yield Finding(
            "records", "broken",
            f"the database would let editions be changed: missing {', '.join(missing)}",
            "Run `standfirst doctor --mend`, which puts the triggers back.",
        )  # fmt: skip
    problems = api.verify_chain()
    for problem in problems[:5]:
        yield Finding(
            "records", "broken", str(problem), "Restore this record from the last backup that verifies."
        )
    if not missing and not problems:
        yield Finding("records", "well", f"the chain of {api.last_seq()} changes verifies")


def _store(site: SiteFolder, config: Config) -> Iterator[Finding]:
    from standfirst.bake import api

    problems = api.verify(site)
    for problem in problems[:5]:
        yield Finding("store", "broken", str(problem), "Run `standfirst bake --all`.")
    if not problems:
        yield Finding("store", "well", "every path that readers may ask for has its whole file")


def _drawing(site: SiteFolder, config: Config) -> Iterator[Finding]:
    from standfirst.theme.drawn.faces import SHAPED

    if SHAPED:
        yield Finding("drawing", "well", "cards for social networks can be drawn in every script we have")
    else:
        yield Finding(
            "drawing", "look", "Arabic headlines cannot be drawn: the system has no FriBidi library",
            "Install it (Debian: libfribidi0). Until then such stories are shared with their own picture.",
        )  # fmt: skip


CHECKS: dict[str, Check] = {
    "folder": _folder,
    "addresses": _addresses,
    "records": _records,
    "store": _store,
    "drawing": _drawing,
}
