"""Writing pages of the site to the desk without a browser: archives, the demo, `init`."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from standfirst.kit.ids import new_id
from standfirst.stories import paths
from standfirst.stories.actions import named
from standfirst.stories.actions.filing import front_of
from standfirst.stories.actors import acting
from standfirst.stories.body import edit
from standfirst.stories.drafts import PlainPageDraft
from standfirst.stories.plainpages import PlainPage
from standfirst.stories.sitesettings import SiteSettings


@transaction.atomic
def save_plain_page(draft: PlainPageDraft, *, actor: str, publish: bool = True) -> PlainPage:
    """Create or update a page of the site, and publish it if `publish`; else it waits as a draft.

    Raises ValidationError (Django's) and CannotPublish for what the desk refuses, LookupError for a page it
    is a translation of that is not there. Then nothing is saved.
    """
    site = SiteSettings.load()
    language = draft.language or site.language_tags[0]
    slug = draft.slug or paths.shorten(slugify(draft.title, allow_unicode=True))
    same = {"public_id": draft.id} if draft.id else {"slug": slug, "language": language}
    page = PlainPage.objects.filter(**same).first() or PlainPage(public_id=draft.id or new_id())
    page.title = page.draft_title = draft.title
    page.slug, page.language, page.search_description = slug, language, draft.description
    page.purpose = draft.purpose
    page.translation_of = named.original(PlainPage, draft.translation_of)
    page.body = edit.stream(draft.body, named.pictures(draft.body), named.stories(draft.body))
    with acting(actor):
        if page.pk is None:
            front_of(language, site).add_child(instance=page)
        revision = page.save_revision()
        if publish:
            revision.publish(skip_permission_checks=True)
    return page
