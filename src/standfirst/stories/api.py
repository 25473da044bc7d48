"""What other rooms may ask of the desk. Every write names its actor and is one transaction."""

from __future__ import annotations

from standfirst.stories.actions.covering import close_coverage, pin_summary, reopen_coverage
from standfirst.stories.actions.plainpages import save_plain_page
from standfirst.stories.actions.site import save_author, save_front, save_section, save_site, save_topic
from standfirst.stories.actions.sweep import sweep
from standfirst.stories.actions.taking_down import kill_story, unpublish_story
from standfirst.stories.actions.timetable import next_due, run_due, schedule_story, unschedule_story
from standfirst.stories.actions.writing import StoryResult, save_story
from standfirst.stories.drafts import AuthorDraft, DraftByline, PlainPageDraft, SectionDraft, StoryDraft
from standfirst.stories.errors import CannotPublish
from standfirst.stories.fronts import may_add_story
from standfirst.stories.pages import StoryPage

__all__ = [
    "AuthorDraft",
    "CannotPublish",
    "DraftByline",
    "PlainPageDraft",
    "SectionDraft",
    "StoryDraft",
    "StoryResult",
    "close_coverage",
    "find_story",
    "kill_story",
    "may_add_story",
    "next_due",
    "pin_summary",
    "reopen_coverage",
    "run_due",
    "save_author",
    "save_front",
    "save_plain_page",
    "save_section",
    "save_site",
    "save_story",
    "save_topic",
    "schedule_story",
    "sweep",
    "unpublish_story",
    "unschedule_story",
]


def find_story(record_id: str) -> StoryPage | None:
    """Return the desk's page of a story record's id, or None."""
    return StoryPage.objects.filter(public_id=record_id).first()
