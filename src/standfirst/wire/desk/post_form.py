"""The form a post is written in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.blocks.base import BlockField

from standfirst.stories.filing import Author
from standfirst.stories.pages import StoryPage
from standfirst.wire.body import PostBody
from standfirst.wire.drafts import LONGEST_HEADLINE, PostDraft
from standfirst.wire.models import Post

_EMPTY: list[dict[str, Any]] = [{"type": "text", "value": ""}]


class PostForm(forms.Form):
    """A post as it is typed. `draft` gives what is to be kept."""

    headline = forms.CharField(
        label=_("Headline"), max_length=LONGEST_HEADLINE, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("May be left out where the text says all."),
    )  # fmt: skip
    body = BlockField(block=PostBody(required=False), label=_("Text"), required=False)
    authors = forms.ModelMultipleChoiceField(
        Author.objects.none(), label=_("Authors"), required=False, to_field_name="public_id",
        widget=forms.SelectMultiple(attrs={"size": 4}),
    )  # fmt: skip
    key = forms.BooleanField(label=_("Key event: in the list at the top"), required=False)
    minor = forms.BooleanField(label=_("Only a slip of the pen: do not say “Updated”"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, page: StoryPage, data: Any = None, *, post: Post | None = None, writer: str = ""
    ) -> None:
        """Open the form for a post, or a new one by `writer`, whose last one says who writes."""
        self.page = page
        super().__init__(data, initial=_of_post(post) if post else _new(page, writer))
        authors = self.fields["authors"]
        assert isinstance(authors, forms.ModelMultipleChoiceField)
        authors.queryset = Author.objects.filter(language__in=["", page.language])
        if post is None or post.published_at is None:
            del self.fields["minor"]

    def as_draft(self) -> None:
        """Take in also what is not finished: an embed without an address, a picture without words."""
        self.fields["body"].is_deferred_validation = True  # type: ignore[attr-defined]  # Wagtail's

    def draft(self) -> PostDraft:
        """Return what was typed, as the actions take it."""
        data = self.cleaned_data
        return PostDraft(
            story=self.page.public_id,
            headline=data["headline"],
            stream=list(data["body"].get_prep_value()) if data["body"] else [],
            authors=tuple(author.public_id for author in data["authors"]),
            key=data["key"],
        )


def _new(page: StoryPage, writer: str) -> dict[str, Any]:
    last = (
        Post.objects.filter(story=page, changed_by=writer).order_by("-changed_at").first() if writer else None
    )
    authors = last.authors.values_list("public_id", flat=True) if last else ()
    return {"body": PostBody().to_python(_EMPTY), "authors": list(authors)}


def _of_post(post: Post) -> dict[str, Any]:
    return {
        "headline": post.headline,
        "body": post.body if post.body else PostBody().to_python(_EMPTY),
        "authors": list(post.authors.values_list("public_id", flat=True)),
        "key": post.key,
        "version": post.version,
    }
