"""Structured data of a feed item: a NewsArticle without a picture (schema.org 28)."""

from __future__ import annotations

from standfirst.editions.documents import FeedItem
from standfirst.theme.locales import machine
from standfirst.theme.parts.context import Context
from standfirst.theme.parts.frame import full_url
from standfirst.theme.parts.structured import Node, organization, organization_id, said
from standfirst.theme.text import plain


def feed_item(context: Context, item: FeedItem, description: str) -> Node:
    """Return what an item's page says of it; its status stands in the headline and the text."""
    zone = context.site.time_zone
    status = item.source.status if item.source else "verified"
    label = "" if status == "verified" else context.words.text(f"item.{status}")
    headline = f"{label}: {item.headline}" if label else item.headline
    address = full_url(context, item.path)
    publisher = organization(context)
    return said(
        {
            "@type": "NewsArticle",
            "@id": f"{address}#item",
            "headline": headline,
            "description": description,
            "articleBody": plain(" ".join(item.body)),
            "datePublished": machine(item.published_at, zone),
            "dateModified": machine(item.updated_at or item.published_at, zone),
            "inLanguage": item.language,
            "url": address,
            "mainEntityOfPage": address,
            "isAccessibleForFree": True,
            "author": {"@id": organization_id(context)},
            "publisher": publisher,
        }
    )
