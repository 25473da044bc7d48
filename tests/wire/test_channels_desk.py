"""Channels at the desk: added, tested, paused, and what nobody knows decided; secrets are not seen again."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from standfirst.project.doctor import _channels
from standfirst.wire import api as wire
from standfirst.wire.channels import secrets, webhook
from standfirst.wire.channels.failing import Refused
from standfirst.wire.channels.models import Channel, Delivery
from standfirst.wire.channels.sending import kinds
from standfirst.wire.channels.worker import sender_of
from tests.stories.conftest import signed_in, staff
from tests.wire.channels import World, world
from tests.wire.peers import PASSWORD, SECRET, TOKEN
from tests.wire.test_channels import breaking, edit

__all__ = ["world"]

pytestmark = [pytest.mark.django_db(databases=["default", "bake"])]


@pytest.fixture
def publisher(world: World) -> Client:
    return signed_in(staff("publisher@example.org", "Publishers"))


def do(client: Client, channel: Channel, deed: str, delivery: Delivery | None = None) -> str:
    data = {"do": deed, **({"delivery": delivery.pk} if delivery else {})}
    answer = client.post(f"/desk/channels/{channel.pk}/", data, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_channel_is_added_tested_and_sends(world: World, publisher: Client) -> None:
    Channel.objects.all().delete()
    data = {"name": "Our channel", "chat": "@courier", "secret": TOKEN, "language": "en"}
    answer = publisher.post("/desk/channels/add/telegram/", data, follow=True)
    assert "Our channel" in answer.content.decode()
    channel = Channel.objects.get()
    assert (channel.settings, channel.breaking_only, channel.changed_by) == (
        {"chat": "@courier"}, False, "publisher@example.org",
    )  # fmt: skip
    assert secrets.unseal(channel) == TOKEN
    assert "on its way" in do(publisher, channel, "test")
    world.work()
    assert "test of the channel" in next(iter(world.telegram.messages.values()))
    world.telegram.messages.clear()
    breaking()
    world.work()
    page = publisher.get(f"/desk/channels/{channel.pk}/").content.decode()
    assert page.count('class="sf-state">Sent') == 2
    assert "Harbour closed" in page


def test_a_webhooks_secret_is_shown_once(world: World, publisher: Client) -> None:
    data = {"name": "Partner", "url": "https://partner.example/hook", "language": ""}
    page = publisher.post("/desk/channels/add/webhook/", data)
    (shown,) = re.findall(r"whsec_[A-Za-z0-9+/=]+", page.content.decode())
    assert page.headers["Cache-Control"].startswith("no-store")
    channel = Channel.objects.get(name="Partner")
    assert secrets.unseal(channel) == shown
    assert webhook.key(shown)
    for path in (f"/desk/channels/{channel.pk}/", f"/desk/channels/{channel.pk}/edit/"):
        assert "whsec_" not in publisher.get(path).content.decode()
    assert "whsec_" in do(publisher, channel, "secret")
    assert secrets.unseal(Channel.objects.get(pk=channel.pk)) != shown


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("webhook", {"url": "http://partner.example/"}), ("webhook", {"url": "https://127.0.0.1/"}),
        ("webhook", {"url": "https://localhost/hook"}), ("telegram", {"chat": "@x"}),
        ("bluesky", {"account": "a.example", "service": "http://x.example", "secret": "x"}),
    ],
)  # fmt: skip
def test_what_cannot_work_is_said_at_once(publisher: Client, kind: str, data: dict[str, str]) -> None:
    before = Channel.objects.count()
    answer = publisher.post(f"/desk/channels/add/{kind}/", {"name": "New", **data})
    assert answer.status_code == 422
    assert "sf-item__error" in answer.content.decode()
    assert Channel.objects.count() == before


def test_there_is_one_channel_for_browsers(publisher: Client) -> None:
    answer = publisher.post("/desk/channels/add/webpush/", {"name": "Again"})
    assert answer.status_code == 422
    assert "A test would reach" in do(publisher, Channel.objects.get(kind="webpush"), "test")


def test_changing_a_name_keeps_the_secret(world: World, publisher: Client) -> None:
    channel = world.channels["telegram"]
    answer = publisher.post(f"/desk/channels/{channel.pk}/edit/", {"name": "Other", "chat": "@other"})
    assert answer.status_code == 302
    channel.refresh_from_db()
    assert (channel.name, secrets.unseal(channel)) == ("Other", TOKEN)


def test_a_pause_forgets_what_waits_and_a_resume_goes_on(world: World, publisher: Client) -> None:
    breaking("Before")
    do(publisher, world.channels["telegram"], "pause")
    breaking("Meanwhile")
    do(publisher, world.channels["telegram"], "resume")
    breaking("After")
    world.work()
    assert [text.partition("\n")[0] for text in world.telegram.sent] == ["<b>After</b>"]


class TestDecisions:
    def unknown(self, world: World, fault: str) -> tuple[wire.Item, Delivery]:
        world.telegram.faults = [fault]
        item = breaking()
        world.work()
        (row,) = world.rows("telegram", state="unknown")
        return item, row

    def test_what_is_not_there_is_sent_again(self, world: World, publisher: Client) -> None:
        _, row = self.unknown(world, "hang")
        page = publisher.get(f"/desk/channels/{row.channel_id}/").content.decode()
        assert "Unknown whether it was sent" in page
        assert "Look there before" in page
        do(publisher, row.channel, "again", row)
        world.work()
        assert world.states("telegram") == [("publish", "done")]
        assert len(world.telegram.messages) == 1

    def test_an_edit_that_waited_goes_out_in_its_place(self, world: World, publisher: Client) -> None:
        item, row = self.unknown(world, "hang")
        edit(item, "Harbour open")
        do(publisher, row.channel, "again", row)
        world.work()
        assert [text.partition("\n")[0] for text in world.telegram.sent] == ["<b>Harbour open</b>"]

    def test_what_is_there_is_left_and_later_edits_are_for_a_person(
        self, world: World, publisher: Client
    ) -> None:
        item, row = self.unknown(world, "drop")
        do(publisher, row.channel, "leave", row)
        edit(item, "Harbour open")
        world.work()
        assert len(world.telegram.sent) == 1, "not a second time"
        last = world.rows("telegram")[-1]
        assert last.state == "failed"
        assert "by hand" in last.error

    def test_what_is_settled_stays_so(self, world: World, publisher: Client) -> None:
        breaking()
        world.work()
        (row,) = world.rows("telegram")
        assert "settled already" in do(publisher, row.channel, "again", row)
        assert world.states("telegram") == [("publish", "done")]

    def test_a_delivery_of_another_channel_is_not_found(self, world: World, publisher: Client) -> None:
        _, row = self.unknown(world, "hang")
        address = f"/desk/channels/{world.channels['webhook'].pk}/"
        assert publisher.post(address, {"do": "again", "delivery": row.pk}).status_code == 404


class TestSecrets:
    CANARIES = (TOKEN, PASSWORD, SECRET, SECRET.removeprefix("whsec_"), "canary-session")

    def test_they_stand_in_no_row_no_log_no_page_and_no_error(
        self, world: World, publisher: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        world.browser("anna")
        with caplog.at_level(logging.DEBUG):
            for fault in (401, 500, "hang", "drop", 429, 400):
                for double in (world.telegram, world.bluesky, world.receiver, world.push):
                    double.faults = [fault]
                item = breaking()
                world.work()
                edit(item, "Changed")
                world.clock.pass_by(minutes=3)
                world.work()
            findings = [repr(one) for one in _channels(settings.STANDFIRST_SITE, settings.STANDFIRST)]
        pages = [publisher.get("/desk/channels/").content.decode()]
        for channel in Channel.objects.all():
            pages += [
                publisher.get(f"/desk/channels/{channel.pk}/{part}").content.decode()
                for part in ("", "edit/")
            ]
        seen = {"log": caplog.text, "pages": "".join(pages), "doctor": "".join(findings), "rows": _database()}
        for where, text in seen.items():
            for canary in (*self.CANARIES, world.key):
                assert canary not in text, (where, canary)
        assert len(seen["rows"]) > 5000
        senders = repr([world.worker._senders, *(sender_of(one) for one in Channel.objects.all())])
        assert not [canary for canary in (*self.CANARIES, world.key) if canary in senders]

    def test_the_test_would_see_one(self, world: World) -> None:
        """The control: a secret in a row is found."""
        Channel.objects.filter(kind="telegram").update(trouble=TOKEN)
        assert TOKEN in _database()

    def test_a_mistake_of_ours_is_logged_without_its_words(
        self, world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: Any, **__: Any) -> None:
            raise RuntimeError(f"https://api.telegram.org/bot{TOKEN}/sendMessage")

        monkeypatch.setattr("standfirst.wire.channels.telegram.ask_json", broken)
        breaking()
        world.work()
        assert "RuntimeError" in caplog.text
        assert TOKEN not in caplog.text + _database()
        assert world.states("telegram") == [("publish", "unknown")]

    def test_a_secret_sealed_with_another_key_is_asked_for_again(self, world: World) -> None:
        channel = world.channels["telegram"]
        channel.public_id = "0" * 26  # sealed for another channel
        with pytest.raises(Refused, match="enter it again"):
            secrets.unseal(channel)

    def test_a_site_restored_without_its_key_says_so_and_sends_once_it_has_it(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from standfirst.kit import sealing

        with monkeypatch.context() as patch:
            patch.setattr(settings, "STANDFIRST_SPOOL_KEY", sealing.new_private_key())
            breaking()
            world.work()
        (row,) = world.rows("telegram")
        assert (row.state, row.attempts) == ("waiting", 1)
        assert "enter it again" in row.error
        world.clock.pass_by(minutes=1)
        world.worker._senders.clear()
        world.work()
        assert len(world.telegram.messages) == 1


class TestDoctor:
    def findings(self) -> dict[str, tuple[str, str]]:
        found = _channels(settings.STANDFIRST_SITE, settings.STANDFIRST)
        return {
            one.what.partition(":")[0]: (one.state, one.what) for one in found if "nobody" not in one.what
        }

    def test_each_channel_is_asked_itself(self, world: World) -> None:
        assert {state for state, _ in self.findings().values()} == {"well"}
        assert self.findings()["Telegram"][1] == "Telegram: @courier_bot in The Courier"
        assert not world.telegram.sent
        assert not world.bluesky.made

    def test_what_does_not_work_is_broken_with_the_reason(self, world: World) -> None:
        world.telegram.faults = [401]
        world.bluesky.faults = [500]
        with kinds.temporarily("webhook", lambda row, secret: webhook.Webhook("https://a.example/", "short")):
            found = self.findings()
        assert found["Telegram"] == ("broken", "Telegram: answered 401: Unauthorized")
        assert found["Bluesky"][0] == "broken"
        assert found["Webhook"][0] == "broken"

    def test_what_waits_for_a_person_is_counted(self, world: World) -> None:
        world.telegram.faults = ["hang"]
        breaking()
        world.work()
        said = [one.what for one in _channels(settings.STANDFIRST_SITE, settings.STANDFIRST)]
        assert "Telegram: 1 failed, or nobody knows if sent" in said


def _database() -> str:
    """Return every row of every table, as text."""
    text = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            text += [repr(row) for row in cursor.fetchall()]
    return "\n".join(text)
