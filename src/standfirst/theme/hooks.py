"""What the theme hands down: renderers, the addresses they draw, and assets. Called once at start."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from standfirst.bake.registry import GONE, Renderer, inputs, patient, renderers
from standfirst.bake.registry import assets as asset_registry
from standfirst.editions.documents import Author, Document, Front, PlainPage, Section, Story, Topic
from standfirst.editions.links import FrameLink, frame_links
from standfirst.editions.pages import ListRule, PageRule, list_rules, page_rules
from standfirst.editions.words import set_words
from standfirst.theme import files, service
from standfirst.theme.assets import assets
from standfirst.theme.drawn import card, icons
from standfirst.theme.drawn.card import SocialCard
from standfirst.theme.drawn.icons import SiteIcons
from standfirst.theme.ownlook.taking import OwnLook
from standfirst.theme.pages import (
    archive,
    contact,
    errors,
    feed,
    fragments,
    front,
    lists,
    live,
    plain,
    story,
    text_lists,
    text_story,
    wire,
)
from standfirst.theme.parts.textual import text_path
from standfirst.theme.renderer import PageRenderer
from standfirst.theme.strings import fingerprint as strings_fingerprint
from standfirst.theme.strings import strings

GONE_PAGE = PageRenderer(errors.build_gone, errors.build_gone)


def all_renderers() -> dict[str, Renderer]:
    """Return every renderer by the name it is registered as."""
    builders = {
        "story-page": story.build,
        "section-page": lists.build_section,
        "topic-page": lists.build_topic,
        "author-page": lists.build_author,
        "front-page": front.build,
        "page-page": plain.build,
        "month-page": archive.build_month,
        "archive-page": archive.build_index,
        "latest-fragment": fragments.build_latest,
        "picks-fragment": fragments.build_picks,
        "feed-page": feed.build_feed,
        "feed-day": feed.build_day,
        "feed-month": feed.build_month,
        "feed-topic": feed.build_topic,
        "item-page": feed.build_item,
        "post-page": live.build_post,
        "post-part": live.build_part,
        "error-page": errors.build_error,
        "contact-form": contact.build_form,
        "contact-again": contact.build_again,
        "contact-sent": contact.build_sent,
        "text-story": text_story.build,
        "text-part": text_story.build,
        "text-front": text_lists.build_front,
        "text-section": text_lists.build_section,
    }
    pages: dict[str, Renderer] = {
        name: PageRenderer(build, errors.build_gone) for name, build in builders.items()
    }
    return pages | {
        GONE: GONE_PAGE,
        "media-file": files.MediaFile(GONE_PAGE),
        "forms-file": contact.FormsFile(),
        "wire-changes": wire.Changes(),
        "site-colours": files.SiteFile("colours"),
        "site-icon": files.SiteFile("icon"),
        "site-icons": SiteIcons(),
        "social-card": SocialCard(GONE_PAGE),
    }


def register() -> None:
    """Register everything; a second call is an error, as for every registry."""
    for name, renderer in all_renderers().items():
        renderers.add(name, renderer)
    for kind in ("story", "section", "topic", "author", "front", "page"):
        page_rules.add(f"{kind}-page", PageRule(kind, _own_path))
    page_rules.add("media-file", PageRule("media", files.media_paths))
    page_rules.add("error-page", PageRule("site", errors.paths))
    page_rules.add("site-colours", PageRule("site", files.style_paths))
    page_rules.add("site-icon", PageRule("site", files.icon_paths))
    page_rules.add("site-icons", PageRule("site", icons.paths))
    page_rules.add("social-card", PageRule("story", card.paths))
    list_rules.add("month-page", ListRule("month/", archive.list_path))
    # With the front of a language come its archive and its fragments, also while they are empty.
    page_rules.add("archive-page", PageRule("front", archive.index_paths))
    page_rules.add("latest-fragment", PageRule("front", fragments.latest_paths))
    page_rules.add("picks-fragment", PageRule("front", fragments.picks_paths))
    page_rules.add("feed-page", PageRule("front", feed.front_paths))
    page_rules.add("item-page", PageRule("item", feed.item_paths))
    page_rules.add("post-page", PageRule("post", live.post_paths))
    list_rules.add("post-part", ListRule("postpart/", live.list_path))
    page_rules.add("wire-changes", PageRule("site", wire.paths))
    list_rules.add("feed-day", ListRule("feedday/", feed.list_path))
    list_rules.add("feed-topic", ListRule("feedtopic/", feed.topic_path))
    list_rules.add("feed-month", ListRule("feeddays/", feed.list_path))
    for name, path in (("form", contact.FORM), ("again", contact.AGAIN), ("sent", contact.SENT)):
        page_rules.add(f"contact-{name}", PageRule("front", partial(contact.paths, path)))
    page_rules.add("forms-file", PageRule("site", contact.file_paths))
    page_rules.add("text-story", PageRule("story", text_story.first_paths))
    page_rules.add("text-part", PageRule("story", text_story.later_paths))
    page_rules.add("text-front", PageRule("front", text_lists.paths))
    page_rules.add("text-section", PageRule("section", text_lists.paths))
    patient.add("social-card", "asked for by networks, and 40 ms of drawing")
    frame_links.add("feed", FrameLink("foot", "feed.title", lambda prefix: f"{prefix}feed/"))
    frame_links.add("text", FrameLink("foot", "text.title", text_path))
    frame_links.add("contact", FrameLink("foot", "contact.title", contact.form_path))
    set_words(strings, strings_fingerprint)
    asset_registry.add("theme", lambda: assets().files.values())
    asset_registry.add("service", service.shelf)
    inputs.add("look", OwnLook())


def _own_path(document: Document) -> Iterable[str]:
    if isinstance(document, Story | Section | Topic | Author | Front | PlainPage):
        return [document.path]
    raise TypeError(f"{document.record} has no page of its own")
