"""The blocks of the story editor. Running text (paragraphs, headings, lists) is one block to type in;
what stands apart from it has a block of its own."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageChooserBlock

INLINE = ["bold", "italic", "link", "superscript", "subscript", "code"]
"""What may stand inside a line; `standfirst.kit.html.inline` lets the same through."""

RUNNING = ["h2", "h3", "ol", "ul", "blockquote", *INLINE]


class PictureUseBlock(blocks.StructBlock):
    """A picture with the words that belong to this one place."""

    picture = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        required=False,
        max_length=500,
        label=_("Alt text"),
        help_text=_("What the picture shows, for those who do not see it. Not the caption."),
    )
    decorative = blocks.BooleanBlock(
        required=False, label=_("Decorative"), help_text=_("It says nothing that the text does not say.")
    )
    caption = blocks.RichTextBlock(required=False, features=INLINE, label=_("Caption"))
    width = blocks.ChoiceBlock(
        choices=[("column", _("As wide as the text")), ("wide", _("Wider than the text"))],
        default="column",
        label=_("Width"),
    )

    class Meta:
        icon = "image"
        label = _("Picture")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        picture = cleaned.get("picture")
        if picture and not (cleaned.get("alt") or cleaned.get("decorative") or picture.default_alt_text):
            message = _("Describe the picture, or say that it is decorative.")
            raise StructBlockValidationError({"alt": ValidationError(message)})
        return cleaned


class QuoteBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(features=INLINE, label=_("Quote"))
    attribution = blocks.CharBlock(required=False, max_length=300, label=_("Who said it"))

    class Meta:
        icon = "openquote"
        label = _("Quote")


class PullQuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(rows=2, label=_("A line of this story, set large"))
    attribution = blocks.CharBlock(required=False, max_length=300, label=_("Who said it"))

    class Meta:
        icon = "openquote"
        label = _("Pull quote")


class EmbedBlock(blocks.StructBlock):
    """A post or video from elsewhere as a card: its words stay here, nothing is loaded from there."""

    url = blocks.URLBlock(label=_("Address"), max_length=2000)
    provider = blocks.CharBlock(label=_("Where it is from"), max_length=100, help_text=_("YouTube, Mastodon"))
    title = blocks.CharBlock(required=False, max_length=500, label=_("Title"))
    author = blocks.CharBlock(required=False, max_length=200, label=_("Author"))
    text = blocks.TextBlock(required=False, rows=3, label=_("Text"))
    posted_at = blocks.DateTimeBlock(required=False, label=_("Posted"))
    picture = ImageChooserBlock(required=False, label=_("Picture"))

    class Meta:
        icon = "media"
        label = _("Embed")


class KeyFactsBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False, max_length=200, label=_("Title"))
    items = blocks.ListBlock(blocks.RichTextBlock(features=INLINE, label=_("Fact")), label=_("Facts"))

    class Meta:
        icon = "list-ul"
        label = _("Key facts")


class StoryBody(blocks.StreamBlock):
    text = blocks.RichTextBlock(features=RUNNING, label=_("Text"), icon="pilcrow")
    image = PictureUseBlock()
    quote = QuoteBlock()
    pull_quote = PullQuoteBlock()
    key_facts = KeyFactsBlock()
    related_story = blocks.PageChooserBlock(
        page_type="stories.StoryPage", label=_("Related story"), icon="doc-full"
    )
    embed = EmbedBlock()
    table = TableBlock(
        table_options={"renderer": "text"},
        label=_("Table"),
        help_text=_("A cell may hold a link or emphasis as HTML."),
    )
    divider = blocks.StaticBlock(
        label=_("Divider"), admin_text=_("A pause between two parts"), icon="horizontalrule"
    )
