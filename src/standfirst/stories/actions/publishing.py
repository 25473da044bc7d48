"""From the desk to the public record. Everything that makes a page live, changes it or takes it down ends
here, in the transaction it came from; a refusal undoes that transaction.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import ValidationError

from standfirst.editions import api as editions
from standfirst.editions import documents as public
from standfirst.editions.documents import Document, Story
from standfirst.kit import instants
from standfirst.stories import followups, projection, receipts
from standfirst.stories.actors import current_actor
from standfirst.stories.coverage import Coverage
from standfirst.stories.errors import CannotPublish
from standfirst.stories.fronts import HomePage
from standfirst.stories.pages import StoryCorrection, StoryPage
from standfirst.stories.pictures import api as pictures
from standfirst.stories.plainpages import PlainPage
from standfirst.stories.projection import Moment
from standfirst.stories.sitesettings import SiteSettings

TRAIL = 6
"""How many stories to go on to are frozen into a story when it is first published; pages show the first three
of them that are still public."""


@transaction.atomic
def publish_story(page: StoryPage, *, at: datetime | None = None) -> editions.Published:
    """Make the page's present state the story's next edition. Raises CannotPublish; then nothing changed."""
    editions.hold()  # what is read from here on nobody changes before it is published
    head = editions.head(page.record)
    if head is not None and head.reason in ("killed", "expunged"):
        raise CannotPublish(
            _("This story was withdrawn for good; its address stays empty. Write it as a new story.")
        )
    before = last_said(page.record)
    moment = Moment(
        at=at or instants.now(),
        site=SiteSettings.load(),
        current=before,
        trail=() if before else _trail(page),
    )
    document = _refusing_nonsense(page, moment)
    for media in projection.pictures_of(document):
        pictures.publish(media, actor=current_actor())
    reason = _reason(before, document) if head and head.state == "live" else "published"
    published = publish_document(document, reason=reason, at=moment.at)
    _forget_pictures(before, document)
    StoryCorrection.objects.filter(story=page, at=None).update(at=moment.at)
    if document.live:
        Coverage.objects.get_or_create(story_id=page.pk, defaults={"opened_at": document.live.opened_at})
    if page.minor_change:
        StoryPage.objects.filter(pk=page.pk).update(minor_change=False)
    followups.tell(page, "published", current_actor())
    return published


@transaction.atomic
def publish_plain_page(page: PlainPage) -> editions.Published:
    """Make the page's present state what readers have of it. Raises CannotPublish; then nothing changed."""
    editions.hold()
    before = editions.current(page.record)
    document = projection.plain_page(page, Moment(at=instants.now(), site=SiteSettings.load()))
    if isinstance(before, public.PlainPage) and before == document.model_copy(
        update={"changed_at": before.changed_at}
    ):
        document = before
    for media in projection.pictures_of(document):
        pictures.publish(media, actor=current_actor())
    published = publish_document(document, reason="updated", at=instants.now())
    _forget_pictures(before, document)
    return published


@transaction.atomic
def publish_front(page: HomePage) -> editions.Published:
    """Publish the front of one language."""
    moment = Moment(at=instants.now(), site=SiteSettings.load())
    return publish_document(projection.front(page, moment), reason="updated", at=moment.at)


@transaction.atomic
def withdraw(record: str) -> editions.Published | None:
    """Take a record down: its address answers 410. Returns None when readers do not have it."""
    head = editions.head(record)
    if head is None or head.state != "live":
        return None
    before = editions.current(record)
    published = receipts.note(editions.unpublish(record, actor=current_actor()))
    _forget_pictures(before, None)
    return published


def publish_document(document: Document, *, reason: editions.Reason, at: datetime) -> editions.Published:
    """Publish a document as whoever acts. Raises CannotPublish when its address belongs to another."""
    head = editions.head(document.record)
    if reason == "updated" and (head is None or head.state != "live"):
        reason = "published"
    try:
        published = editions.publish(document, reason=reason, actor=current_actor(), at=at)
    except editions.AddressTaken as taken:
        message = _("The address %(path)s is taken, now or by what stood there before; choose another.")
        raise CannotPublish(message % {"path": taken.path}, "slug") from taken
    except (editions.AddressRefused, editions.Refused) as refusal:
        raise CannotPublish(str(refusal), "slug") from refusal
    return receipts.note(published)


def _refusing_nonsense(page: StoryPage, moment: Moment) -> Story:
    try:
        return projection.story(page, moment)
    except ValidationError as error:
        first = error.errors()[0]
        place = " ".join(str(part) for part in first["loc"])
        message = _("%(place)s cannot be published as it is: %(problem)s")
        raise CannotPublish(message % {"place": place, "problem": first["msg"]}) from error


def last_said(record: str) -> Story | None:
    """Return what a story says to readers, or said before it was unpublished; None when it never did."""
    found = editions.current(record)
    if found is None and (head := editions.head(record)) is not None:
        found = editions.edition(record, head.number - 1)
    return found if isinstance(found, Story) else None


def _reason(before: Story | None, after: Story) -> editions.Reason:
    if before is None:
        return "published"
    if after.retraction and not before.retraction:
        return "retracted"
    return "corrected" if len(after.corrections) > len(before.corrections) else "updated"


def _trail(page: StoryPage) -> tuple[str, ...]:
    """Return what to read next: the newest of the section, then of the topics, then of the language."""
    others = StoryPage.objects.filter(live=True, language=page.language).exclude(pk=page.pk)
    others = others.order_by("-first_published_at")
    topics = [topic.pk for topic in page.topics.all()]
    nearest = [others.filter(section_id=page.section_id)] if page.section_id else []
    nearest += [others.filter(topics__in=topics).distinct(), others]
    found: dict[str, None] = {}
    for some in nearest:
        if len(found) < TRAIL:
            found |= dict.fromkeys(some.values_list("public_id", flat=True)[:TRAIL])
    return tuple(found)[:TRAIL]


def _forget_pictures(before: Document | None, after: Document | None) -> None:
    """Take down the pictures that this change left without a use."""
    if before is None:
        return
    kept = projection.pictures_of(after) if after else ()
    dropped = [media for media in projection.pictures_of(before) if media not in kept]
    pictures.withdraw_unused(dropped, actor=current_actor())
