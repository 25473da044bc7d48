"""How many may ask for alerts: of a network, a domain, a site; and who is forgotten."""

from __future__ import annotations

import importlib
import json

import pytest
from django.apps import apps
from django.test import Client

from standfirst.wire.channels import browsers, subscribing
from standfirst.wire.channels.claiming import claim
from standfirst.wire.channels.models import Asking, Channel, Delivery, Subscription
from standfirst.wire.hooks import FORGET_EVERY
from tests.stories.conftest import signed_in, staff
from tests.wire.channels import World, world
from tests.wire.test_alerts import GOOG, ask, subscription
from tests.wire.test_channels import breaking
from tests.wire.test_channels_desk import _database

__all__ = ["world"]

pytestmark = [pytest.mark.django_db(databases=["default", "bake"])]


def asked(number: object, address: str = "8.8.4.4", **more: object) -> int:
    """Ask from an address, at a known push service; return the status."""
    return ask(subscription(f"{GOOG}{number}", **more), REMOTE_ADDR=address).status_code


@pytest.mark.usefixtures("world")
class TestNetworks:
    @pytest.fixture(autouse=True)
    def few(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(subscribing, "MOST_FROM_A_NETWORK", 3)

    @pytest.mark.parametrize(
        ("inside", "outside"),
        [
            (["8.8.4.1", "8.8.4.2", "8.8.4.3", "8.8.4.254"], "8.8.5.1"),
            (["2a00:1450:4001::1", "2a00:1450:4001:1::1", "2a00:1450:4001:2::1", "2a00:1450:4001:ffff::1"],
             "2a00:1450:4002::1"),
            (["::ffff:8.8.4.1", "8.8.4.2", "8.8.4.3", "::ffff:8.8.4.4"], "::ffff:8.8.5.1"),
        ],
    )  # fmt: skip
    def test_one_network_asks_for_a_few_and_others_are_not_held_up(
        self, inside: list[str], outside: str
    ) -> None:
        assert [asked(number, address) for number, address in enumerate(inside)] == [204, 204, 204, 429]
        assert asked("other", outside) == 204
        assert asked(0, inside[0]) == 204, "who is known may change"

    def test_without_the_limit_all_are_taken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The control."""
        monkeypatch.setattr(subscribing, "MOST_FROM_A_NETWORK", 100)
        assert {asked(number) for number in range(8)} == {204}

    def test_who_stops_and_asks_again_is_counted_again(self) -> None:
        found = []
        for number in range(5):
            found.append(asked(number))
            ask({"endpoint": f"{GOOG}{number}"}, "DELETE")
        assert found == [204, 204, 204, 429, 429]

    def test_a_front_that_nobody_told_us_of_is_no_network(self) -> None:
        addresses = ("127.0.0.1", "10.0.0.7", "192.168.1.1", "fd00::1", "")
        assert {asked(number, one) for one in addresses for number in range(5)} == {204}

    def test_after_a_while_it_may_again_and_nothing_is_left(self, world: World) -> None:
        assert [asked(number) for number in range(4)] == [204, 204, 204, 429]
        assert Asking.objects.count() == 3
        world.clock.pass_by(minutes=11)
        assert asked("later") == 204
        assert Asking.objects.count() == 1
        world.clock.pass_by(minutes=11)
        subscribing.forget()
        assert not Asking.objects.exists()
        assert subscribing.WINDOW.total_seconds() >= FORGET_EVERY

    def test_no_address_is_kept_not_even_for_minutes(self) -> None:
        asked("one", "8.8.4.77")
        rows = _database()
        assert Asking.objects.get().place in rows, "the control: the table is looked at"
        assert not [part for part in ("8.8.4.77", "8.8.4.0", "8.8.4") if part in rows]

    def test_the_reader_is_told_in_json(self) -> None:
        answers = [ask(subscription(f"{GOOG}{number}"), REMOTE_ADDR="8.8.4.4") for number in range(4)]
        assert json.loads(answers[3].content) == {"error": "too_many_from_there"}
        assert (answers[3]["Retry-After"], answers[3]["Cache-Control"]) == ("600", "no-store")
        assert answers[0].content == b""
        refused = ask(subscription("https://127.0.0.1/x"))
        assert json.loads(refused.content) == {"error": "no_push_service"}
        assert not refused.has_header("Retry-After")


class TestTheWholeSite:
    def test_it_keeps_so_many_and_no_more(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(subscribing, "MOST", 3)
        assert [asked(number) for number in range(4)] == [204, 204, 204, 503]
        assert json.loads(ask(subscription(f"{GOOG}x")).content) == {"error": "too_many"}
        assert asked(1, language="uk") == 204, "who is known may change"
        assert asked("new", instead_of=f"{GOOG}0") == 204, "one for another is not one more"
        assert Subscription.objects.count() == 3
        monkeypatch.setattr(subscribing, "MOST", 4)
        assert asked("more") == 204, "the control"

    def test_one_that_is_refused_loses_not_what_it_had(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked("old")
        monkeypatch.setattr(subscribing, "MOST_A_MINUTE", 1)
        assert asked("new", instead_of=f"{GOOG}old") == 429
        assert Subscription.objects.get().endpoint == f"{GOOG}old"

    @pytest.mark.parametrize(
        ("most", "said"), [(100, ""), (3, "soon no other can"), (2, "no other browser can")]
    )
    def test_the_desk_says_when_it_is_nearly_full(
        self, world: World, monkeypatch: pytest.MonkeyPatch, most: int, said: str
    ) -> None:
        for name in ("a", "b"):
            world.browser(name)
        monkeypatch.setattr(subscribing, "MOST", most)
        monkeypatch.setattr(subscribing, "NEARLY", 0.6)
        publisher = signed_in(staff("publisher@example.org", "Publishers"))
        page = _page(publisher, world.channels["webpush"])
        assert "2 browsers have asked" in page
        assert [one for one in ("soon no other can", "no other browser can") if one in page] == (
            [said] if said else []
        )


def _page(client: Client, channel: Channel) -> str:
    return str(client.get(f"/desk/channels/{channel.pk}/").content.decode())


@pytest.mark.usefixtures("world")
class TestUnknownHosts:
    def at(self, host: str) -> int:
        return ask(subscription(f"https://{host}/push")).status_code

    def test_names_below_one_domain_are_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(subscribing, "MOST_AT_A_DOMAIN", 3)
        assert [self.at(f"h{n}.x{n}.victim.example") for n in range(5)] == [204, 204, 204, 429, 429]
        assert self.at("another.example") == 204, "the control"

    def test_all_of_them_together_are_few(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(subscribing, "MOST_ELSEWHERE", 4)
        assert [self.at(f"made-up-{n}.example") for n in range(6)] == [204] * 4 + [429] * 2
        assert {self.at(f"h{n}.notify.windows.com") for n in range(6)} == {204}, "known ones are not counted"
        monkeypatch.setattr(subscribing, "MOST_ELSEWHERE", 100)
        assert {self.at(f"made-up-{n}.example") for n in range(4, 8)} == {204}, "the control"

    @pytest.mark.parametrize("host", ["93.184.215.14", "[2606:2800:21f:cb07:6820:80da:af6b:8b2c]"])
    def test_an_address_without_a_name_is_no_push_service(self, host: str) -> None:
        assert self.at(host) == 400
        assert self.at("push.example.org") == 204, "the control"

    def test_they_come_last_so_that_nobody_waits_for_them(self, world: World) -> None:
        for number in range(3):
            self.at(f"made-up-{number}.example")
        asked("known")
        breaking()
        channel = world.channels["webpush"]
        sender = world.worker._sender(channel)
        (one,) = claim(channel.pk, sender, 1)
        browsers.spread(channel.pk, one)
        Delivery.objects.filter(pk=one.row).update(state="done")
        (first, *others) = claim(channel.pk, sender, 10)
        assert first.sending.browser is not None
        assert first.sending.browser.endpoint == f"{GOOG}known"
        assert len(others) == 3

    def test_those_that_asked_before_are_counted_too(self) -> None:
        hosts = ["a.victim.example", "fcm.googleapis.com", "x.notify.windows.com", "old.example"]
        Subscription.objects.bulk_create(Subscription(endpoint=f"https://{one}/", host=one) for one in hosts)
        importlib.import_module("standfirst.wire.migrations.0006_push_elsewhere").fill(apps, None)
        found = dict(Subscription.objects.values_list("host", "elsewhere"))
        assert found == dict(zip(hosts, ["victim.example", "", "", "old.example"], strict=True))
        assert found == {host: subscribing.elsewhere(host) for host in hosts}


class TestWhoTakesNothing:
    def alert(self, world: World, *, status: int, days: float) -> None:
        """Publish an alert that the push service answers with a status; let days go by."""
        world.push.faults = [status] if status else []
        breaking(f"Alert {world.clock.ahead}")
        world.work(rounds=2)
        world.clock.pass_by(days=days)

    def test_five_alerts_in_a_row_over_two_weeks_and_it_is_forgotten(self, world: World) -> None:
        world.browser("anna")
        for number in range(4):
            self.alert(world, status=400, days=4)
            assert Subscription.objects.get().failures == number + 1
        self.alert(world, status=400, days=0)
        assert not Subscription.objects.exists()

    def test_many_in_a_few_days_are_not_enough(self, world: World) -> None:
        world.browser("anna")
        for _ in range(8):
            self.alert(world, status=400, days=1)
        assert Subscription.objects.get().failures == 8

    def test_one_that_it_takes_begins_the_count_again(self, world: World) -> None:
        world.browser("anna")
        for status in (400, 400, 400, 400, 0, 400):
            self.alert(world, status=status, days=4)
        row = Subscription.objects.get()
        assert row.failures == 1

    def test_what_is_our_own_fault_is_not_counted(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        world.browser("anna")
        monkeypatch.setattr("standfirst.wire.channels.webpush._RECORD", 110)  # our words are too long
        for _ in range(6):
            self.alert(world, status=0, days=4)
        assert Delivery.objects.filter(state="failed").exists()
        assert Subscription.objects.get().failures == 0

    @pytest.mark.parametrize(("status", "left"), [(404, 0), (410, 0), (400, 1)])
    def test_who_is_gone_is_forgotten_at_once(self, world: World, status: int, left: int) -> None:
        world.browser("anna")
        self.alert(world, status=status, days=0)
        assert Subscription.objects.count() == left
