"""Taking a look: bakers check what lies in the site folder, and keep what is whole.

Pages are drawn from the kept copy alone. So a file half written, or a mistake in one, changes nothing for
readers, also after a restart, and all processes draw with the same look.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
from collections.abc import Sequence
from pathlib import Path

from standfirst.kit.ids import new_id
from standfirst.kit.sitefolder import SiteFolder
from standfirst.theme import look
from standfirst.theme.look import Look
from standfirst.theme.ownlook import files
from standfirst.theme.ownlook.files import Source
from standfirst.theme.ownlook.fitting import fit
from standfirst.theme.ownlook.problems import LookRefused, Problem
from standfirst.theme.ownlook.trying import try_on

CURRENT = "current"

log = logging.getLogger(__name__)


class OwnLook:
    """The look folder as bakers and the desk see it: a `bake.registry.Input`."""

    def __init__(self) -> None:
        self._seen: object = None  # what lay in the folder when it was last read
        self._followed: object = None

    def take(self, site: SiteFolder) -> bool:
        """Check what lies in `look/` if it changed, keep it if it is whole; return whether pages change."""
        before = look.current()
        seen = (site.root, files.stamp(site.look))
        if seen != self._seen:
            self._read(site)
            self._seen = seen
        self.follow(site)
        return look.current() != before

    def follow(self, site: SiteFolder) -> None:
        """Draw with the look that was taken last."""
        state = (site.root, _text(site.taken_look / CURRENT), site.live.exists())
        if state != self._followed:
            self._followed = state
            look.use(_kept(site, state[1], live=state[2]))

    def problems(self, site: SiteFolder) -> tuple[str, ...]:
        """Return why bakers did not take the look as it lies there."""
        return tuple(_text(site.look_problems).splitlines())

    def _read(self, site: SiteFolder) -> None:
        source = files.read(site.look)
        try:
            examine(source)
        except LookRefused as refused:
            for problem in refused.problems:
                log.error("the look was not taken: %s", problem)
            _write(site.look_problems, "".join(f"{problem}\n" for problem in refused.problems))
            return
        try:
            _keep(site, source)
        except OSError as error:
            log.error("the look could not be kept: %s", error)


def examine(source: Source) -> None:
    """Raise LookRefused when a look cannot be drawn with, with everything found. Needs Django and records."""
    candidate = fit(source, live=False)
    if candidate.digest:
        try_on(candidate)


def _keep(site: SiteFolder, source: Source) -> None:
    """Copy a look below its digest, whole or not at all, then make it the one in use."""
    site.look_problems.unlink(missing_ok=True)
    if source.digest == _text(site.taken_look / CURRENT):
        return
    if source.digest and not (site.taken_look / source.digest).is_dir():
        draft = site.taken_look / f"new-{new_id()}"
        for path, body in source.files.items():
            (draft / path).parent.mkdir(parents=True, exist_ok=True)
            (draft / path).write_bytes(body)
        with contextlib.suppress(OSError):  # another baker was quicker
            draft.rename(site.taken_look / source.digest)
    _write(site.taken_look / CURRENT, source.digest)
    _sweep(site.taken_look, keep={source.digest, look.current().digest})
    log.info("the look %s is taken", source.digest or "of the theme alone")


def _kept(site: SiteFolder, digest: str, *, live: bool) -> Look:
    """Return the look kept as `digest`; the theme's own when it does not fit this version of the program."""
    if digest:
        source = files.read(site.taken_look / digest)
        try:
            return fit(source, live=live)
        except LookRefused as refused:
            _tell(refused.problems)
    return Look(live=live)


def _tell(problems: Sequence[Problem]) -> None:
    for problem in problems:
        log.error("the look taken before does not fit any more, pages are drawn without it: %s", problem)


def _sweep(folder: Path, *, keep: set[str]) -> None:
    """Remove looks of long ago. The one before stays: another process may be reading it."""
    for old in folder.iterdir():
        if old.is_dir() and old.name not in keep and not old.name.startswith("new-"):
            shutil.rmtree(old, ignore_errors=True)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{new_id()}")
    draft.write_text(text, "utf-8")
    draft.replace(file)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except FileNotFoundError:
        return ""
