"""What the desk shows first: what to do, what is on its way, what was changed last."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import PageLogEntry

from standfirst.bake import api as bake
from standfirst.editions import api as editions
from standfirst.stories.desk.receipts import MANY, backlog_sentence
from standfirst.stories.desk.status import state_of
from standfirst.stories.fronts import may_add_story
from standfirst.stories.models import HomePage, StoryPage
from standfirst.stories.sitesettings import SiteSettings

RECENT = 8


class WelcomePanel(Component):
    name = "standfirst_welcome"
    template_name = "stories/desk/welcome.html"
    order = 10

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        site = SiteSettings.load(request_or_site=self.request)
        home = HomePage.objects.filter(language=site.language_tags[0]).first()
        stories = StoryPage.objects.select_related("section").order_by("-latest_revision_created_at")
        recent = [(page, *state_of(page, editions.head(page.record))) for page in stories[:RECENT]]
        refused = PageLogEntry.objects.filter(action="standfirst.schedule_refused").order_by("-timestamp")
        return {
            "site": site,
            "site_url": settings.STANDFIRST.base_url,
            "write_url": home and reverse("wagtailadmin_pages:add", args=("stories", "storypage", home.pk)),
            "may_write": may_add_story(self.request.user, site.language_tags[0]),
            "recent": recent,
            "backlog": backlog_sentence() if bake.backlog().waiting > MANY else "",
            "refused": [
                entry for entry in refused[:5]
                if StoryPage.objects.filter(pk=entry.page_id, live=False).exists()
            ],
            "look_problems": bake.input_problems() if self.request.user.is_superuser else (),
            "request": self.request,
            "csrf_token": parent_context.get("csrf_token", ""),
        }  # fmt: skip
