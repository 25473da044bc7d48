"""A small disk of its own: a tmpfs in mounts that nobody else sees, and that go with the process."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_MARK = "STANDFIRST_OWN_MOUNTS"


def in_own_mounts() -> None:
    """Start this process again where it may mount: as root, or in a user namespace. Raises RuntimeError."""
    if _MARK in os.environ:
        return
    how = ["unshare", "-m"] if os.getuid() == 0 else ["unshare", "-Urm"]
    if subprocess.run([*how, "true"], capture_output=True, check=False).returncode != 0:
        raise RuntimeError(f"a small disk cannot be made: `{' '.join(how)}` is not allowed on this machine")
    os.execvpe(how[0], [*how, sys.executable, *sys.orig_argv[1:]], {**os.environ, _MARK: "1"})


@dataclass
class SmallDisk:
    """A mounted tmpfs with a ballast file that takes the room away and gives it back."""

    folder: Path

    @classmethod
    def mounted(cls, folder: Path, megabytes: int) -> SmallDisk:
        folder.mkdir(parents=True, exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "standfirst-test", str(folder)]
        subprocess.run(command, check=True)
        return cls(folder)

    @property
    def ballast(self) -> Path:
        return self.folder / "ballast"

    def free(self) -> int:
        """Return how many bytes are left."""
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize

    def fill(self, leave: int) -> None:
        """Take all room but `leave` bytes; others may write meanwhile."""
        with self.ballast.open("ab", buffering=0) as file, contextlib.suppress(OSError):
            while (left := self.free() - leave) > 0:
                file.write(bytes(min(left, 2**20)))

    def empty(self) -> None:
        self.ballast.unlink(missing_ok=True)
