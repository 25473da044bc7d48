"""What goes out of the wire: sent once, followed up when it changes, and taken away when it is withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from standfirst.editions import api as editions
from standfirst.kit import instants
from standfirst.wire import api as wire
from standfirst.wire.channels import failing, settling
from standfirst.wire.channels.models import Channel, Delivery, Subscription
from tests.wire.channels import SOON, World, world
from tests.wire.conftest import ACTOR, published
from tests.wire.peers import Answer

__all__ = ["world"]

pytestmark = [pytest.mark.django_db(databases=["default", "bake"])]

ALL = ("telegram", "bluesky", "webhook")


def breaking(headline: str = "Harbour closed", **more: Any) -> wire.Item:
    return published(headline, breaking_until=instants.now() + SOON, **more)


def edit(item: wire.Item, headline: str, **more: Any) -> wire.Item:
    fields = {
        "language": item.language,
        "body": ("By wind.",),
        "breaking_until": instants.now() + SOON,
        **more,
    }
    kept = wire.save_item(wire.ItemDraft(headline, **fields), actor=ACTOR, item=item)
    return wire.publish_item(kept, actor=ACTOR).item


def kill(item: wire.Item) -> None:
    wire.kill_item(item, actor=ACTOR, why="wrong")


def telegram_says(world: World) -> str:
    (text,) = world.telegram.messages.values()
    return text


def post_says(world: World) -> str:
    (record,) = world.bluesky.posts.values()
    return str(record["text"])


def test_an_item_goes_out_to_every_channel_once(world: World) -> None:
    browser = world.browser("anna")
    item = breaking()
    assert not world.telegram.calls, "nothing is sent within the publish"
    world.work(rounds=3)
    assert telegram_says(world) == f"<b>Harbour closed</b>\n\nBy wind.\n\n{address(item)}"
    assert post_says(world).startswith("Harbour closed\n\n")
    assert list(world.receiver.now().values()) == ["Harbour closed"]
    assert browser.shown[item.public_id]["title"] == "Harbour closed"
    assert browser.shown[item.public_id]["url"] == address(item)
    assert len(world.telegram.sent) == len(world.bluesky.made) == len(world.receiver.events) == 1
    assert browser.rings == 1
    for kind in ("telegram", "bluesky", "webhook", "webpush"):
        assert world.states(kind) == [("publish", "done")]


def address(item: wire.Item) -> str:
    return f"{editions.site().base_url}/feed/{item.public_id}/"


def test_an_edit_changes_what_stands_there_and_a_kill_takes_it_away(world: World) -> None:
    browser = world.browser("anna")
    item = breaking()
    world.work()
    edit(item, "Harbour open again")
    world.work()
    assert telegram_says(world).startswith("<b>Harbour open again</b>")
    assert post_says(world).startswith("Harbour open again\n")
    assert list(world.receiver.now().values()) == ["Harbour open again"]
    assert browser.shown[item.public_id]["title"] == "Harbour open again"
    assert browser.rings == 1, "a change makes no sound"
    kill(item)
    world.work()
    assert not world.telegram.messages
    assert not world.bluesky.posts
    assert not world.receiver.now()
    said = browser.shown[item.public_id]
    assert said["state"] == "gone"
    assert "Harbour" not in said["title"].replace("The Harbour", "")
    assert {"url", "text"}.isdisjoint(said)


def test_a_take_back_and_a_return_are_gone_and_new(world: World) -> None:
    item = breaking()
    world.work()
    wire.take_back(item, actor=ACTOR)
    world.work()
    assert not world.telegram.messages
    wire.publish_item(item, actor=ACTOR)
    world.work()
    assert telegram_says(world).startswith("<b>Harbour closed</b>")
    assert len(world.telegram.sent) == 2


def test_what_is_withdrawn_before_it_was_sent_is_never_sent(world: World) -> None:
    item = breaking()
    kill(item)
    world.work()
    assert not world.telegram.calls + world.bluesky.calls + world.receiver.calls
    assert world.states("telegram") == [("publish", "skipped")]


def test_of_changes_that_wait_only_the_newest_is_sent(world: World) -> None:
    item = breaking()
    edit(item, "Harbour half closed")
    edit(item, "Harbour open")
    world.work()
    assert telegram_says(world).startswith("<b>Harbour open</b>")
    assert len(world.telegram.sent) == 1
    assert [state for _, state in world.states("webhook")] == ["skipped", "skipped", "done"]
    assert next(iter(world.receiver.events.values()))["type"] == "item.published"


def test_a_change_of_nothing_that_is_sent_sends_nothing(world: World) -> None:
    item = breaking()
    world.work()
    calls = len(world.telegram.calls)
    edit(item, "Harbour closed", breaking_until=None)  # only the flag
    world.work()
    assert len(world.telegram.calls) == calls
    assert world.states("telegram")[-1] == ("edit", "skipped")


def test_what_readers_must_know_stands_before_the_headline_everywhere(world: World) -> None:
    browser = world.browser("anna", "uk")
    item = breaking("Порт закрито", language="uk", source_name="Очевидець", source_status="unverified")
    world.work()
    assert telegram_says(world).startswith("<b>Не підтверджено: Порт закрито</b>")
    assert "(Очевидець)" in telegram_says(world)
    assert post_says(world).startswith("Не підтверджено: Порт закрито")
    assert next(iter(world.receiver.events.values()))["data"]["status"] == "unverified"
    assert browser.shown[item.public_id]["title"] == "Не підтверджено: Порт закрито"


def test_a_channel_gets_what_it_is_for(world: World) -> None:
    Channel.objects.filter(kind="telegram").update(breaking_only=True)
    Channel.objects.filter(kind="bluesky").update(language="uk")
    calm = published("A calm day")
    world.work()
    assert not world.telegram.messages
    assert not world.bluesky.posts
    assert world.receiver.now() == {calm.public_id: "A calm day"}
    edit(calm, "A storm")  # breaking now
    world.work()
    assert telegram_says(world).startswith("<b>A storm</b>")


def test_an_alert_that_comes_too_late_is_none(world: World) -> None:
    browser = world.browser("anna")
    world.push.faults = [500]
    breaking()
    world.work()
    world.clock.pass_by(hours=3)
    world.work()
    assert not browser.shown
    assert [row.state for row in world.rows("webpush") if row.subscription_id] == ["skipped"]


class TestFailures:
    @pytest.mark.parametrize("kind", ALL)
    @pytest.mark.parametrize("faults", [[500, 500], [429], [401, 503]])
    def test_it_is_tried_until_it_works(self, world: World, kind: str, faults: list[int]) -> None:
        double = {"telegram": world.telegram, "bluesky": world.bluesky, "webhook": world.receiver}[kind]
        if kind == "bluesky":
            world.worker._sender(world.channels[kind])._did()  # type: ignore[attr-defined]
        double.faults = list(faults)
        breaking()
        for _ in range(4):
            world.work()
            world.clock.pass_by(minutes=10)
        assert world.states(kind) == [("publish", "done")]
        assert len({"telegram": world.telegram.sent, "bluesky": world.bluesky.made,
                    "webhook": world.receiver.events}[kind]) == 1  # fmt: skip

    def test_it_waits_longer_each_time_and_in_the_end_gives_up_and_says_so(self, world: World) -> None:
        world.receiver.faults = [500] * 30
        breaking()
        began, tries = world.clock(), []
        for _ in range(30):
            world.work()
            row = world.rows("webhook")[0]
            tries.append(row.attempts)
            if row.state != "waiting":
                break
            world.clock.ahead += row.next_try_at - world.clock() + timedelta(seconds=0.1)
        assert world.states("webhook") == [("publish", "failed")]
        assert max(tries) == 10
        assert timedelta(hours=4) < world.clock() - began < timedelta(hours=7)
        assert failing.shown(row.error, row.error_values) == "answered 500"

    def test_a_channel_that_asks_for_rest_is_left_alone_with_everything(self, world: World) -> None:
        world.telegram.faults = [429]
        breaking("One")
        breaking("Two")
        world.work()
        assert len(world.telegram.calls) == 1
        world.clock.pass_by(seconds=6)
        world.work()
        assert len(world.telegram.calls) == 1, "it said seven seconds"
        world.clock.pass_by(seconds=2)
        world.work()
        assert len(world.telegram.messages) == 2

    def test_a_kill_goes_before_all_that_waits(self, world: World) -> None:
        first = breaking("First")
        world.work()
        breaking("Second")
        kill(first)
        world.telegram.calls.clear()
        world.work()
        assert world.telegram.calls[0].endswith("deleteMessage")

    @pytest.mark.parametrize("fault", ["hang", "drop"])
    def test_where_a_repeat_shows_once_it_is_repeated(self, world: World, fault: str) -> None:
        world.worker._sender(world.channels["bluesky"])._did()  # type: ignore[attr-defined]
        world.bluesky.faults, world.receiver.faults = [fault], [fault]
        browser = world.browser("anna")
        world.push.faults = [fault]
        breaking()
        world.work()
        world.clock.pass_by(seconds=10)
        world.work()
        assert len(world.bluesky.made) == len(world.bluesky.posts) == 1
        assert len(world.receiver.events) == 1
        assert world.receiver.repeats == (fault == "drop")
        assert browser.rings == 1
        for kind in ("bluesky", "webhook", "webpush"):
            assert {row.state for row in world.rows(kind)} == {"done"}

    @pytest.mark.parametrize("fault", ["hang", "drop"])
    def test_where_nobody_knows_it_is_not_repeated_and_a_person_decides(
        self, world: World, fault: str
    ) -> None:
        world.telegram.faults = [fault]
        item = breaking()
        world.work()
        world.clock.pass_by(hours=1)
        edit(item, "Harbour open")
        world.work(rounds=2)
        assert world.states("telegram") == [("publish", "unknown"), ("edit", "waiting")]
        assert len(world.telegram.sent) == (fault == "drop")

    @pytest.mark.parametrize("asked", ["99999999999999", "9" * 400])
    def test_who_asks_to_be_left_alone_for_ages_is_for_a_day_and_the_others_are_told(
        self, world: World, monkeypatch: pytest.MonkeyPatch, asked: str
    ) -> None:
        world.browser("anna")
        other, answer = world.browser("bob"), world.push.answer

        def answering(path: str, headers: Any, body: bytes) -> Answer:
            late = Answer(429, {}, {"Retry-After": asked})
            return late if path.endswith("/anna") else answer(path, headers, body)

        monkeypatch.setattr(world.push, "answer", answering)
        breaking()
        world.work(rounds=2)
        assert other.rings == 1
        (waiting,) = world.rows("webpush", state="waiting")
        assert waiting.next_try_at <= instants.now() + timedelta(days=1)

    def test_rows_that_wait_for_a_persons_word_do_not_crowd_out_what_is_new(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("standfirst.wire.channels.claiming.LOOKED_AT", 2)
        world.telegram.faults = ["drop"] * 2
        items = [breaking("One"), breaking("Two")]
        world.work(rounds=3)
        for item in items:
            edit(item, f"{item.headline}, corrected")
        breaking("Three")
        world.work(rounds=2)
        assert [text.split("</b>")[0] for text in world.telegram.messages.values()] == [
            "<b>One",
            "<b>Two",
            "<b>Three",
        ]
        for row in world.rows("telegram", state="unknown"):
            Delivery.objects.filter(pk=row.pk).update(state="done")
        world.clock.pass_by(seconds=20)
        world.work(rounds=2)
        assert not world.rows("telegram", state="waiting"), "they went on once a person had decided"

    def test_a_kill_of_what_nobody_knows_of_says_look_by_hand(self, world: World) -> None:
        world.telegram.faults = ["drop"]
        item = breaking()
        world.work()
        kill(item)
        world.work()
        gone = world.rows("telegram")[-1]
        assert (gone.what, gone.state) == ("gone", "failed")
        assert "by hand" in gone.error

    def test_an_edit_or_kill_whose_answer_is_lost_is_done_again(self, world: World) -> None:
        item = breaking()
        world.work()
        world.telegram.faults = ["drop"]
        edit(item, "Harbour open")
        world.work()
        world.clock.pass_by(seconds=10)
        world.work()
        world.telegram.faults = ["drop"]
        kill(item)
        world.work()
        world.clock.pass_by(seconds=10)
        world.work()
        assert world.states("telegram") == [("publish", "done"), ("edit", "done"), ("gone", "done")]
        assert not world.telegram.messages

    @pytest.mark.parametrize("kind", ["bluesky", "webhook"])
    def test_what_may_have_come_through_is_taken_away_by_a_kill(self, world: World, kind: str) -> None:
        world.worker._sender(world.channels["bluesky"])._did()  # type: ignore[attr-defined]
        double = world.bluesky if kind == "bluesky" else world.receiver
        double.faults = ["drop"]
        item = breaking()
        world.work()
        kill(item)
        world.work()
        assert world.states(kind) == [("publish", "skipped"), ("gone", "done")]
        assert not world.bluesky.posts
        assert not world.receiver.now()

    def test_an_edit_that_may_have_come_through_leaves_no_second_post(self, world: World) -> None:
        item = breaking()
        world.work()
        world.bluesky.faults = ["drop"]
        edit(item, "Harbour half closed")
        world.work()
        assert len(world.bluesky.posts) == 2, "the new one is there, and nobody knows"
        edit(item, "Harbour open")
        world.work()
        assert post_says(world).startswith("Harbour open")

    def test_a_take_back_that_fails_is_done_before_the_item_returns(self, world: World) -> None:
        item = breaking()
        world.work()
        world.telegram.faults = [500]
        wire.take_back(item, actor=ACTOR)
        world.work()
        wire.publish_item(item, actor=ACTOR)
        world.work()
        assert len(world.telegram.sent) == 1
        world.clock.pass_by(seconds=10)
        world.work(rounds=2)
        assert len(world.telegram.messages) == 1
        assert len(world.telegram.sent) == 2

    def test_a_receiver_that_says_410_is_asked_no_more(self, world: World) -> None:
        world.receiver.faults = [410]
        breaking("One")
        world.work()
        breaking("Two")
        world.work()
        assert len(world.receiver.calls) == 1
        channel = Channel.objects.get(kind="webhook")
        assert not channel.active
        assert failing.shown(channel.trouble, channel.trouble_values) == "answered 410"

    def test_a_browser_that_is_gone_is_forgotten_and_the_others_are_told(self, world: World) -> None:
        world.browser("anna").gone = True
        bert = world.browser("bert")
        breaking()
        world.work(rounds=2)
        assert [one.endpoint[-4:] for one in Subscription.objects.all()] == ["bert"]
        assert len(bert.shown) == 1

    def test_a_channel_that_hangs_holds_up_no_other(self, world: World) -> None:
        world.telegram.faults = ["hang"] * 3
        breaking()
        world.work()
        assert world.receiver.now()

    def test_a_paused_channel_says_nothing_new_but_takes_away_what_is_killed(self, world: World) -> None:
        item = breaking("One")
        world.work()
        Channel.objects.filter(kind="telegram").update(active=False)
        breaking("Two")
        kill(item)
        world.work()
        assert not world.telegram.messages
        assert len(world.telegram.sent) == 1


class TestTelegram:
    def test_what_cannot_be_deleted_any_more_is_written_over(self, world: World) -> None:
        item = breaking()
        world.work()
        world.telegram.undeletable = True
        kill(item)
        world.work()
        assert telegram_says(world) == "Withdrawn by The Harbour."

    def test_signs_of_its_markup_in_a_text_are_only_signs(self, world: World) -> None:
        breaking("Ferry <b> & co", body=("5 < 6 & 7 > 2",))
        world.work()
        assert "<b>Ferry &lt;b&gt; &amp; co</b>\n\n5 &lt; 6 &amp; 7 &gt; 2" in telegram_says(world)


class TestBluesky:
    def test_after_five_minutes_a_post_stays_and_the_row_says_so(self, world: World) -> None:
        item = breaking()
        world.work()
        world.clock.pass_by(minutes=6)
        edit(item, "Harbour open")
        world.work()
        assert post_says(world).startswith("Harbour closed")
        row = world.rows("bluesky")[-1]
        assert row.state == "skipped"
        assert "five minutes" in row.error
        kill(item)
        world.work()
        assert not world.bluesky.posts, "a kill knows no limit"

    def test_it_signs_in_once_and_again_when_the_session_is_over(self, world: World) -> None:
        breaking("One")
        breaking("Two")
        world.work()
        assert world.bluesky.sessions == 1
        world.bluesky.expired = True
        breaking("Three")
        world.work()
        assert world.bluesky.sessions == 2
        assert len(world.bluesky.posts) == 3

    def test_a_long_headline_in_any_script_fits_and_its_link_is_where_it_is_said_to_be(
        self, world: World
    ) -> None:
        item = breaking("Ферррі " * 42, language="uk")
        world.work()
        (record,) = world.bluesky.posts.values()
        index = record["facets"][0]["index"]
        linked = record["text"].encode()[index["byteStart"] : index["byteEnd"]].decode()
        assert len(record["text"]) <= 300
        assert linked.startswith("localhost") or "/feed/" in linked
        assert record["embed"]["external"]["uri"].endswith(f"/uk/feed/{item.public_id}/")
        assert record["langs"] == ["uk"]


class TestWorkersThatDie:
    """One that ends between sending and noting: the claim is found when it is too old."""

    def die(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as patch:
            patch.setattr("standfirst.wire.channels.worker.settle", lambda *_: None)
            world.work()

    def test_nothing_is_lost_and_what_may_be_double_is_listed(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        browser = world.browser("anna")
        breaking()
        self.die(world, monkeypatch)
        world.work()
        assert {row.state for row in Delivery.objects.filter(subscription=None)} == {"claimed"}
        world.clock.pass_by(seconds=settling.LEASE.total_seconds() + 1)
        world.work(rounds=2)
        assert world.states("telegram") == [("publish", "unknown")]
        for kind in ("bluesky", "webhook", "webpush"):
            assert {row.state for row in world.rows(kind)} == {"done"}, kind
        assert (len(world.telegram.sent), len(world.bluesky.made), len(world.receiver.events)) == (1, 1, 1)
        assert browser.rings == 1

    def test_a_kill_waits_for_what_may_still_be_on_its_way(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        item = breaking()
        self.die(world, monkeypatch)
        kill(item)
        world.work()
        assert world.states("bluesky")[-1] == ("gone", "waiting")
        world.clock.pass_by(seconds=settling.LEASE.total_seconds() + 1)
        world.work(rounds=2)
        assert not world.bluesky.posts
        assert not world.receiver.now()

    def test_who_was_only_slow_corrects_what_was_taken_for_unknown(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kept: list[Any] = []
        with monkeypatch.context() as patch:
            patch.setattr("standfirst.wire.channels.worker.settle", lambda *it: kept.append(it))
            breaking()
            world.work()
        world.clock.pass_by(seconds=settling.LEASE.total_seconds() + 1)
        world.work()
        assert world.states("telegram") == [("publish", "unknown")]
        for one in kept:
            settling.settle(*one)
        assert world.states("telegram") == [("publish", "done")]
        assert world.rows("telegram")[0].remote_id == "1"


def test_an_item_that_is_erased_by_law_is_deleted_in_channels_too(world: World) -> None:
    item = breaking()
    world.work()
    request = editions.request_expunge(item.record, actor=ACTOR, why="law")
    report = editions.approve_expunge(request.pk, actor="other@example.org")
    world.work()
    assert not world.telegram.messages
    assert not world.bluesky.posts
    assert any("webhooks" in sentence for sentence in report.beyond_recall)
    assert not Delivery.objects.exclude(digest="").exists()
