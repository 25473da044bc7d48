"""Which security headers go with which address."""

from __future__ import annotations

import pytest

from standfirst.edge.headers import Policy


def policy(path: str, status: int = 200) -> dict[str, str]:
    return dict(Policy(https=True).of(path, status))


@pytest.mark.parametrize("path", ["/_m/picture.jpg", "/_c/story.jpg"])
def test_pictures_may_be_shown_on_other_sites(path: str) -> None:
    assert policy(path)["cross-origin-resource-policy"] == "cross-origin"
    assert "x-robots-tag" not in policy(path)


@pytest.mark.parametrize("path", ["/story/", "/_f/latest/", "/feed/rss.xml", "/text/story/"])
def test_nothing_else_may(path: str) -> None:
    assert policy(path)["cross-origin-resource-policy"] == "same-origin"


def test_a_picture_that_is_gone_is_not_indexed() -> None:
    assert policy("/_c/story.jpg", 410)["x-robots-tag"] == "noindex"


@pytest.mark.parametrize(
    ("cdn", "name"), [("fastly", "surrogate-control"), ("cloudflare", "cdn-cache-control")]
)
def test_only_a_cdn_that_is_told_what_changes_keeps_pages_longer(cdn: str, name: str) -> None:
    assert Policy(cdn=cdn).kept(None) == [(name, "max-age=300, stale-if-error=86400")]
    assert Policy(cdn=cdn).kept(20.5) == [(name, "max-age=20, stale-if-error=20")]
    assert Policy().kept(None) == []
