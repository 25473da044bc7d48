"""A story's translations, beside its editor: which there are, and a way to begin those there are not."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.side_panels import BaseSidePanel

from standfirst.editions import api as editions
from standfirst.kit.redirects import redirect
from standfirst.kit.tongues import own_name
from standfirst.stories import translating
from standfirst.stories.actions.filing import front_of
from standfirst.stories.actions.translations import start_translation
from standfirst.stories.desk.status import state_of
from standfirst.stories.pages import StoryPage
from standfirst.stories.sitesettings import SiteSettings


class TranslationsPanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle translations")
        icon_name = "globe"
        has_counter = False

    name = "translations"
    title = gettext_lazy("Translations")
    template_name = "stories/desk/translations_panel.html"
    order = 160

    def is_shown(self) -> bool:
        return bool(self.object.pk) and len(SiteSettings.load().language_tags) > 1

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        group = translating.group(self.object)
        spoken = {page.language for page in group}
        missing = [tag for tag in SiteSettings.load().language_tags if tag not in spoken]
        return {
            **context,
            "others": [_line(page) for page in group if page.pk != self.object.pk],
            "missing": [{"tag": tag, "name": own_name(tag)} for tag in missing],
            "csrf_token": parent_context.get("csrf_token", ""),
        }


def _line(page: StoryPage) -> dict[str, Any]:
    state, words = state_of(page, editions.head(page.record))
    return {
        "page": page, "title": page.draft_title or page.title, "language": own_name(page.language),
        "state": state, "words": words,
    }  # fmt: skip


@require_POST
def translate_view(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """Begin a translation, or go to the one that is there."""
    page = get_object_or_404(StoryPage, pk=page_id)
    site = SiteSettings.load()
    if language not in site.language_tags:
        raise Http404
    front = front_of(language, site)
    if not (
        page.permissions_for_user(request.user).can_edit()
        and front.permissions_for_user(request.user).can_add_subpage()
    ):
        raise PermissionDenied
    draft = start_translation(page, language, user=request.user)
    messages.success(
        request,
        _("A draft in %(language)s, with the text as it was last saved.") % {"language": own_name(language)},
    )
    return redirect(reverse("wagtailadmin_pages:edit", args=(draft.pk,)))
