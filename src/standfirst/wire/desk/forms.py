"""The form an item is written in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standfirst.kit import instants
from standfirst.kit.ids import is_id, new_id
from standfirst.kit.tongues import own_name
from standfirst.stories.filing import Topic
from standfirst.stories.pages import StoryPage
from standfirst.stories.sitesettings import SiteSettings
from standfirst.wire import marks
from standfirst.wire.drafts import LONGEST_HEADLINE, ItemDraft
from standfirst.wire.models import Item

LASTS = {
    "30": timedelta(minutes=30),
    "60": timedelta(hours=1),
    "180": timedelta(hours=3),
    "720": timedelta(hours=12),
}
STORIES = 40  # the newest, to choose from


class ItemForm(forms.Form):
    """An item as it is typed. `draft` gives what is to be kept."""

    headline = forms.CharField(
        label=_("First line"), max_length=LONGEST_HEADLINE, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Set in bold: what happened, in one sentence."),
    )  # fmt: skip
    body = forms.CharField(
        label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A line a paragraph. **bold**, *italic*, [words](https://address)"),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"))
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    second_topic = forms.ChoiceField(label=_("Second topic"), required=False)
    source_name = forms.CharField(label=_("Source"), max_length=200, required=False)
    source_status = forms.ChoiceField(label=_("Checked"), choices=Item.Status.choices, required=False)
    source_url = forms.CharField(label=_("Its address"), max_length=2000, required=False)
    story = forms.ChoiceField(label=_("Story that tells it in full"), required=False)
    breaking = forms.ChoiceField(label=_("Breaking"), required=False)
    minor = forms.BooleanField(
        label=_("Only a slip of the pen: do not say “Updated”"), required=False
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    once = forms.CharField(required=False, max_length=26, widget=forms.HiddenInput)  # id of a new item

    def __init__(self, *args: Any, item: Item | None = None, prefilled: ItemDraft | None = None, **more: Any):
        self.item = item
        initial = _of_item(item) if item else {"once": new_id(), **_of_draft(prefilled)}
        super().__init__(*args, initial=initial, **more)  # type: ignore[misc]
        tags = SiteSettings.load().language_tags
        self._choices("language", [(tag, own_name(tag)) for tag in tags])
        topics = _topics(tags)
        for name in ("topic", "second_topic"):
            self._choices(name, [("", "—"), *topics])
        self._choices("story", [("", "—"), *_stories(item, prefilled)])
        self._choices("breaking", list(_lasts(item)))
        if len(tags) == 1:
            self.fields["language"].widget = forms.HiddenInput()
            self.fields["language"].initial = tags[0]
        if item is None or item.published_at is None:
            del self.fields["minor"]

    def draft(self, *, afresh: bool = False) -> ItemDraft:
        """Return what was typed, as the actions take it; `afresh` without the id that the form names."""
        data = self.cleaned_data
        topics = dict.fromkeys(one for one in (data["topic"], data["second_topic"]) if one)
        return ItemDraft(
            headline=data["headline"],
            language=data["language"],
            body=marks.to_html(data["body"]),
            source_name=data["source_name"],
            source_url=data["source_url"],
            source_status=data["source_status"] or "verified",
            topics=tuple(topics),
            breaking_until=self._breaking_until(data["breaking"]),
            story=data["story"] or None,
            source_uri=self.item.source_uri if self.item else "",
            id=data["once"] if is_id(data["once"]) and not afresh else "",
        )

    def _breaking_until(self, chosen: str) -> Any:
        if chosen == "keep" and self.item:
            return self.item.breaking_until
        return instants.now() + LASTS[chosen] if chosen in LASTS else None

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _topics(tags: tuple[str, ...]) -> list[Any]:
    """Return the topics to choose from; where there are several languages, a group for each."""
    groups: dict[str, list[tuple[str, str]]] = {tag: [] for tag in tags}
    for topic in Topic.objects.filter(language__in=tags):
        groups[topic.language].append((topic.public_id, topic.name))
    if len(tags) == 1:
        return groups[tags[0]]
    return [(own_name(tag), topics) for tag, topics in groups.items() if topics]


def _lasts(item: Item | None) -> Any:
    if item and item.breaking_until and item.breaking_until > instants.now():
        yield "keep", _("As it is")
    yield "", _("No")
    yield "30", _("For 30 minutes")
    yield "60", _("For an hour")
    yield "180", _("For three hours")
    yield "720", _("For twelve hours")


def _stories(item: Item | None, prefilled: ItemDraft | None) -> list[tuple[str, str]]:
    newest = StoryPage.objects.filter(live=True).order_by("-first_published_at")[:STORIES]
    found = {page.public_id: page.title for page in newest}
    if item and item.story:
        found[item.story.public_id] = item.story.title
    if prefilled and prefilled.story and prefilled.story not in found:
        page = StoryPage.objects.filter(public_id=prefilled.story).first()
        found |= {page.public_id: page.title} if page else {}
    return list(found.items())


def _of_item(item: Item) -> dict[str, Any]:
    topics = [*item.topics.order_by("pk").values_list("public_id", flat=True), "", ""]
    lasting = item.breaking_until is not None and item.breaking_until > instants.now()
    return {
        "headline": item.headline,
        "body": marks.to_text(item.paragraphs),
        "language": item.language,
        "topic": topics[0],
        "second_topic": topics[1],
        "source_name": item.source_name,
        "source_status": item.source_status,
        "source_url": item.source_url,
        "story": item.story.public_id if item.story else "",
        "breaking": "keep" if lasting else "",
        "version": item.version,
    }


def _of_draft(draft: ItemDraft | None) -> dict[str, Any]:
    if draft is None:
        return {}
    topics = [*draft.topics, "", ""]
    return {
        "headline": draft.headline,
        "body": marks.to_text(draft.body),
        "language": draft.language,
        "topic": topics[0],
        "second_topic": topics[1],
        "story": draft.story or "",
    }
