"""`standfirst doctor`: what is wrong with a site, and how to mend it."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from standfirst.kit.sitefolder import SiteFolder
from standfirst.project.config import Config
from standfirst.project.front import nginx


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `mend` says what to do, for everything that is not well."""

    check: str
    state: Literal["well", "look", "broken"]
    what: str
    mend: str = ""


SPOOL_LATE = 300.0
"""Seconds after which what readers sent should long have been taken in."""

CDN_LATE = 10
"""Minutes after which purges that fail are broken."""

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
        if name == "databases" and findings[-1].state == "broken":
            break  # nothing after it could be looked at
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
    wrong = [
        (name, url)
        for name, url in (("base_url", config.base_url), ("desk_url", config.desk_url))
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname
    ]
    for name, url in wrong:
        yield Finding(
            "addresses", "broken", f"{name} is no address: {url}",
            f"Write it in {site.config} as https://host or http://host:port.",
        )  # fmt: skip
    if wrong:
        return
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


def _front(site: SiteFolder, config: Config) -> Iterator[Finding]:
    if config.base_url.startswith("https:") and not config.trusted_proxies:
        yield Finding(
            "front", "look", "readers come by TLS, but no server in front is trusted: they count as one",
            f'Set trusted_proxies in {site.config} to what ends TLS, ["127.0.0.1"] for one on this machine.',
        )  # fmt: skip
        return
    what = (
        "`serve` puts nginx in front" if nginx.binary() else "nginx is not installed: the edge stands alone"
    )
    yield Finding("front", "well", what)


def _databases(site: SiteFolder, config: Config) -> Iterator[Finding]:
    from standfirst.project import database

    files = () if config.database_url else (
        (site.main_db, "Put it back from a backup; it holds all records and drafts."),
        (site.bake_db, "Run `standfirst bake --all`, which makes it again."),
    )  # fmt: skip
    missing = [
        Finding("databases", "broken", f"{file} is not there", mend)
        for file, mend in files
        if not file.exists()
    ]
    yield from missing
    if not missing and not database.up_to_date(site, config):
        yield Finding(
            "databases", "broken", "they were made by another version of the program",
            "Run `standfirst serve`, which brings them up to date.",
        )  # fmt: skip
    elif not missing:
        yield Finding("databases", "well", "they fit this version of the program")


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
        yield Finding("store", "broken", problem.where, f"{problem.mend[0].upper()}{problem.mend[1:]}.")
    if len(problems) > 5:
        yield Finding(
            "store", "broken", f"{len(problems) - 5} more like these", "`standfirst verify` lists all."
        )
    if not problems:
        yield Finding("store", "well", "every path that readers may ask for has its whole file")
    if waiting := api.waiting():
        yield Finding(
            "store", "look", f"{waiting} pages and publishes wait to be baked",
            "Bakers of `standfirst serve` do it; without them run `standfirst bake`.",
        )  # fmt: skip


def _desk(site: SiteFolder, config: Config) -> Iterator[Finding]:
    from standfirst.stories import api

    found = api.sweep(mend=False)
    for one in found[:5]:
        yield Finding(
            "desk", "broken", f"{one.record}: {one.problem}",
            "The worker mends it within ten minutes; `standfirst doctor --mend` does it now.",
        )  # fmt: skip
    if not found:
        yield Finding("desk", "well", "what is live at the desk is what readers have")


def _readers(site: SiteFolder, config: Config) -> Iterator[Finding]:
    from standfirst.edge import state

    if state.applied(site):
        yield Finding("edge", "well", "an edge serves readers from this folder")
    else:
        yield Finding("edge", "look", "no edge runs on this machine", "Start it with `standfirst serve`.")


def _bus(site: SiteFolder, config: Config) -> Iterator[Finding]:
    from standfirst.kit import bus

    try:
        yield Finding("bus", "well", f"processes wake each other through {bus.check(site)}")
    except bus.BusError as problem:
        yield Finding(
            "bus", "look", f"processes do not wake each other, all is a second late: {problem}",
            f"Look at the server that bus in {site.config} names, and at bus_password in {site.secrets}.",
        )  # fmt: skip


