"""What syndication hands down: renderers, the addresses they draw, and the forms that pages name."""

from __future__ import annotations

from functools import partial

from standfirst.bake.registry import patient, renderers
from standfirst.editions.forms import forms
from standfirst.editions.links import FrameLink, frame_links
from standfirst.editions.pages import ListRule, PageRule, list_rules, page_rules
from standfirst.syndication import newsfeed, robots, sitemaps
from standfirst.syndication.channel import ChannelFile
from standfirst.syndication.feeds import KINDS
from standfirst.syndication.jsonfeed import JSON_FEED
from standfirst.syndication.rss import RSS

FEEDS = {"rss": RSS, "json": JSON_FEED}


def all_renderers() -> dict[str, ChannelFile]:
    """Return every renderer by the name it is registered as."""
    feeds = {f"{kind}-{name}": feed.renderer() for kind in KINDS for name, feed in FEEDS.items()}
    feeds |= {f"newsfeed-{name}": newsfeed.renderer(feed) for name, feed in FEEDS.items()}
    return {**feeds, **sitemaps.RENDERERS, "robots": robots.RENDERER}


def register() -> None:
    """Register everything; a second call is an error, as for every registry."""
    for name, renderer in all_renderers().items():
        renderers.add(name, renderer)
        patient.add(name, "read by programs, which come back in minutes")
    for kind in KINDS:
        for name, feed in FEEDS.items():
            page_rules.add(f"{kind}-{name}", PageRule(kind, feed.paths))
            forms.add(f"{kind}-{name}", feed.form(kind))
    for name, feed in FEEDS.items():
        page_rules.add(f"newsfeed-{name}", PageRule("front", newsfeed.paths(feed)))
        forms.add(f"newsfeed-{name}", newsfeed.form(feed, newsfeed.WORDS[name]))
        frame_links.add(name, FrameLink("foot", feed.words, partial(feed.path, front=True)))
    page_rules.add("robots", PageRule("site", robots.paths))
    page_rules.add("sitemap-index", PageRule("site", sitemaps.index_paths))
    page_rules.add("sitemap-pages", PageRule("front", sitemaps.pages_paths))
    page_rules.add("sitemap-news", PageRule("front", sitemaps.news_paths))
    list_rules.add("sitemap-month", ListRule("month/", sitemaps.month_path))
