"""Programs from npm that look at what we made (pages, alerts): pinned here, installed into `.cache/checks`.

The lock file names versions and hashes, and no addresses: it is made again, when package.json changes, by
`npm install --package-lock-only --omit-lockfile-registry-resolved`, and its `funding` entries are taken out.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
INSTALLED = HERE.parents[1] / ".cache" / "checks"
_LOCK = "package-lock.json"


def installed() -> Path:
    """Return the folder of the installed packages; they are installed now if they are not those of the lock.

    Raises CalledProcessError when npm cannot install them; it has said why.
    """
    lock = (HERE / _LOCK).read_bytes()
    packages, kept = INSTALLED / "node_modules", INSTALLED / "installed.json"
    if not kept.exists() or kept.read_bytes() != lock:
        INSTALLED.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", _LOCK):
            shutil.copy(HERE / name, INSTALLED / name)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=INSTALLED, check=True)  # noqa: S603 (our own arguments)
        kept.write_bytes(lock)
    return packages