def _spool(site: SiteFolder, config: Config) -> Iterator[Finding]:
    from standfirst.readers.models import Message
    from standfirst.readers.taking import waiting

    late = [one for one in waiting(site) if time.time() - one.stat().st_mtime > SPOOL_LATE]
    if late:
        yield Finding(
            "spool", "look", f"what readers sent waits in {site.spool} ({len(late)} files)",
            "The worker of `standfirst serve` takes it in; its log says why if it does not.",
        )  # fmt: skip
    if unread := Message.objects.filter(broken=True, handled_at=None).count():
        yield Finding(
            "spool", "look", f"{unread} messages from readers could not be opened",
            "The desk's Messages have their numbers; docs/operators/spool.md says what can be done.",
        )  # fmt: skip
    if not late and not unread:
        yield Finding("spool", "well", "nothing that readers sent waits to be taken in")


def _cdn(site: SiteFolder, config: Config) -> Iterator[Finding]:
    from standfirst.bake import purges
    from standfirst.project.config import cdn_token

    if not config.cdn:
        return
    if not config.cdn_id or not cdn_token(site):
        yield Finding(
            "cdn", "broken", f"{config.cdn} is told nothing: cdn_id or the token is missing",
            f"Write cdn_id into {site.config} and cdn_token into {site.secrets}.",
        )  # fmt: skip
    waiting = purges.waiting()
    if waiting.failing:
        minutes = round((time.time() - waiting.since) / 60)
        yield Finding(
            "cdn", "broken" if minutes > CDN_LATE else "look",
            f"{waiting.failing} purges at {config.cdn} failed; one waits for {minutes} min: {waiting.error}",
            "They are tried again by themselves. Purge everything at the CDN's own desk if it must go now.",
        )  # fmt: skip
    elif config.cdn_id and cdn_token(site):
        yield Finding("cdn", "well", f"{config.cdn} has been told all but {waiting.waiting} changes")


def _channels(site: SiteFolder, config: Config) -> Iterator[Finding]:
    from standfirst.wire.channels import examining

    for found in examining.examine():
        if found.problem:
            yield Finding(
                "channels", "broken", f"{found.name}: {found.problem}",
                "Open it at the desk under Settings, Channels: mend its settings or its secret, or pause it.",
            )  # fmt: skip
        else:
            yield Finding("channels", "well", f"{found.name}: {found.well}")
        if found.undecided:
            yield Finding(
                "channels", "look", f"{found.name}: {found.undecided} failed, or nobody knows if sent",
                "The channel’s page at the desk lists them, each with what can be done.",
            )  # fmt: skip


def _look(site: SiteFolder, config: Config) -> Iterator[Finding]:
    from standfirst.bake import api
    from standfirst.theme.ownlook import files, taking
    from standfirst.theme.ownlook.problems import LookRefused

    api.follow_inputs()
    source = files.read(site.look)
    try:
        taking.examine(source)
    except LookRefused as refused:
        for problem in refused.problems:
            yield Finding(
                "look", "broken", str(problem),
                "Mend the file; until then pages are drawn with the look that was whole last.",
            )  # fmt: skip
        return
    count = len(source.files)
    yield Finding("look", "well", f"{count} files of the newsroom's own" if count else "the theme's alone")


def _words(site: SiteFolder, config: Config) -> Iterator[Finding]:
    from standfirst.stories.models import SiteSettings
    from standfirst.theme.strings import languages, spoken

    silent = [tag for tag in SiteSettings.load().language_tags if not spoken(tag)]
    for tag in silent:
        yield Finding(
            "words", "look", f"pages in {tag} say the site's own words in English: it has no catalogue",
            f"Write {site.root / 'look' / 'strings' / f'{tag}.po'} (docs/developers/own-look.md says how).",
        )  # fmt: skip
    if not silent:
        yield Finding(
            "words", "well", f"the site speaks all its languages ({', '.join(languages())} come along)"
        )


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
    "front": _front,
    "databases": _databases,
    "records": _records,
    "store": _store,
    "look": _look,
    "words": _words,
    "desk": _desk,
    "edge": _readers,
    "bus": _bus,
    "spool": _spool,
    "cdn": _cdn,
    "channels": _channels,
    "drawing": _drawing,
}
