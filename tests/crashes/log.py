"""The shim: built once, loaded before Python starts, and what it wrote down read again."""

from __future__ import annotations

import ctypes
import enum
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from standfirst.kit.sitefolder import SiteFolder

HERE = Path(__file__).parent
CACHE = HERE.parent.parent / ".cache"
_HEAD = 25  # bytes: operation, two lengths, file, number


class Kind(enum.IntEnum):
    """What was done, numbered as in `shim.c`."""

    CREATE = 1
    TRUNCATE = 2
    WRITE = 3
    RENAME = 4
    LINK = 5
    UNLINK = 6
    MKDIR = 7
    RMDIR = 8
    SYNC = 9
    SYNC_FOLDER = 10
    SYNC_ALL = 11
    MARK = 12
    UNKNOWN = 13


@dataclass(frozen=True, slots=True)
class Operation:
    """One change. `file` is an inode's number, `number` an offset or a size, in bytes."""

    kind: Kind
    file: int
    number: int
    first: str  # a path, or the text of a mark
    data: bytes  # what was written, or a second path


def under_shim() -> None:
    """Start this process again with the shim loaded, unless it is. Raises RuntimeError without a compiler."""
    if "power_shim" in os.environ.get("LD_PRELOAD", ""):
        return
    environment = {**os.environ, "LD_PRELOAD": str(built())}
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)


def built() -> Path:
    """Return the shim, compiled if need be."""
    source = HERE / "shim.c"
    target = CACHE / f"power_shim-{hashlib.sha256(source.read_bytes()).hexdigest()[:12]}.so"
    if target.exists():
        return target
    CACHE.mkdir(exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}")
    command = ["cc", "-O2", "-shared", "-fPIC", "-o", str(draft), str(source), "-ldl", "-lpthread"]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise RuntimeError("power cuts need a C compiler (Debian: apt-get install gcc libc6-dev)") from None
    except subprocess.CalledProcessError as error:
        raise RuntimeError(f"{source} cannot be compiled: {error.stderr[-500:]}") from None
    draft.rename(target)
    return target


def begin(site: SiteFolder, log: Path) -> None:
    """Note from now on what this process and its forks change in the site folder."""
    if ctypes.CDLL(None).power_begin(os.fsencode(site.root), os.fsencode(log)) != 0:
        raise OSError(f"the shim could not open {log}")


def mark(**told: object) -> None:
    """Write down, in the order of the disk's own changes, what somebody was just told."""
    ctypes.CDLL(None).power_mark(json.dumps(told).encode())


def read(log: Path) -> Iterator[Operation]:
    """Yield what was written down. Raises ValueError for a change that could not be followed."""
    data = memoryview(log.read_bytes())
    at = 0
    while at < len(data):
        head = data[at : at + _HEAD]
        kind = Kind(head[0])
        first, second, file, number = (
            int.from_bytes(head[a:b], sys.byteorder) for a, b in ((1, 5), (5, 9), (9, 17), (17, 25))
        )
        at += _HEAD
        text = bytes(data[at : at + first]).decode()
        if kind is Kind.UNKNOWN:
            raise ValueError(f"the shim saw {text}, which it cannot follow")
        yield Operation(kind, file, number, text, bytes(data[at + first : at + first + second]))
        at += first + second
