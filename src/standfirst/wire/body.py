"""The blocks of a post: those of a story that fit a few lines."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from standfirst.stories.body.blocks import RUNNING, EmbedBlock, PictureUseBlock, QuoteBlock


class PostBody(blocks.StreamBlock):
    text = blocks.RichTextBlock(required=False, features=RUNNING, label=_("Text"), icon="pilcrow")
    image = PictureUseBlock()
    quote = QuoteBlock()
    embed = EmbedBlock()
    related_story = blocks.PageChooserBlock(
        page_type="stories.StoryPage", label=_("Related story"), icon="doc-full"
    )
