"""A site made before there were messages: its own groups get the rights to them when it is upgraded, once."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from standfirst.kit.sitefolder import SiteFolder
from standfirst.project import config, database

OURS = "permission_id IN (SELECT p.id FROM auth_permission p JOIN django_content_type t ON t.id = \
p.content_type_id WHERE t.app_label = 'readers' AND t.model = 'message')"


@pytest.fixture
def old(site_folder: Path) -> SiteFolder:
    """A site as the version before messages left it: its groups, and no right to messages."""
    environment = {
        **os.environ, "STANDFIRST_SITE": str(site_folder), "STANDFIRST_ROLE": "task",
        "DJANGO_SETTINGS_MODULE": "standfirst.project.settings",
    }  # fmt: skip
    back = [sys.executable, "-m", "django", "migrate", "readers", "0001", "-v0"]
    subprocess.run(back, env=environment, check=True)
    site = SiteFolder(site_folder)
    run(site, f"DELETE FROM auth_group_permissions WHERE {OURS}")
    run(site, f"DELETE FROM auth_permission WHERE {OURS.replace('permission_id', 'id')}")
    run(site, "DELETE FROM django_content_type WHERE app_label = 'readers' AND model = 'message'")
    return site


def run(site: SiteFolder, sql: str) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(site.main_db)) as connection, connection:
        return connection.execute(sql).fetchall()


def rights(site: SiteFolder) -> dict[str, set[str]]:
    """Return by group what it may do with messages."""
    found: dict[str, set[str]] = {}
    for group, codename in run(
        site,
        "SELECT g.name, p.codename FROM auth_group g JOIN auth_group_permissions l ON l.group_id = g.id "
        f"JOIN auth_permission p ON p.id = l.permission_id WHERE {OURS}",
    ):
        found.setdefault(group, set()).add(codename)
    return found


def upgrade(site: SiteFolder) -> None:
    database.prepare(site, config.Config(), print)


NEW_SITES = {
    "Editors": {"view_message", "change_message"},
    "Publishers": {"view_message", "change_message", "delete_message"},
}


def test_the_groups_of_an_older_site_get_the_rights_of_new_ones(old: SiteFolder) -> None:
    assert rights(old) == {}  # the control
    upgrade(old)
    assert rights(old) == NEW_SITES
    run(old, f"DELETE FROM auth_group_permissions WHERE {OURS}")
    (old.root / "db" / "schema").unlink()
    upgrade(old)
    assert rights(old) == {}, "what a newsroom takes away stays away"


def test_a_group_that_is_not_ours_gets_nothing(old: SiteFolder) -> None:
    run(old, "UPDATE auth_group SET name = 'Redaktion' WHERE name = 'Editors'")
    upgrade(old)
    assert "Redaktion" not in rights(old)
    assert rights(old)["Publishers"] == NEW_SITES["Publishers"]
