"""The endpoints: each reads what was asked, calls one action of the wire, and says what came of it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Body, NinjaAPI, Query

from standfirst.kit.ids import is_id
from standfirst.stories.filing import Topic
from standfirst.wire import api as wire
from standfirst.wire.api_v1 import shapes
from standfirst.wire.api_v1.gate import Bearer, demand
from standfirst.wire.api_v1.once import answer, once
from standfirst.wire.api_v1.problems import Problem
from standfirst.wire.api_v1.reading import StrictParser
from standfirst.wire.api_v1.rows import Token
from standfirst.wire.models import Item
from standfirst.wire.waiting import item_kept

V = TypeVar("V", bound=Callable[..., HttpResponse])
M = TypeVar("M", Item, Topic)

api = NinjaAPI(
    title="Standfirst: the wire",
    version="1",
    description="Write the news feed from a program. Errors are RFC 9457 problems and say what to do.",
    openapi_url=None,
    docs_url=None,
    parser=StrictParser(),
    urls_namespace="wire-api-1",
    servers=[{"url": "/-/api/v1"}],
)

Empty = Annotated[shapes.Nothing | None, Body()]


def _operation(method: str, path: str, scope: str, response: Any, *, key: str = "") -> Callable[[V], V]:
    """Declare an endpoint. `key` says whether an Idempotency-Key is "needed", "taken" or neither."""
    status = 201 if response is shapes.Receipt and path == "/items" else 200
    extra = {"x-scope": scope, "x-key": key}
    decorate: Callable[[V], V] = api.api_operation(
        [method], path, auth=Bearer(scope), response={status: response}, openapi_extra=extra
    )
    return decorate


@_operation("POST", "/items", "items:write", shapes.Receipt, key="needed")
def create_item(request: HttpRequest, item: shapes.NewItem) -> HttpResponse:
    """Write an item: a draft, or with `publish` (scope items:publish) for readers at once."""
    token = _token(request)
    if item.publish:
        demand(token, "items:publish")

    def work() -> shapes.Receipt:
        kept = wire.save_item(_draft(item, item.language), actor=token.actor)
        return _publish(kept, token, minor=False) if item.publish else _receipt(kept)

    response = once(request, token, work, status=201, needed=True)
    response["Location"] = f"{request.path}/{json.loads(response.content)['id']}"
    return response


@_operation("GET", "/items", "items:read", shapes.Items)
def list_items(request: HttpRequest, asked: Annotated[shapes.ItemsAsked, Query()]) -> HttpResponse:
    """List items by the time they were begun, the newest first, drafts included."""
    _only(request, shapes.ItemsAsked)
    found = Item.objects.select_related("story").prefetch_related("topics")
    named = asked.model_dump(include={"language", "state", "source_uri"}, exclude_none=True)
    items, following = _page(found.filter(**named), asked.cursor, asked.limit)
    shown = [shapes.item_out(item, _base_url()) for item in items]
    return answer(shapes.Items(items=shown, next=following).model_dump_json())


@_operation("GET", "/items/{item_id}", "items:read", shapes.ItemOut)
def read_item(request: HttpRequest, item_id: str) -> HttpResponse:
    """Read one item as the desk holds it."""
    return answer(shapes.item_out(_item(item_id), _base_url()).model_dump_json())


@_operation("PATCH", "/items/{item_id}", "items:write", shapes.Receipt, key="taken")
def change_item(request: HttpRequest, item_id: str, item: shapes.ChangedItem) -> HttpResponse:
    """Change the fields that are sent; with `publish` (scope items:publish) for readers at once.

    A token without items:publish changes only drafts that it wrote itself.
    """
    token = _token(request)
    if item.publish:
        demand(token, "items:publish")

    def work() -> shapes.Receipt:
        known = _item(item_id, held=True)
        if known.state != Item.State.DRAFT or known.changed_by != token.actor:
            demand(token, "items:publish")
        draft = _changed(known, item)
        kept = wire.save_item(draft, actor=token.actor, item=known, version=item.version)
        return _publish(kept, token, minor=item.minor) if item.publish else _receipt(kept)

    return once(request, token, work)


@_operation("POST", "/items/{item_id}/publish", "items:publish", shapes.Receipt, key="taken")
def publish_item(request: HttpRequest, item_id: str, body: Empty = None) -> HttpResponse:
    """Let readers have an item as it is kept. Doing it twice changes nothing."""
    token = _token(request)
    return once(request, token, lambda: _publish(_item(item_id, held=True), token, minor=False))


@_operation("POST", "/items/{item_id}/undo", "items:publish", shapes.Receipt, key="needed")
def undo(request: HttpRequest, item_id: str, body: Empty = None) -> HttpResponse:
    """Undo the last change that readers have; what was new goes out of the feed. Unpublished words stay."""
    token = _token(request)
    return once(
        request, token, lambda: _done(wire.undo(_item(item_id, held=True), actor=token.actor)), needed=True
    )


@_operation("POST", "/items/{item_id}/take-back", "items:publish", shapes.Receipt, key="taken")
def take_back(request: HttpRequest, item_id: str, body: Empty = None) -> HttpResponse:
    """Take an item out of the feed; it is kept and may return."""
    token = _token(request)
    return once(request, token, lambda: _done(wire.take_back(_item(item_id, held=True), actor=token.actor)))


@_operation("POST", "/items/{item_id}/kill", "items:kill", shapes.Receipt, key="taken")
def kill_item(request: HttpRequest, item_id: str, reason: shapes.Reason) -> HttpResponse:
    """Withdraw an item everywhere at once, for good."""
    token = _token(request)
    return once(
        request, token,
        lambda: _done(wire.kill_item(_item(item_id, held=True), actor=token.actor, why=reason.why)),
    )  # fmt: skip


@_operation("GET", "/topics", "", shapes.Topics)
def list_topics(request: HttpRequest, asked: Annotated[shapes.TopicsAsked, Query()]) -> HttpResponse:
    """List the topics that an item can be filed under; any token may."""
    _only(request, shapes.TopicsAsked)
    found = Topic.objects.all()
    if asked.language is not None:
        found = found.filter(language=asked.language)
    topics, following = _page(found, asked.cursor, asked.limit)
    shown = [shapes.topic_out(topic) for topic in topics]
    return answer(shapes.Topics(topics=shown, next=following).model_dump_json())


def _token(request: HttpRequest) -> Token:
    token = getattr(request, "auth", None)
    assert isinstance(token, Token)  # Bearer has been passed
    return token


def _only(request: HttpRequest, known: type[shapes.Strict]) -> None:
    """Raise Problem for a parameter that is not known; django-ninja would not look at it."""
    if wrong := sorted(set(request.GET) - set(known.model_fields)):
        raise Problem(
            "invalid", f"There is no parameter {wrong[0]}.", errors=[(wrong[0], "is not known here")]
        )


def _item(item_id: str, *, held: bool = False) -> Item:
    """Return the item of an id, held until the transaction ends. Raises Problem."""
    rows = Item.objects.select_for_update() if held else Item.objects.all()
    item = rows.filter(public_id=item_id).first() if is_id(item_id) else None
    if item is None:
        raise Problem("not-found", "There is no item with this id.")
    return item


def _page(rows: QuerySet[M], cursor: str | None, limit: int) -> tuple[list[M], str | None]:
    """Return a page of rows by their ids, which sort by when they were made, and the next cursor."""
    if cursor is not None:
        if not is_id(cursor):
            raise Problem("invalid", "The cursor is none of ours.", errors=[("cursor", "is no cursor")])
        rows = rows.filter(public_id__lt=cursor)
    found = list(rows.order_by("-public_id")[: limit + 1])
    return found[:limit], found[limit - 1].public_id if len(found) > limit else None


def _draft(words: shapes.Words, language: str) -> wire.ItemDraft:
    source = words.source or shapes.Source()
    return wire.ItemDraft(
        headline=words.headline, language=language, body=words.paragraphs, source_name=source.name,
        source_url=source.url, source_status=source.status, topics=tuple(words.topics),
        breaking_until=words.breaking_until, story=words.story, source_uri=words.source_uri,
    )  # fmt: skip


_FIELDS = {
    "headline": ("headline",),
    "text": ("body",),
    "body": ("body",),
    "source": ("source_name", "source_url", "source_status"),
    "topics": ("topics",),
    "breaking_until": ("breaking_until",),
    "story": ("story",),
    "source_uri": ("source_uri",),
}
"""By field of a body: what it changes in a draft."""


def _changed(item: Item, sent: shapes.ChangedItem) -> wire.ItemDraft:
    """Return what an item should say: as it is, but for the fields that were sent."""
    before = item_kept(item)
    after = _draft(sent, item.language)
    names = {name for name in sent.model_fields_set if name in _FIELDS}
    names -= {name for name in ("text", "body") if getattr(sent, name) is None}
    fields = {field: getattr(after, field) for name in names for field in _FIELDS[name]}
    return dataclasses.replace(before, **fields)


def _publish(item: Item, token: Token, *, minor: bool) -> shapes.Receipt:
    return _done(wire.publish_item(item, actor=token.actor, minor=minor))


def _done(done: wire.Done[Item]) -> shapes.Receipt:
    return _receipt(done.item, done.edition.seq)


def _receipt(item: Item, seq: int | None = None) -> shapes.Receipt:
    return shapes.receipt(item, _base_url(), seq)


def _base_url() -> str:
    return str(settings.STANDFIRST.base_url)
