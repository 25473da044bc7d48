"""A plugin loaded before Django's settings are: every test process works for a site folder of its own."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="standfirst-test-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

_ROOT = Path(__file__).resolve().parent.parent
os.environ["PYTHONPATH"] = f"{_ROOT / 'src'}{os.pathsep}{_ROOT}"  # for the processes that tests start
os.environ["STANDFIRST_SITE"] = str(FOLDER)
os.environ["STANDFIRST_ROLE"] = "desk"
os.environ["XDG_RUNTIME_DIR"] = str(FOLDER)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the thread of the tests
if url := os.environ.get("STANDFIRST_TEST_DATABASE_URL"):  # see tests/postgres.py
    (FOLDER / "standfirst.toml").write_text(f'database_url = "{url}"\n')
