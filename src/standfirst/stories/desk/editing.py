"""The story editor's views: a refused publish keeps the text in the form and says why; a save over
somebody else's newer version is set aside and told, never lost."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.utils.timestamps import render_timestamp

from standfirst.kit.redirects import redirect
from standfirst.stories import receipts, wordless
from standfirst.stories.actions.timetable import wake
from standfirst.stories.desk.receipts import tell
from standfirst.stories.desk.status import StorySidePanel
from standfirst.stories.desk.translations import TranslationsPanel
from standfirst.stories.errors import CannotPublish
from standfirst.stories.fronts import HomePage
from standfirst.stories.pages import StoryPage
from standfirst.stories.plainpages import PlainPage


class PublishingView:
    """Publishes in a savepoint. A refusal undoes it; the form comes back with the text and the reason."""

    def publish_action(self) -> HttpResponse:
        try:
            with transaction.atomic(), receipts.collecting() as made:
                self._ask_for_words()
                response: HttpResponse = super().publish_action()  # type: ignore[misc]
        except CannotPublish as refusal:
            return self._refuse(refusal)
        wake()
        tell(self.request, made, self.page)  # type: ignore[attr-defined]
        return response

    def redirect_away(self) -> HttpResponse:
        """Go on to the list of stories: the explorer's tree says nothing to a newsroom."""
        lists = {StoryPage: "stories:index", PlainPage: "site_pages:index"}
        name = lists.get(type(self.page))  # type: ignore[attr-defined]
        if self.next_url or name is None:  # type: ignore[attr-defined]
            return super().redirect_away()  # type: ignore[misc]
        return redirect(reverse(name))

    def _ask_for_words(self) -> None:
        """Ask before the next version of a live story is scheduled: Wagtail tells nobody of that."""
        story = self.form.instance  # type: ignore[attr-defined]
        if isinstance(story, StoryPage):
            wordless.check(story)

    def _refuse(self, refusal: CannotPublish) -> HttpResponse:
        self._start_again()
        self.form.is_valid()  # type: ignore[attr-defined]
        field = refusal.field if refusal.field in self.form.fields else None  # type: ignore[attr-defined]
        self.form.add_error(field, refusal.message)  # type: ignore[attr-defined]
        response: HttpResponse = self.form_invalid(self.form)  # type: ignore[attr-defined]
        return response

    def _start_again(self) -> None:
        raise NotImplementedError


class DeskCreateView(PublishingView, CreateView):
    page: Any

    def get_side_panels(self) -> MediaContainer:
        return _with_ours(super().get_side_panels(), self.page, self.request)

    def _start_again(self) -> None:
        """Bind the form to a page that is not there yet: the one that was refused has been rolled back."""
        self.page = self.page_class(owner=self.request.user)
        self.page.locale = self.parent_page.locale
        self.form = self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent_page,
            for_user=self.request.user,
        )


class DeskEditView(PublishingView, EditView):
    page: Any
    real_page_record: Any

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            # Two saves at once queue here, so that the second sees the version of the first.
            Page.objects.select_for_update().filter(pk=page_id).first()
        response: HttpResponse = super().dispatch(request, page_id, **kwargs)
        return response

    def _bind(self) -> None:
        self.form = self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )

    def _start_again(self) -> None:
        self.real_page_record = Page.objects.get(pk=self.real_page_record.pk)
        self.page = self.get_object()
        self._bind()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.expects_json_response and self._overtaken():
            return self._set_aside()
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def save_action(self) -> HttpResponse:
        """Save; after an automatic save the open form stands on the version it has just made.

        Wagtail tells only the next automatic save, so that a press of the button would be taken for one over
        a newer version: the editor's own.
        """
        response: HttpResponse = super().save_action()
        if isinstance(response, JsonResponse):
            told = json.loads(response.content)
            if told.get("success"):
                told["field_updates"] |= {
                    "loaded_revision_id": str(told["revision_id"]),
                    "loaded_revision_created_at": told["revision_created_at"],
                }
                return JsonResponse(told)
        return response

    def _overtaken(self) -> bool:
        """Return whether somebody has saved another version since this form was loaded.

        The number alone counts. Wagtail compares the instant too, but its automatic saves move that, for
        their own author only; and a press of the button adds a version, so it covers nothing up.
        """
        loaded = self.request.POST.get("overwrite_revision_id") or self.request.POST.get("loaded_revision_id")
        return bool(loaded and self.latest_revision and loaded != str(self.latest_revision.pk))

    def _set_aside(self) -> HttpResponse:
        """Keep the text of a save that came too late as a version of its own, and say who was first."""
        self._bind()
        self.form.defer_required_fields()
        if not self.form.is_valid():
            self.form.restore_required_fields()
            self.form.add_error(None, _told(self.latest_revision))
            return self.form_invalid(self.form)
        self.page = self.form.save(commit=False)
        kept = Revision.objects.create(
            content_object=self.page,
            base_content_type=self.page.get_base_content_type(),
            user=self.request.user,
            # Older than what overtook it by the smallest step: it is kept, and is not the latest.
            created_at=self.latest_revision.created_at - timedelta(microseconds=1),
            content=self.page.serializable_data(),
            object_str=str(self.page),
        )
        log(instance=self.page, action="standfirst.set_aside", user=self.request.user, revision=kept)
        messages.error(
            self.request,
            _told(self.latest_revision),
            buttons=[
                messages.button(
                    reverse(
                        "wagtailadmin_pages:revisions_compare",
                        args=(self.page.pk, kept.pk, self.latest_revision.pk),
                    ),
                    _("Compare the two"),
                ),
                messages.button(self.get_edit_url(), _("Go on with theirs")),
            ],
        )
        self.form.restore_required_fields()
        self.errors_debug = ""
        self.has_unsaved_changes = True
        response: HttpResponse = self.render_to_response(self.get_context_data())
        return response

    def get_side_panels(self) -> MediaContainer:
        return _with_ours(super().get_side_panels(), self.page, self.request)


class DeskUnpublishView(UnpublishView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic(), receipts.collecting() as made:
                response: HttpResponse = super().post(request, *args, **kwargs)
        except CannotPublish as refusal:
            messages.error(request, refusal.message)
            return self.get(request, *args, **kwargs)
        tell(request, made, self.object)
        return response


def _with_ours(panels: MediaContainer, page: Any, request: HttpRequest) -> MediaContainer:
    if isinstance(page, StoryPage):
        panels.append(StorySidePanel(page, request))
        translations = TranslationsPanel(page, request)
        if translations.is_shown():
            panels.append(translations)
    return panels


def _told(latest: Revision) -> str:
    who = str(latest.user) if latest.user else _("Somebody")
    return format_html(
        "<p>{}</p><p>{}</p>",
        _("%(who)s saved this story at %(at)s, while you were writing.")
        % {"who": who, "at": render_timestamp(latest.created_at)},
        _("Nothing is lost: your text is still here below, and kept as a version of its own. Saving again "
          "puts yours on top; theirs stays in the history."),
    )  # fmt: skip


class DeskPageViewSet(PageViewSet):
    add_view_class = DeskCreateView
    edit_view_class = DeskEditView
    unpublish_view_class = DeskUnpublishView


class StoryViewSet(DeskPageViewSet):
    model = StoryPage


class PlainPageViewSet(DeskPageViewSet):
    model = PlainPage


class FrontViewSet(DeskPageViewSet):
    model = HomePage
