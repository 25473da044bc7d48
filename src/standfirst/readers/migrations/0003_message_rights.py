"""Groups made before there were messages get the rights to them, as new sites' groups have them.

Once, and only where nobody has given such a right to any group: else a newsroom has decided already.
"""

from typing import Any

from django.db import migrations

RIGHTS = {
    "Editors": ("view_message", "change_message"),
    "Publishers": ("view_message", "change_message", "delete_message"),
}


def give(apps: Any, schema_editor: Any) -> None:
    group_model = apps.get_model("auth", "Group")
    if group_model.objects.filter(
        permissions__content_type__app_label="readers", permissions__content_type__model="message"
    ).exists():
        return
    for name, wanted in RIGHTS.items():
        # A group of ours can change sections: Wagtail brings an `Editors` of its own, which `make_groups` fills.
        for group in group_model.objects.filter(name=name, permissions__codename="change_section"):
            group.permissions.add(*(_permission(apps, codename) for codename in wanted))


def _permission(apps: Any, codename: str) -> Any:
    """Return the permission; Django makes those of a new model only after the last migration."""
    kind, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="readers", model="message"
    )
    permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("readers", "0002_messages"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
