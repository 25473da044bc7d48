"""One migrated pair of databases, made once a set of migrations, copied for every worker."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.site import demo_site
from tests.postgres import postgres
from tests.redis import redis
from tests.sandbox import FOLDER

__all__ = ["demo_site", "postgres", "redis"]

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src"


def _fingerprint() -> str:
    files = [*sorted(SOURCES.glob("standfirst/*/migrations/*.py")), ROOT / "requirements" / "base.txt"]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def migrated_template() -> Path:
    """Return a folder with freshly migrated `main.sqlite3` and `bake.sqlite3`, made if need be."""
    base = ROOT / ".cache" / "test-db"
    ready = base / _fingerprint()
    if ready.exists():
        return ready
    base.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=base))
    (work / "db").mkdir()
    environment = {
        **os.environ, "STANDFIRST_SITE": str(work), "STANDFIRST_ROLE": "task", "PYTHONPATH": str(SOURCES),
        "DJANGO_SETTINGS_MODULE": "standfirst.project.settings",
    }  # fmt: skip
    for database in ("default", "bake"):
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--database", database, "-v0"],
            env=environment, check=True,
        )  # fmt: skip
    for file in (work / "db").glob("*.sqlite3"):
        connection = sqlite3.connect(file)
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.close()
    try:
        (work / "db").rename(ready)
    except OSError:  # another worker was quicker
        if not ready.exists():
            raise
    shutil.rmtree(work, ignore_errors=True)
    return ready


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> None:
    """Replace pytest-django's own: copy the migrated files to where this worker's settings point."""
    if not (FOLDER / "standfirst.toml").exists():  # else: a database made for this run
        target = FOLDER / "db"
        target.mkdir(exist_ok=True)
        for file in migrated_template().glob("*.sqlite3"):
            shutil.copy(file, target / file.name)
    _let_flush_empty_the_record()


def _let_flush_empty_the_record() -> None:
    """Tests with real transactions end by emptying every table, which the database refuses for editions.

    So the triggers go first; Django then sends `post_migrate`, which puts them back.
    """
    from django.db.backends.base.operations import BaseDatabaseOperations

    from standfirst.editions import triggers

    flush = BaseDatabaseOperations.execute_sql_flush

    def without_triggers(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        if self.connection.alias == "default":
            triggers.remove("default")
        flush(self, sql_list)
        if self.connection.alias == "default":
            _plant_root()

    BaseDatabaseOperations.execute_sql_flush = without_triggers  # type: ignore[method-assign]


def _plant_root() -> None:
    """Put back what Wagtail's migrations leave, for the tests that this process runs next."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from wagtail.models import Collection, Locale, Page

    if Page._meta.db_table not in connection.introspection.table_names():
        return  # a database with the tables of some rooms only
    ContentType.objects.clear_cache()
    locale, _new = Locale.objects.get_or_create(language_code="en")
    if Page.get_first_root_node() is None:
        Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
    if Collection.get_first_root_node() is None:
        Collection.add_root(instance=Collection(name="Root"))


@pytest.fixture
def site_folder(tmp_path: Path) -> Iterator[Path]:
    """A site folder with migrated databases, for tests that start processes of their own."""
    folder = tmp_path / "site"
    (folder / "db").mkdir(parents=True)
    for file in migrated_template().glob("*.sqlite3"):
        shutil.copy(file, folder / "db" / file.name)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
