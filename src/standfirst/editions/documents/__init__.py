"""The public document types: everything a renderer may read is one of these.

Terms follow schema.org's NewsArticle and IPTC ninjs 3.1 where they have one. `Html` is inline HTML that
has passed `standfirst.kit.html`; `str` is plain text and is escaped where it is shown.
"""

from standfirst.editions.documents.base import Address, Document, Html, Instant, Link, Path, Translated
from standfirst.editions.documents.blocks import (
    Block,
    Divider,
    Embed,
    Heading,
    ImageBlock,
    KeyFacts,
    ListBlock,
    Paragraph,
    PictureUse,
    PullQuote,
    Quote,
    RelatedStory,
    Table,
)
from standfirst.editions.documents.site import (
    Front,
    LinkGroup,
    Navigation,
    NavigationLink,
    PlainPage,
    Site,
    SiteName,
)
from standfirst.editions.documents.story import (
    Author,
    Byline,
    Claim,
    Correction,
    Coverage,
    Credit,
    Media,
    Rendition,
    Section,
    Story,
    StoryCard,
    Topic,
)
from standfirst.editions.documents.wire import FeedItem, ItemSource, Post

DOCUMENTS: dict[str, type[Document]] = {
    "story": Story,
    "author": Author,
    "section": Section,
    "topic": Topic,
    "media": Media,
    "front": Front,
    "navigation": Navigation,
    "site": Site,
    "page": PlainPage,
    "item": FeedItem,
    "post": Post,
}
"""Kind of record to its document type."""

__all__ = [
    "DOCUMENTS",
    "Address",
    "Author",
    "Block",
    "Byline",
    "Claim",
    "Correction",
    "Coverage",
    "Credit",
    "Divider",
    "Document",
    "Embed",
    "FeedItem",
    "Front",
    "Heading",
    "Html",
    "ImageBlock",
    "Instant",
    "ItemSource",
    "KeyFacts",
    "Link",
    "LinkGroup",
    "ListBlock",
    "Media",
    "Navigation",
    "NavigationLink",
    "Paragraph",
    "Path",
    "PictureUse",
    "PlainPage",
    "Post",
    "PullQuote",
    "Quote",
    "RelatedStory",
    "Rendition",
    "Section",
    "Site",
    "SiteName",
    "Story",
    "StoryCard",
    "Table",
    "Topic",
    "Translated",
]
