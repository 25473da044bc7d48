"""Which database a model lives in: the bake index has a SQLite file of its own where there is one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Model

_MAIN = {"movedkey", "move"}  # written in the publish transaction, so they live with the records


def alias() -> str:
    """Return the database alias of the bake index."""
    return "bake" if "bake" in settings.DATABASES else "default"


class BakeRouter:
    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        if model._meta.app_label == "bake" and model._meta.model_name not in _MAIN:
            return alias()
        return None

    db_for_write = db_for_read

    def allow_relation(self, obj1: Model, obj2: Model, **hints: Any) -> bool | None:
        return None

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool | None:
        if alias() == "default":
            return None
        in_index = app_label == "bake" and (model_name or "").lower() not in _MAIN
        return in_index if db == "bake" else not in_index
