"""robots.txt says what the newsroom chose, as a crawler reads it."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

import pytest

from standfirst.syndication.robots import TRAINERS
from tests.syndication.newsroom import MemorySource, body_of, documents


def robots(choice: str) -> RobotFileParser:
    parser = RobotFileParser()
    source = MemorySource(documents(ai_crawlers=choice))
    parser.parse(body_of(source, "robots", "site:main", "/robots.txt").decode().splitlines())
    return parser


def test_everyone_may_read_all_but_the_application() -> None:
    allowed = robots("allow")
    assert allowed.can_fetch("Googlebot", "https://tern.example/dredger/")
    assert not allowed.can_fetch("Googlebot", "https://tern.example/-/staff")
    assert allowed.can_fetch("GPTBot", "https://tern.example/dredger/")


@pytest.mark.parametrize("name", TRAINERS)
def test_those_who_train_models_are_asked_to_stay_away_where_the_newsroom_says_so(name: str) -> None:
    refused = robots("refuse")
    assert not refused.can_fetch(name, "https://tern.example/dredger/")
    assert refused.can_fetch("Googlebot", "https://tern.example/dredger/")
    assert not refused.can_fetch("Googlebot", "https://tern.example/-/staff")


def test_names_the_sitemaps_of_every_language() -> None:
    assert robots("refuse").site_maps() == [
        "https://tern.example/sitemap.xml",
        "https://tern.example/sitemap/news.xml",
        "https://tern.example/uk/sitemap/news.xml",
        "https://tern.example/ar/sitemap/news.xml",
    ]
