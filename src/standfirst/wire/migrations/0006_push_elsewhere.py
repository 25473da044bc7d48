"""Browsers that asked before: those at push services that we do not know are counted by domain from now on."""

from __future__ import annotations

from typing import Any

from django.db import migrations

SERVICES = (
    "fcm.googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com",
)  # fmt: skip


def fill(apps: Any, editor: Any) -> None:
    """Write the domain of each; "" stays for the services of the browsers that are used."""
    known = apps.get_model("wire", "Subscription").objects
    for host in known.order_by().values_list("host", flat=True).distinct():
        if not any(host == name or host.endswith(f".{name}") for name in SERVICES):
            known.filter(host=host).update(elsewhere=".".join(host.split(".")[-2:]))


class Migration(migrations.Migration):
    dependencies = [("wire", "0005_push_limits_and_words")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
