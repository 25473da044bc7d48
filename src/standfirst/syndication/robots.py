"""robots.txt: who may read what, and where the sitemaps are (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterator

from standfirst.editions.documents import Document
from standfirst.syndication import sitemaps
from standfirst.syndication.channel import Channel, ChannelFile

PATH = "/robots.txt"

TRAINERS = (
    "AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot",
    "cohere-training-data-crawler", "Diffbot", "FacebookBot", "Google-Extended", "GPTBot", "ImagesiftBot",
    "meta-externalagent", "omgili", "PanguBot", "Timpibot", "webzio-extended",
)  # fmt: skip
"""Names under which those who gather text to train models say that they come, from what they publish."""


def paths(_site: Document) -> list[str]:
    return [PATH]


def draw(channel: Channel) -> bytes:
    """Return robots.txt by the newsroom's choice about programs that train models."""
    return ("\n".join(_lines(channel)) + "\n").encode()


def _lines(channel: Channel) -> Iterator[str]:
    if channel.site.ai_crawlers == "refuse":
        yield from (f"User-agent: {name}" for name in TRAINERS)
        yield from ("Disallow: /", "")
    yield from ("User-agent: *", "Disallow: /-/", "")
    yield f"Sitemap: {channel.full(sitemaps.INDEX)}"
    for language in channel.site.languages:
        yield f"Sitemap: {channel.full(channel.site.prefix(language))}sitemap/news.xml"


RENDERER = ChannelFile(draw, "text/plain; charset=utf-8")
