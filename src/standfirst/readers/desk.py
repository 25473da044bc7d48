"""The desk's screens for accounts."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import account
from wagtail.users.views import users

from standfirst.readers.forms import LanguageForm, OwnNameForm, StaffCreationForm, StaffEditForm
from standfirst.readers.models import User


class StaffOnly:
    """Readers' accounts are not managed here, not even by their number."""

    def get_base_queryset(self) -> QuerySet[User]:
        return User.objects.filter(kind=User.Kind.STAFF).order_by("pk")

    def get_queryset(self) -> QuerySet[User]:
        return self.get_base_queryset()


class IndexView(users.IndexView):
    page_title = _("Staff")
    add_item_label = _("Add somebody")

    def get_base_queryset(self) -> QuerySet[User]:
        queryset: QuerySet[User] = super().get_base_queryset()
        return queryset.filter(kind=User.Kind.STAFF)

    @cached_property
    def columns(self) -> list[Column]:
        columns: list[Column] = super().columns
        for column in columns:
            if column.name == User.USERNAME_FIELD:
                column.label = _("E-mail address")
        return columns

    def order_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.ordering in ("name", "-name"):
            return queryset.order_by(self.ordering)
        ordered: QuerySet[User] = super().order_queryset(queryset)
        return ordered


class EditView(StaffOnly, users.EditView):
    pass


class DeleteView(StaffOnly, users.DeleteView):
    pass


class HistoryView(users.HistoryView):
    def get_object(self) -> User:
        return get_object_or_404(User, pk=self.kwargs["pk"], kind=User.Kind.STAFF)


class UserViewSet(users.UserViewSet):
    menu_label = _("Staff")
    index_view_class = IndexView
    edit_view_class = EditView
    delete_view_class = DeleteView
    history_view_class = HistoryView

    def get_form_class(self, for_update: bool = False) -> type:
        return StaffEditForm if for_update else StaffCreationForm


class NamePanel(account.NameEmailSettingsPanel):
    title = pgettext_lazy("a person’s", "Name")
    form_class = OwnNameForm


class LanguagePanel(account.LocaleSettingsPanel):
    title = _("Language and time zone")
    form_class = LanguageForm


OURS = {account.NameEmailSettingsPanel: NamePanel, account.LocaleSettingsPanel: LanguagePanel}


class AccountView(account.AccountView):
    def get_panels(self) -> list[Any]:
        panels: list[Any] = super().get_panels()
        return [
            OURS[type(panel)](panel.request, panel.user, panel.profile) if type(panel) in OURS else panel
            for panel in panels
        ]
