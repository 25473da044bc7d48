"""Publishing what stories are filed under, and the site itself. These have no drafts: saved is published."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, Site

from standfirst.kit import instants
from standfirst.stories import projection
from standfirst.stories.actions.publishing import publish_document, withdraw
from standfirst.stories.actors import current_actor
from standfirst.stories.errors import CannotPublish
from standfirst.stories.filing import Author, Section, Topic
from standfirst.stories.fronts import HomePage
from standfirst.stories.pages import StoryPage
from standfirst.stories.pictures import api as pictures
from standfirst.stories.sitesettings import SiteSettings


@transaction.atomic
def publish_section(row: Section) -> None:
    """Publish a section, and the navigation that names it, or did while it was in another language."""
    site = SiteSettings.load()
    publish_document(projection.section(row, site), reason="updated", at=instants.now())
    for language in site.language_tags:
        publish_navigation(language)


@transaction.atomic
def publish_topic(row: Topic) -> None:
    publish_document(projection.topic(row, SiteSettings.load()), reason="updated", at=instants.now())


@transaction.atomic
def publish_author(row: Author) -> None:
    if row.portrait:
        pictures.publish(row.portrait.public_id, actor=current_actor())
    publish_document(projection.author(row, SiteSettings.load()), reason="updated", at=instants.now())


def refuse_when_drafts_name(row: Section | Author) -> None:
    """Raise CannotPublish when a story's draft or scheduled version names `row`.

    The database protects what a story's page names; a version is JSON, and nothing protects that.
    """
    drafts = StoryPage.objects.filter(has_unpublished_changes=True).values("latest_revision")
    waiting = Q(pk__in=drafts) | Q(approved_go_live_at__isnull=False)
    for revision in Revision.page_revisions.filter(waiting):
        if isinstance(row, Section):
            named = [revision.content.get("section")]
        else:
            named = [line.get("author") for line in revision.content.get("bylines", ())]
        if row.pk in named:
            message = _("%(name)s is still named in a draft of “%(story)s”. Change it there first.")
            raise CannotPublish(message % {"name": row.name, "story": revision.object_str})


@transaction.atomic
def withdraw_section(row: Section) -> None:
    withdraw(f"section:{row.public_id}")
    publish_navigation(row.language)


@transaction.atomic
def publish_navigation(language: str) -> None:
    """Publish head and foot of the pages in a language, unless it is no language of the site."""
    site = SiteSettings.load()
    if language in site.language_tags:
        publish_document(projection.navigation(site, language), reason="updated", at=instants.now())


@transaction.atomic
def publish_site(site: SiteSettings) -> None:
    """Publish the settings, the navigation of each language, and a front for each that has none yet."""
    if site.logo:
        pictures.publish(site.logo.public_id, actor=current_actor())
    publish_document(projection.site(site), reason="updated", at=instants.now())
    for language in site.language_tags:
        publish_navigation(language)
        front_of(language, site)


def front_of(language: str, site: SiteSettings) -> HomePage:
    """Return the front of a language; made and published when there is none."""
    front = HomePage.objects.filter(language=language).first()
    if front is not None:
        return front
    root = Page.get_first_root_node()
    slug = "front" if language == site.language_tags[0] else f"front-{language.lower()}"
    front = root.add_child(instance=HomePage(title=site.name, slug=slug, language=language))
    front.save_revision().publish()
    if language == site.language_tags[0]:
        _become_root(front)
    return front


def _become_root(front: HomePage) -> None:
    """Put our front where Wagtail's welcome page stands on a new site."""
    default = Site.objects.filter(is_default_site=True).first()
    if default is None:
        Site.objects.create(hostname="localhost", root_page=front, is_default_site=True)
        return
    before = default.root_page
    default.root_page = front.page_ptr
    default.save()
    if before.specific_class is Page and before.depth > 1 and before.numchild == 0:
        before.delete()
