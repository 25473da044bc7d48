"""A toy newsroom on the real databases, in a store of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings

from standfirst.bake import registry
from standfirst.bake.baker import Baker
from standfirst.kit.sitefolder import SiteFolder
from tests.bake import newsroom
from tests.bake.newsroom import ToyRenderer, ToySource


@pytest.fixture
def site(transactional_db: None) -> Iterator[SiteFolder]:
    folder: SiteFolder = settings.STANDFIRST_SITE
    shutil.rmtree(folder.store, ignore_errors=True)
    newsroom.make_tables()
    yield folder
    shutil.rmtree(folder.store, ignore_errors=True)


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
    return toy


@pytest.fixture
def baker(site: SiteFolder, source: ToySource) -> Baker:
    one = Baker(site, "one")
    one.start()
    return one
