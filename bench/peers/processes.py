"""CPU and memory of a tree of processes, from /proc (proc(5))."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Memory:
    """Megabytes (10^6) of a set of processes: shared pages shared out (PSS), and counted in each (RSS)."""

    pss: float
    rss: float
    processes: int


def tree(roots: Iterable[int], proc: Path = PROC) -> set[int]:
    """Return the processes named and all that descend from them. Those that have ended are left out."""
    parents: dict[int, list[int]] = {}
    alive = set()
    for folder in proc.iterdir():
        if folder.name.isdigit() and (fields := _stat(folder)):
            alive.add(int(folder.name))
            parents.setdefault(int(fields[1]), []).append(int(folder.name))
    found: set[int] = set()
    waiting = [pid for pid in roots if pid in alive]
    while waiting:
        pid = waiting.pop()
        if pid not in found:
            found.add(pid)
            waiting += parents.get(pid, [])
    return found


def cpu_seconds(roots: Iterable[int], proc: Path = PROC) -> float:
    """Return the CPU time (user and system) of the trees, their ended and awaited children included.

    Only the difference of two readings says something. Resolution: one tick (10 ms) for each process.
    """
    total = 0
    for pid in tree(roots, proc):
        if fields := _stat(proc / str(pid)):
            total += sum(int(value) for value in fields[11:15])  # utime, stime, cutime, cstime
    return total / _TICKS


def memory(roots: Iterable[int], proc: Path = PROC) -> Memory:
    """Return what the trees hold in memory now."""
    pss = rss = 0
    pids = tree(roots, proc)
    for pid in pids:
        try:
            lines = (proc / str(pid) / "smaps_rollup").read_text().splitlines()[1:]
        except OSError:
            continue
        values = {name: int(rest.split()[0]) for name, rest in (line.split(":", 1) for line in lines)}
        pss += values.get("Pss", 0)
        rss += values.get("Rss", 0)
    return Memory(pss * 1024 / 1e6, rss * 1024 / 1e6, len(pids))


def _stat(folder: Path) -> list[str]:
    """Return the fields of /proc/PID/stat from the third on, or none when the process has ended.

    The second, a name in brackets, may hold spaces and brackets itself.
    """
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
