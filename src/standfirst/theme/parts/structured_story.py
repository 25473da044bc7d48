"""A story as schema.org has it: NewsArticle or OpinionNewsArticle, with its corrections and translations."""

from __future__ import annotations

from standfirst.editions.documents import Media, Story
from standfirst.kit import html
from standfirst.theme.locales import machine
from standfirst.theme.parts.byline import Person
from standfirst.theme.parts.context import Context
from standfirst.theme.parts.frame import full_url
from standfirst.theme.parts.structured import Node, image, organization, persons


def news_article(
    context: Context, story: Story, authors: tuple[Person, ...], hero: Media | None, *, description: str,
    social_image: str,
) -> Node:  # fmt: skip
    """Return a story. A title for search engines is the `alternativeHeadline`: the headline stays the same.

    `social_image` stands for the story where it has no picture of its own.
    """
    zone = context.site.time_zone
    address = full_url(context, story.path)
    section = context.section(story.section)
    topics = (context.records.topic(topic) for topic in story.topics)
    picture = image(context, hero) if hero else ""
    changed = story.updated_at if story.updated_at and story.updated_at > story.published_at else None
    return {
        "@type": _type(story.format),
        "@id": address,
        "url": address,
        "mainEntityOfPage": address,
        "headline": story.headline,
        "alternativeHeadline": story.seo_title,
        "description": description,
        "inLanguage": story.language,
        "dateline": story.dateline,
        "datePublished": machine(story.published_at, zone),
        "dateModified": machine(changed, zone) if changed else "",
        "timeRequired": f"PT{max(1, story.reading_minutes)}M",
        "articleSection": section.name if section else "",
        "keywords": [topic.name for topic in topics if topic],
        "author": persons(context, authors),
        "publisher": organization(context),
        "image": [one for one in (picture or social_image,) if one],
        "isAccessibleForFree": story.access == "public",
        "creativeWorkStatus": context.words.text("status.retracted") if story.retraction else "",
        "correction": _corrections(story, zone),
        **_translations(context, story),
    }


def _type(form: str) -> str:
    return "OpinionNewsArticle" if form == "opinion" else "NewsArticle"


def _corrections(story: Story, zone: str) -> list[Node]:
    return [
        {"@type": "CorrectionComment", "text": html.text(c.text), "datePublished": machine(c.at, zone)}
        for c in story.corrections
    ]


def _translations(context: Context, story: Story) -> Node:
    """Return what this story was translated from or, for the first of its group, those made from it.

    By language and address alone, as the page's links do: an edit of the others leaves this page be.
    """
    known = context.records.versions(story)
    others = {language: path for language, path in known.items() if language != story.language}
    if not story.translation_of:
        return {"workTranslation": [_other(context, language, path) for language, path in others.items()]}
    first = context.records.address("story", story.translation_of) if others else None
    return {"translationOfWork": _other(context, first.language, first.path)} if first else {}


def _other(context: Context, language: str, path: str) -> Node:
    address = full_url(context, path)
    return {"@type": "NewsArticle", "@id": address, "url": address, "inLanguage": language}
