"""A site of many stories for the benches: editions written straight into its database, as publishing does."""

from __future__ import annotations

import os
import random
from datetime import timedelta
from typing import Any

from tests.newsroom.system import Newsroom

WORDS = """harbour council river morning evening vote budget crane ferry tide minister teacher hospital price
winter bridge market witness report question answer letter promise number street window engine captain
weather signal garden kitchen station border journey village concert paper archive evidence pension""".split()
SECTIONS, TOPICS, AUTHORS = 8, 20, 24
"""As many for every size: with 1,000 stories already, all lists are as long as they get."""
A_DAY = 27
"""Stories a day: 100,000 are ten years of a newsroom that works hard."""
TOGETHER = 500


class BigSite:
    """Records of a site, as they were last published."""

    def __init__(self, room: Newsroom) -> None:
        os.environ.update(room.environment())
        os.environ["DJANGO_SETTINGS_MODULE"] = "standfirst.project.settings"
        import django

        django.setup()
        from standfirst.editions import documents
        from standfirst.kit import instants
        from standfirst.kit.ids import new_id

        self.random = random.Random(5)
        self.documents, self.new_id = documents, new_id
        self.now = instants.now()
        self.sections = [
            documents.Section(id=new_id(), language="en", path=f"/section/s{n}/", name=f"Section {n}")
            for n in range(SECTIONS)
        ]
        self.topics = [
            documents.Topic(id=new_id(), language="en", path=f"/topic/t{n}/", name=f"Topic {n}")
            for n in range(TOPICS)
        ]
        self.authors = [
            documents.Author(id=new_id(), path=f"/author/a{n}/", name=f"Author {n}") for n in range(AUTHORS)
        ]
        self.newest: list[Any] = []
        self.trails: dict[str, tuple[str, ...]] = {}  # by section, as the desk keeps it

    def fill(self, stories: int) -> None:
        """Publish the filing and `stories` stories, the oldest first."""
        from django.db import transaction

        with transaction.atomic():
            for document in (*self.sections, *self.topics, *self.authors):
                self.publish(document)
        for start in range(0, stories, TOGETHER):
            with transaction.atomic():
                for number in range(start, min(stories, start + TOGETHER)):
                    minutes = (stories - number) * 1440 // A_DAY
                    self.publish(self.story(number, timedelta(minutes=minutes)))

    def story(self, number: int, age: timedelta, headline: str = "") -> Any:
        """Return a story of 14 blocks and 650 words or so, and remember the newest."""
        documents, choose = self.documents, self.random.choice
        section = choose(self.sections).id
        nearest = (*self.trails.get(section, ()), *(one.id for one in reversed(self.newest)))
        trail = tuple(dict.fromkeys(nearest))[:6]
        story = documents.Story(
            id=self.new_id(), language="en", path=f"/story-{number}/",
            headline=headline or self.words(8).capitalize(), standfirst=self.words(20).capitalize() + ".",
            section=section, trail=trail, topics=(choose(self.topics).id,),
            bylines=(documents.Byline(author=choose(self.authors).id),),
            published_at=self.now - age, body=tuple(self.body()),
        )  # fmt: skip
        self.newest = [*self.newest[-9:], story]
        self.trails[section] = (story.id, *trail)[:6]
        return story

    def body(self) -> list[Any]:
        documents = self.documents
        blocks: list[Any] = [
            documents.Paragraph(
                id=f"b{number}",
                html=f'{self.words(25)} <a href="https://example.org/">{self.words(3)}</a> {self.words(22)}.',
            )
            for number in range(14)
        ]
        blocks[6] = documents.Heading(id="b6", html=self.words(5).capitalize())
        blocks[9] = documents.Quote(id="b9", html=self.words(25), attribution=self.words(2).title())
        return blocks

    def words(self, count: int) -> str:
        return " ".join(self.random.choices(WORDS, k=count))

    def publish(self, document: Any) -> None:
        """Publish `document`, in a transaction of its own or in the one that is open."""
        from django.db import transaction

        from standfirst.editions import api

        known = api.head(document.record) is not None
        with transaction.atomic():
            api.publish(document, reason="updated" if known else "published", actor="system:bench")

    def paths(self, story: Any) -> list[str]:
        """Return the pages that show the story's headline to readers."""
        section = next(one for one in self.sections if one.id == story.section)
        topic = next(one for one in self.topics if one.id == story.topics[0])
        author = next(one for one in self.authors if one.id == story.bylines[0].author)
        day = story.published_at.strftime("%Y/%m/%d")  # a month of so many stories is shown by days
        return [story.path, "/", section.path, topic.path, author.path, f"/archive/{day}/"]
