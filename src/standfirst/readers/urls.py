"""Addresses of the desk for one's own account, in front of Wagtail's."""

from __future__ import annotations

from django.urls import path
from wagtail.admin.auth import require_admin_access

from standfirst.readers.desk import AccountView

desk_urlpatterns = [path("desk/account/", require_admin_access(AccountView.as_view()), name="account")]
