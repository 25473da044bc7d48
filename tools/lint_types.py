"""Run the type checker with a site folder of its own: Django's plugin reads the settings."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile


def main() -> int:
    """Return mypy's exit code."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "STANDFIRST_SITE": folder, "PYTHONPATH": "src"}
        command = [sys.executable, "-m", "mypy", *sys.argv[1:]]
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
