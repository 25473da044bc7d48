"""The whole demo, walked from its three fronts: nothing is dead or lost, translations lead to each other."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from tests.demo.crawling import Crawl
from tests.demo.site import DemoSite

FRONTS = ("/", "/uk/", "/ar/")


@pytest.fixture(scope="module")
def crawl(demo_site: DemoSite) -> Crawl:
    found = Crawl(demo_site)
    found.follow(*FRONTS)
    return found


def test_every_link_leads_to_what_it_says(crawl: Crawl) -> None:
    assert len(crawl.answers) > 300
    assert crawl.wrong() == []


OUT_OF_THE_WAY = re.compile(r"/_f/|/contact/(again|sent)/$")
"""What stands in other pages, and what answers who sends a form."""


def test_every_page_can_be_reached_from_a_front(demo_site: DemoSite, crawl: Crawl) -> None:
    pages = {path for path, entry in demo_site.entries.items()
             if entry.status == 200 and entry.content_type.startswith("text/html")}  # fmt: skip
    assert sorted(path for path in pages - set(crawl.answers) if not OUT_OF_THE_WAY.search(path)) == []


def test_translations_lead_to_each_other(demo_site: DemoSite, crawl: Crawl) -> None:
    assert crawl.one_sided() == []
    groups: dict[str, set[str]] = defaultdict(set)
    for page in demo_site.pages:
        if page.group:
            groups[f"{page.kind} {page.group}"].add(page.path)
    said = defaultdict(set)
    for link in crawl.links:
        if link.language and link.tag == "link" and link.language != "x-default":
            said[link.page].add(crawl.target(link))
    told = [group for group in groups.values() if len(group) > 1]
    assert len(told) > 20
    assert [group for group in told for path in group if said[path] != group] == []


class TestPlanted:
    """Each fault is put into a real page, and found."""

    @staticmethod
    def after(crawl: Crawl, addition: str) -> Crawl:
        path = "/about/"
        planted = Crawl(crawl.site, dict(crawl.answers), anchors=dict(crawl.anchors))
        for link in planted.read(path, crawl.answers[path].body + addition.encode()):
            to = planted.target(link)
            if to is not None and to not in planted.answers:
                planted.answers[to] = crawl.site.get(to)
        return planted

    @pytest.mark.parametrize(
        ("addition", "problem"),
        [
            ('<a href="/nowhere/">x</a>', "answers 404"),
            ('<a href="/about">x</a>', "answers 301"),
            ('<a href="/ethics/#nowhere">x</a>', "has no such place"),
            ('<link rel="alternate" type="application/rss+xml" href="/">', "is text/html"),
            ('<img src="/about/" alt="">', "is text/html"),
        ],
    )
    def test_links(self, crawl: Crawl, addition: str, problem: str) -> None:
        assert self.after(crawl, "").wrong() == []
        assert problem in "\n".join(self.after(crawl, addition).wrong())

    def test_alternates(self, crawl: Crawl) -> None:
        planted = self.after(crawl, '<link rel="alternate" hreflang="fr" href="/contact/">')
        assert "/about/ → /contact/" in planted.one_sided()
