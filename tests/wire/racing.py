"""Many threads send the same request with the same key at once; prints what each was told and what is there.

python -m tests.wire.racing COUNT [plain | control | die]     (the site folder in STANDFIRST_SITE)

`control` takes away what keeps a call from being carried out twice; `die` ends the process between the write
and its commit, and then looks.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from types import SimpleNamespace
from typing import Any

import django

Told = tuple[int, str, bool]


def main(count: int, how: str) -> None:
    from standfirst.stories import api as stories
    from standfirst.wire.api_v1 import tokens
    from standfirst.wire.models import Item

    stories.save_site(name="The Harbour", languages=("en",), time_zone="UTC", actor="a@example.org")
    _row, secret = tokens.issue("racer", tokens.SCOPES, actor="a@example.org")
    if how == "die":
        print(json.dumps(_die(secret)))
        return
    if how == "control":
        _take_the_row_away()
    told = _race(secret, count)
    live = Item.objects.filter(state="live").count()
    print(json.dumps({"told": told, "items": Item.objects.count(), "live": live}))


def _race(secret: str, count: int) -> list[Told]:
    told: list[Told] = []
    start = threading.Barrier(count)

    def run() -> None:
        from django.db import connections

        start.wait()
        told.append(_send(secret))
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def _send(secret: str) -> Told:
    from django.test import Client

    body = json.dumps({"headline": "Ferry delayed", "language": "en", "publish": True})
    answer = Client(HTTP_HOST="localhost", raise_request_exception=False).post(
        "/-/api/v1/items", body, content_type="application/json",
        headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": '"the same"'},
    )  # fmt: skip
    return answer.status_code, str(answer.json().get("id", "")), "Idempotency-Replayed" in answer


def _take_the_row_away() -> None:
    """Take what is unique away: on Postgres the constraint; on SQLite, which writes one by one, the row."""
    from django.db import connection

    from standfirst.wire.api_v1 import once
    from standfirst.wire.api_v1.rows import Answered

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE wire_answered DROP CONSTRAINT one_answer_a_key")
        return

    def always_new(defaults: dict[str, Any], **keys: Any) -> tuple[Answered, bool]:
        return Answered.objects.create(**{**keys, **defaults, "key": os.urandom(8).hex()}), True

    once.Answered = SimpleNamespace(  # type: ignore[misc, assignment]
        objects=SimpleNamespace(get_or_create=always_new)
    )


def _die(secret: str) -> dict[str, Any]:
    """End a child where all is written and nothing is committed; return what is left, and a second try."""
    from django.db import connections

    from standfirst.wire.api_v1.rows import Answered
    from standfirst.wire.models import Item

    connections.close_all()
    child = os.fork()
    if child == 0:
        keep = Answered.save

        def save(row: Answered, *args: Any, **more: Any) -> None:
            if more.get("update_fields"):
                os._exit(9 if Item.objects.filter(state="live").exists() else 1)
            keep(row, *args, **more)

        Answered.save = save  # type: ignore[method-assign, assignment]
        _send(secret)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    left = (Item.objects.count(), Answered.objects.count())
    return {"ended": os.waitstatus_to_exitcode(status), "left": left, "again": _send(secret)}


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "plain")
