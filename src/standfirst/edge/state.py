"""How far the edges are: each running one writes the number of the segment it serves up to."""

from __future__ import annotations

import os
from pathlib import Path

from standfirst.kit.sitefolder import SiteFolder


def write(site: SiteFolder, number: int) -> None:
    """Say that this process serves up to segment `number`. Readers see the old number or the new one."""
    site.make_run()
    folder = _folder(site)
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{os.getpid()}.applied"
    draft = path.with_suffix(".new")
    draft.write_text(f"{number} {_started(os.getpid())}")
    draft.replace(path)


def clear(site: SiteFolder) -> None:
    """Forget this process."""
    (_folder(site) / f"{os.getpid()}.applied").unlink(missing_ok=True)


def beat(site: SiteFolder) -> None:
    """Say that this process is at work. Raises OSError."""
    os.utime(_folder(site) / f"{os.getpid()}.applied")


def last_beat(site: SiteFolder, pid: int) -> int | None:
    """Return a number that changes while that edge is at work; None when it has said nothing yet."""
    try:
        return (_folder(site) / f"{pid}.applied").stat().st_mtime_ns
    except OSError:
        return None


def applied(site: SiteFolder) -> list[int]:
    """Return the applied segment of every running edge; empty when none runs.

    A file of a process that is gone is removed, also when its number has been given to another process.
    """
    numbers = []
    for path in sorted(_folder(site).glob("*.applied")):
        number = _read(path)
        if number is None:
            path.unlink(missing_ok=True)
        else:
            numbers.append(number)
    return numbers


def _read(path: Path) -> int | None:
    try:
        number, started = path.read_text().split()
        alive = _started(int(path.stem)) == started
        return int(number) if alive else None
    except (OSError, ValueError):
        return None


def _folder(site: SiteFolder) -> Path:
    return site.run / "edge"


def _started(pid: int) -> str:
    """Return when a process started, in the kernel's ticks; `?` where the system does not say.

    Raises OSError when there is no such process.
    """
    os.kill(pid, 0)
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return "?"
    return stat.rpartition(")")[2].split()[19]
