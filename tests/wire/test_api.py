"""The life of an item through the API: what a program writes is what readers have, and what it may not."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from standfirst.editions import api as editions
from standfirst.editions import lists
from standfirst.editions.documents import FeedItem
from standfirst.kit import instants
from standfirst.stories import api as stories
from standfirst.wire import api as wire
from tests.stories.conftest import signed_in, staff
from tests.wire.api import Bot, item, token
from tests.wire.conftest import ACTOR, published

pytestmark = [
    pytest.mark.django_db(databases=["default", "bake"]),
    pytest.mark.usefixtures("newsroom"),
    pytest.mark.urls("tests.stories.public_urls"),
]


@pytest.fixture
def bot(newsroom: None) -> Bot:
    return Bot(token(name="harbour-bot"))


def public(public_id: str) -> FeedItem:
    found = editions.current(f"item:{public_id}")
    assert isinstance(found, FeedItem)
    return found


def test_a_draft_is_seen_by_nobody_and_published_it_is_what_was_sent(bot: Bot) -> None:
    topic = stories.save_topic(stories.SectionDraft(name="Ferries"), actor=ACTOR)
    until = instants.now() + timedelta(hours=1)
    sent = item(
        text="By **wind** and <script>x</script>tide.\nSee [the port](https://port.example/).",
        source={"name": "Port", "url": "https://port.example/1", "status": "unverified"},
        topics=[topic.public_id], breaking_until=until.isoformat(), source_uri="port:77",
    )  # fmt: skip
    made = bot.post("/items", sent)
    assert made.status_code == 201
    receipt = made.json()
    assert made["Location"] == f"/-/api/v1/items/{receipt['id']}"
    assert (receipt["state"], receipt["version"], receipt["url"], receipt["seq"]) == ("draft", 1, None, None)
    assert lists.newest("feed/en") == ()
    put = bot.post(f"/items/{receipt['id']}/publish").json()
    assert put["url"] == f"{settings.STANDFIRST.base_url}/feed/{receipt['id']}/"
    found = public(receipt["id"])
    assert found.headline == "Ferry delayed"
    assert found.body[0].startswith("By <strong>wind</strong>")
    assert "<script" not in "".join(found.body)
    assert found.body[1] == 'See <a href="https://port.example/">the port</a>.'
    assert found.source is not None
    assert (found.source.name, found.source.status) == ("Port", "unverified")
    assert (found.topics, found.breaking_until, found.source_uri) == ((topic.public_id,), until, "port:77")
    edition = editions.history(f"item:{receipt['id']}")[0]
    assert (edition.actor, edition.seq) == ("api:harbour-bot", put["seq"])


def test_published_at_once_changed_undone_taken_back_put_again_and_killed(bot: Bot) -> None:
    made = bot.post("/items", item(publish=True)).json()
    path = f"/items/{made['id']}"
    assert made["state"] == "live"
    told = bot.patch(path, {"version": 1, "headline": "Ferry cancelled", "publish": True}).json()
    assert (told["version"], public(made["id"]).headline) == (2, "Ferry cancelled")
    assert public(made["id"]).body == ("By <em>wind</em>.",), "what is not sent stays"
    assert told["updated_at"] is not None
    undone = bot.post(f"{path}/undo").json()
    assert (public(made["id"]).headline, undone["updated_at"]) == ("Ferry delayed", None)
    assert bot.post(f"{path}/take-back").json()["state"] == "down"
    assert editions.current(f"item:{made['id']}") is None
    assert bot.post(f"{path}/publish").json()["state"] == "live"
    killed = bot.post(f"{path}/kill", {"why": "A source is in danger."}).json()
    assert killed["state"] == "killed"
    assert editions.history(f"item:{made['id']}")[-1].note == "A source is in danger."
    shown = bot.get(path).json()
    assert (shown["headline"], shown["body"], shown["state"]) == ("", [], "killed")
    again = bot.post(f"{path}/publish")
    assert (again.status_code, again.json()["type"].rpartition(":")[2]) == (409, "state")
    assert "withdrawn for good" in again.json()["detail"]


def test_a_slip_of_the_pen_is_no_update_and_fields_can_be_emptied(bot: Bot) -> None:
    source = {"name": "Port", "url": "https://port.example/1", "status": "verified"}
    made = bot.post("/items", item(publish=True, source=source)).json()
    path = f"/items/{made['id']}"
    small = bot.patch(path, {"version": 1, "text": "By wind!", "publish": True, "minor": True}).json()
    assert (small["updated_at"], public(made["id"]).body) == (None, ("By wind!",))
    assert bot.patch(path, {"version": 2, "source": None, "body": [], "publish": True}).status_code == 200
    assert (public(made["id"]).source, public(made["id"]).body) == (None, ())


def test_a_long_item_of_the_desk_can_be_changed_too(bot: Bot) -> None:
    lines = tuple(f"Line {count}" for count in range(60))
    desks = published(body=lines, source_name="Port", source_status="disputed")
    assert bot.patch(f"/items/{desks.public_id}", {"version": 1, "headline": "Mine"}).status_code == 200
    kept = wire.Item.objects.get()
    assert (kept.headline, kept.paragraphs, kept.source_status) == ("Mine", lines, "disputed")


def test_what_a_program_reads_goes_back_unchanged(bot: Bot) -> None:
    made = bot.post(
        "/items", item(body=["A <b>b</b> &amp; <a href='https://x.example/?a=1&b=2'>c</a>"], text=None)
    )
    path = f"/items/{made.json()['id']}"
    shown = bot.get(path).json()
    assert bot.patch(path, {"version": 1, "body": shown["body"]}).status_code == 200
    assert bot.get(path).json()["body"] == shown["body"]


def test_who_saves_over_somebody_is_told_and_not_by_their_address(bot: Bot) -> None:
    desks = published()
    wire.save_item(wire.ItemDraft(headline="Other", language="en"), actor=ACTOR, item=desks)
    answer = bot.patch(f"/items/{desks.public_id}", {"version": desks.version, "headline": "Mine"})
    assert answer.status_code == 409
    assert answer.json()["type"].endswith(":changed-meanwhile")
    assert ACTOR not in answer.content.decode()
    assert ACTOR not in bot.get(f"/items/{desks.public_id}").content.decode()
    assert wire.Item.objects.get().headline == "Other"


def test_items_are_listed_from_the_newest_each_once(bot: Bot) -> None:
    made = [
        bot.post("/items", item(f"Number {count}", source_uri=f"n:{count}")).json()["id"]
        for count in range(5)
    ]
    bot.post("/items", item("Пором", language="uk", publish=True))
    seen, cursor = [], ""
    while cursor is not None:
        page = bot.get(f"/items?limit=2&language=en{cursor and '&cursor='}{cursor}").json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
    assert seen == sorted(made, reverse=True)
    assert [one["headline"] for one in bot.get("/items?state=live").json()["items"]] == ["Пором"]
    assert [one["id"] for one in bot.get("/items?source_uri=n:3").json()["items"]] == [made[3]]


def test_topics_are_listed_for_any_token() -> None:
    ferries = stories.save_topic(stories.SectionDraft(name="Ferries"), actor=ACTOR)
    stories.save_topic(stories.SectionDraft(name="Пороми", language="uk"), actor=ACTOR)
    bot = Bot(token("items:write"))
    assert len(bot.get("/topics").json()["topics"]) == 2
    (only,) = bot.get("/topics?language=en").json()["topics"]
    assert only == {"id": ferries.public_id, "name": "Ferries", "slug": "ferries", "language": "en"}


def test_no_cookie_lets_in_or_is_set(settings: Any) -> None:
    settings.MIDDLEWARE = [
        name for name in settings.MIDDLEWARE if "DeskMiddleware" not in name
    ]  # as in public
    client = signed_in(staff("admin@example.org", is_superuser=True))
    answer = client.get("/-/api/v1/items")
    assert answer.status_code == 401
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    let_in = Bot(token(), client).get("/items")
    assert (let_in.status_code, let_in["Cache-Control"], bool(let_in.cookies)) == (200, "no-store", False)


def test_refusals_speak_the_language_that_was_asked_for(bot: Bot) -> None:
    sent = item(language="fr")
    assert "no language of this site" in bot.post("/items", sent).json()["detail"]
    ukrainian = bot.post("/items", sent, Accept_Language="uk-UA,uk;q=0.9").json()["detail"]
    assert any("а" <= letter <= "я" for letter in ukrainian)
    assert json.loads(bot.post("/items", sent, Accept_Language="xx,*;q=0.1;;").content)["status"] == 422


def test_follow_ups_hear_of_what_a_program_publishes(bot: Bot) -> None:
    heard: list[tuple[str, str]] = []
    with wire.followups.temporarily("test", lambda change: heard.append((change.kind, change.actor))):
        bot.post("/items", item(publish=True))
    assert heard == [("published", "api:harbour-bot")]


def test_what_nobody_foresaw_is_logged_and_told_without_a_trace(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise RuntimeError("a secret " + "of the house")

    monkeypatch.setattr(wire, "save_item", fail)
    for debug in (False, True):
        settings.DEBUG = debug
        answer = bot.post("/items", item(), key="k")
        assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
        assert "secret of the house" not in answer.content.decode()
    settings.DEBUG = False
    assert "RuntimeError" in caplog.text
    assert "in fail" in caplog.text, "where it happened"
    assert "secret of the house" not in caplog.text
    assert bot.secret not in caplog.text
    monkeypatch.undo()
    assert bot.post("/items", item(), key="k").status_code == 201, "its key is still free"
