"""A site folder of its own with Django ready, for campaigns that run outside pytest."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def ready(role: str = "task") -> Path:
    """Make a migrated site folder, set Django up for it, and return it; it goes when the process ends."""
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    from tests.conftest import migrated_template
    from tests.sandbox import FOLDER

    os.environ |= {"STANDFIRST_ROLE": role, "DJANGO_SETTINGS_MODULE": "standfirst.project.settings"}
    (FOLDER / "db").mkdir()
    for file in migrated_template().glob("*.sqlite3"):
        shutil.copy(file, FOLDER / "db" / file.name)
    import django

    django.setup()
    return FOLDER
