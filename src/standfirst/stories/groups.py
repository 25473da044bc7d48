"""Who may do what at the desk: the groups a newsroom starts with. Made once; then they are the newsroom's."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connection

_FILING = ("section", "topic", "author")

_DESK = ("wagtailadmin.access_admin",)
_EDIT = (
    *(f"stories.{verb}_{model}" for model in _FILING for verb in ("add", "change", "delete")),
)  # fmt: skip
_MESSAGES = ("readers.view_message", "readers.change_message")
_WIRE = ("wire.add_item", "wire.change_item", "wire.publish_item")
_PUBLISH = (
    "editions.kill", "editions.expunge", "readers.delete_message", "stories.change_sitesettings",
    "wire.manage_channels", "wire.manage_tokens",
)  # fmt: skip

GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "Contributors": {
        "model": (*_DESK, "wire.add_item"),
        "page": ("add_page",),
        "collection": ("add", "choose"),
    },
    "Editors": {
        "model": (*_DESK, *_EDIT, *_MESSAGES, *_WIRE),
        "page": ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"),
        "collection": ("add", "change", "choose"),
    },
    "Publishers": {
        "model": (*_DESK, *_EDIT, *_MESSAGES, *_WIRE, *_PUBLISH),
        "page": ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"),
        "collection": ("add", "change", "choose"),
    },
}
"""By group: permissions on models, on pages below the root, and on pictures."""

NEEDED = ("stories", "readers", "wire", "editions", "wagtailadmin", "wagtailcore", "wagtailimages")


def make_groups(**_kwargs: Any) -> None:
    """Make the groups that are missing; after each migration. Existing ones are left as they are."""
    from wagtail.models import Page

    if "wagtailcore_page" not in connection.introspection.table_names():
        return  # only some apps are migrated
    missing = [name for name in GROUPS if not _ours(name)]
    if not missing or Page.get_first_root_node() is None:  # an emptied database has no pages to permit
        return
    for label in NEEDED:
        create_permissions(apps.get_app_config(label), verbosity=0)
    for name in missing:
        _make(name)
    Group.objects.filter(name="Moderators", user=None).delete()  # Wagtail's own, which nobody has joined


def _ours(name: str) -> bool:
    """Return whether the group is there as we made it: Wagtail brings an `Editors` of its own."""
    return Group.objects.filter(name=name, permissions__codename="access_admin").exists() and (
        name != "Editors" or Group.objects.filter(name=name, permissions__codename="change_section").exists()
    )


def _make(name: str) -> None:
    from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

    group, _ = Group.objects.get_or_create(name=name)
    wanted = GROUPS[name]
    group.permissions.set(_permission(*one.split(".")) for one in wanted["model"])
    GroupPagePermission.objects.filter(group=group).delete()
    GroupCollectionPermission.objects.filter(group=group).delete()
    root = Page.get_first_root_node()
    for codename in wanted["page"]:
        GroupPagePermission.objects.create(
            group=group, page=root, permission=_permission("wagtailcore", codename)
        )
    for verb in wanted["collection"]:
        GroupCollectionPermission.objects.create(
            group=group,
            collection=Collection.get_first_root_node(),
            permission=_permission("wagtailimages", f"{verb}_image"),
        )


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)
