"""The desk's models."""

from __future__ import annotations

from standfirst.stories.coverage import Coverage
from standfirst.stories.filing import Author, Section, Topic
from standfirst.stories.fronts import FrontSection, FrontStory, HomePage
from standfirst.stories.handoff.models import HandoffToken, StaffPass
from standfirst.stories.pages import StoryByline, StoryCorrection, StoryPage
from standfirst.stories.pictures.models import Derivation, File, Picture, PictureRendition
from standfirst.stories.plainpages import PlainPage
from standfirst.stories.sitesettings import SiteSettings

__all__ = [
    "Author",
    "Coverage",
    "Derivation",
    "File",
    "FrontSection",
    "FrontStory",
    "HandoffToken",
    "HomePage",
    "Picture",
    "PictureRendition",
    "PlainPage",
    "Section",
    "SiteSettings",
    "StaffPass",
    "StoryByline",
    "StoryCorrection",
    "StoryPage",
    "Topic",
]
