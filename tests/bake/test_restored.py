"""Records that were put back from a backup, under an index and a store that are newer."""

from __future__ import annotations

from pathlib import Path

from django.db import connections, transaction

from standfirst.bake import api, segments
from standfirst.bake.baker import Baker
from standfirst.edge import blobs
from standfirst.edge.cache import Cache
from standfirst.edge.follower import Follower
from standfirst.edge.handler import Pages
from standfirst.edge.headers import Policy
from tests.bake.newsroom import page_change, publish

STEPS = 50
TABLES = ("toy_record", "toy_seq", "bake_movedkey", "bake_move")


def bake(baker: Baker) -> None:
    for _ in range(STEPS):
        if baker.step() is None:
            return
    raise AssertionError("the baker bakes without end")


def body(baker: Baker, path: str) -> str:
    entry = segments.read_all(baker.store)[1][path]
    return f"{entry.status} {blobs.read(baker.store, entry.blob).plain.decode()}"


def backup() -> dict[str, list[tuple[object, ...]]]:
    with connections["default"].cursor() as cursor:
        kept = {}
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table}")
            kept[table] = list(cursor.fetchall())
        return kept


def restore(kept: dict[str, list[tuple[object, ...]]]) -> None:
    with transaction.atomic(), connections["default"].cursor() as cursor:
        for table, rows in kept.items():
            cursor.execute(f"DELETE FROM {table}")
            for row in rows:
                cursor.execute(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(row))})", row)


def test_pages_follow_older_records_that_were_put_back_and_what_is_published_then(baker: Baker) -> None:
    publish(page_change("a", "old"))
    bake(baker)
    kept = backup()
    for text in ("new", "newer", "newest"):
        publish({**page_change("a", text), **page_change("later", text)})
    bake(baker)
    edge = Follower(segments.folder(baker.store), Pages(baker.store, Policy(), Cache(10_000)))
    edge.look()
    restore(kept)

    again = Baker(baker.site, "again")
    again.start()
    bake(again)
    assert body(again, "/p/a/") == "200 <p>old</p>"
    assert body(again, "/p/later/").startswith("410")
    publish(page_change("a", "other"))  # takes a number that the lost publishes had
    bake(again)
    assert body(again, "/p/a/") == "200 <p>other</p>"
    assert api.verify(again.site) == []
    edge.look()
    assert blobs_of(edge, again.store, "/p/a/") == "<p>other</p>"


def blobs_of(edge: Follower, store: Path, path: str) -> str:
    entry = edge.pages.table.entry(path)
    assert entry is not None
    return blobs.read(store, entry.blob).plain.decode()
