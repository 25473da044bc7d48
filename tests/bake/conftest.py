"""A toy newsroom on the real databases, in a store of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections
from pytest_django import DjangoDbBlocker

from standfirst.bake import registry
from standfirst.bake.baker import Baker
from standfirst.bake.router import alias
from standfirst.kit.sitefolder import SiteFolder
from tests.bake import newsroom
from tests.bake.newsroom import ToyRenderer, ToySource

TABLES = {
    "bake": ("path", "dependency", "state", "publish", "affected", "served", "purge"),
    "default": ("movedkey", "move"),
}


@pytest.fixture
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SiteFolder]:
    """The worker's site with real transactions, for steps and processes; only our own tables are emptied."""
    folder: SiteFolder = settings.STANDFIRST_SITE
    with django_db_blocker.unblock():
        empty(folder)
        newsroom.make_tables()
        yield folder
        empty(folder)
        newsroom.drop_tables()
        connections.close_all()


def empty(folder: SiteFolder) -> None:
    shutil.rmtree(folder.store, ignore_errors=True)
    for name, tables in TABLES.items():
        with connections[alias() if name == "bake" else name].cursor() as cursor:
            for table in tables:
                cursor.execute(f"DELETE FROM bake_{table}")


@pytest.fixture
def renderer() -> Iterator[ToyRenderer]:
    toy = ToyRenderer()
    with registry.renderers.temporarily("toy", toy), registry.renderers.temporarily("gone", toy):
        yield toy


@pytest.fixture
def source(renderer: ToyRenderer, monkeypatch: pytest.MonkeyPatch) -> ToySource:
    toy = ToySource()
    monkeypatch.setattr(registry._wiring, "source", toy)
    monkeypatch.setattr(registry.assets, "_items", {})
    monkeypatch.setattr(registry.inputs, "_items", {})
    monkeypatch.setattr(registry.blob_holders, "_items", {})
    return toy


@pytest.fixture
def baker(site: SiteFolder, source: ToySource) -> Baker:
    one = Baker(site, "one")
    one.start()
    return one
