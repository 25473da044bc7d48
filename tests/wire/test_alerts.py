"""Alerts to readers' browsers: sealed so that others can open them, asked for only by our own pages."""

from __future__ import annotations

import base64
import json
import subprocess
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from standfirst.kit import p256
from standfirst.stories import api as stories
from standfirst.stories.filing import Topic
from standfirst.wire.channels import browsers, key, subscribing, webpush
from standfirst.wire.channels.failing import Refused
from standfirst.wire.channels.models import Channel, Delivery, Subscription
from standfirst.wire.channels.sending import Browser
from standfirst.wire.channels.views import push_view
from tests.wire.channels import World, world
from tests.wire.conftest import ACTOR
from tests.wire.peers import FakeBrowser
from tests.wire.test_channels import breaking, edit, kill
from tools import checks

__all__ = ["world"]

pytestmark = [pytest.mark.django_db(databases=["default", "bake"])]

OURS = {"HTTP_ORIGIN": settings.STANDFIRST.base_url, "HTTP_SEC_FETCH_SITE": "same-origin"}
GOOG = "https://fcm.googleapis.com/fcm/send/abc"


class TestSealing:
    def test_it_gives_what_the_rfc_gives(self) -> None:
        """RFC 8291, 5 and appendix A."""
        browser = Browser(
            "", "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg",
        )  # fmt: skip
        own = p256.private_key("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
        salt = p256.decoded("DGv6ra1nlYgDCS1FRnbzlw")
        found = webpush.sealed(b"When I grow up, I want to be a watermelon", browser, own, salt)
        assert p256.encoded(found) == (
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8w"
            "EqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        )

    @given(st.binary(max_size=3000))
    @given_settings(max_examples=40, deadline=None)
    def test_the_browser_reads_what_was_sealed_for_it_and_no_other_does(self, plain: bytes) -> None:
        browser, other = FakeBrowser("a"), FakeBrowser("b")
        sealed = webpush.seal(plain, Browser("", browser.public, p256.encoded(browser.auth)))
        assert browser.open(sealed) == plain
        with pytest.raises(InvalidTag):
            other.open(sealed)

    def test_a_program_that_is_none_of_ours_opens_it_and_finds_it_signed(self) -> None:
        private, browser = p256.new_private_key(), FakeBrowser("a")
        said = json.dumps({"title": "Гавань закрита"}, ensure_ascii=False)
        number = browser.key.private_numbers().private_value.to_bytes(32, "big")
        data = {
            "body": p256.encoded(
                webpush.seal(said.encode(), Browser("", browser.public, p256.encoded(browser.auth)))
            ),
            "key": p256.encoded(number),
            "auth": p256.encoded(browser.auth),
            "token": webpush.token(private, "https://push.example", "mailto:a@example.org", 2_000_000_000),
            "server": p256.public_text(private),
        }
        script = str(checks.HERE.parents[1] / "tests" / "wire" / "open.mjs")
        done = subprocess.run(
            ["node", script, str(checks.installed().parent)], input=json.dumps(data), text=True,
            capture_output=True, check=True,
        )  # fmt: skip
        found = json.loads(done.stdout)
        assert found == {
            "plain": said,
            "signed": True,
            "claims": {"aud": "https://push.example", "exp": 2_000_000_000, "sub": "mailto:a@example.org"},
        }

    @pytest.mark.parametrize("wrong", ["", "AAAA", "B" * 87, "BCVx", "é"])
    def test_keys_that_are_none_are_refused(self, wrong: str) -> None:
        with pytest.raises(Refused):
            webpush.seal(b"x", Browser("", wrong, p256.encoded(b"x" * 16)))

    def test_a_key_that_is_not_on_the_curve_is_refused(self) -> None:
        with pytest.raises(p256.BadKey):
            p256.public_key(p256.encoded(b"\4" + b"\1" * 64))


def ask(data: Any, method: str = "POST", **headers: str) -> HttpResponse:
    request = RequestFactory().generic(
        method, "/-/push/", json.dumps(data) if not isinstance(data, bytes) else data,
        content_type="application/json", **{**OURS, **headers},
    )  # fmt: skip
    return push_view(request)


def subscription(endpoint: str = GOOG, **more: Any) -> dict[str, Any]:
    public = p256.encoded(p256.raw(ec.generate_private_key(p256.CURVE).public_key()))
    keys = {"p256dh": public, "auth": base64.urlsafe_b64encode(b"a" * 16).decode()}
    return {
        "endpoint": endpoint,
        "expirationTime": None,
        "keys": keys,
        "language": "en",
        "topics": [],
        **more,
    }


@pytest.mark.usefixtures("world")
class TestAsking:
    def test_a_browser_is_kept_once_and_forgotten_when_it_asks(self) -> None:
        assert ask(subscription()).status_code == 204
        assert ask(subscription(language="uk")).status_code == 204
        assert [one.language for one in Subscription.objects.all()] == ["uk"]
        assert ask({"endpoint": GOOG}, "DELETE").status_code == 204
        assert not Subscription.objects.exists()

    def test_nothing_but_what_is_needed_is_kept(self) -> None:
        ask(subscription(), HTTP_USER_AGENT="Browser of Anna", REMOTE_ADDR="198.51.100.7")
        row = Subscription.objects.values().get()
        assert set(row) == {"id", "endpoint", "host", "elsewhere", "key", "auth", "language", "topics",
                            "made_at", "failures", "failing_since"}  # fmt: skip
        assert "198.51.100.7" not in str(row)

    @pytest.mark.parametrize(
        "headers",
        [
            {"HTTP_ORIGIN": "https://evil.example", "HTTP_SEC_FETCH_SITE": "cross-site"},
            {"HTTP_ORIGIN": "https://evil.example"},
            {"HTTP_SEC_FETCH_SITE": "cross-site"},
            {"HTTP_ORIGIN": "null"},
            {"HTTP_ORIGIN": "", "HTTP_SEC_FETCH_SITE": ""},
        ],
    )
    def test_other_sites_may_not_ask(self, headers: dict[str, str]) -> None:
        assert ask(subscription(), **headers).status_code == 403
        assert ask({"endpoint": GOOG}, "DELETE", **headers).status_code == 403
        assert not Subscription.objects.exists()

    @pytest.mark.parametrize(
        "endpoint",
        [
            "http://fcm.googleapis.com/x", "https://127.0.0.1/x", "https://localhost/x", "https://10.0.0.1/x",
            "https://[::1]/x", "https://push.internal/x", "https://fcm.googleapis.com:8443/x",
            "https://user:pass@fcm.googleapis.com/x", "https://169.254.169.254/latest", "ftp://a.example/",
            "https://a.example/" + "x" * 1000, "javascript:alert(1)", "", "https://0x7f000001/x",
        ],
    )  # fmt: skip
    def test_an_endpoint_is_https_at_a_public_host(self, endpoint: str) -> None:
        assert ask(subscription(endpoint)).status_code == 400
        assert not Subscription.objects.exists()

    @pytest.mark.parametrize(
        "data",
        [
            b" ", b"[]", b"null", b"{}", b'"x"', b"{" * 2000, {"endpoint": GOOG}, {"endpoint": 5, "keys": {}},
            {"endpoint": GOOG, "keys": []}, {"endpoint": GOOG, "keys": {"p256dh": "x", "auth": "y"}},
        ],
    )  # fmt: skip
    def test_what_is_no_subscription_is_refused(self, data: Any) -> None:
        assert ask(data).status_code == 400

    @pytest.mark.parametrize(
        ("more", "status"),
        [
            ({"language": "de"}, 400), ({"language": ["en"]}, 400), ({"topics": ["nothing"]}, 400),
            ({"topics": "x"}, 400), ({"topics": [1]}, 400), ({"topics": ["t"] * 50}, 400),
            ({"padding": "x" * 5000}, 413),
        ],
    )  # fmt: skip
    def test_languages_and_topics_are_those_of_the_site(self, more: dict[str, Any], status: int) -> None:
        assert ask(subscription(**more)).status_code == status
        assert not Subscription.objects.exists()

    def test_another_method_or_type_is_not_taken(self) -> None:
        request = RequestFactory().post("/-/push/", {"endpoint": GOOG}, **OURS)
        assert push_view(request).status_code == 415
        assert push_view(RequestFactory().get("/-/push/", **OURS)).status_code == 405

    def test_while_alerts_are_off_nobody_is_kept(self) -> None:
        Channel.objects.filter(kind="webpush").update(active=False)
        assert ask(subscription()).status_code == 404

    def test_nobody_can_aim_alerts_at_one_host_by_the_thousand(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(subscribing, "MOST_AT_A_DOMAIN", 3)
        made = [ask(subscription(f"https://victim.example/{n}")).status_code for n in range(5)]
        assert made == [204, 204, 204, 429, 429]
        assert all(ask(subscription(f"{GOOG}{n}")).status_code == 204 for n in range(5))
        assert ask(subscription("https://fcm.googleapis.com.other.example/")).status_code == 204
        monkeypatch.setattr(subscribing, "MOST_A_MINUTE", Subscription.objects.count())
        assert ask(subscription(f"{GOOG}more")).status_code == 429
        assert ask(subscription(f"{GOOG}1")).status_code == 204, "who is known may change"

    def test_a_browser_that_gets_another_endpoint_keeps_what_it_asked_for(self) -> None:
        ask(subscription(language="uk"))
        fresh = {**subscription(f"{GOOG}2"), "instead_of": GOOG}
        del fresh["language"], fresh["topics"]
        assert ask(fresh).status_code == 204
        assert [(one.endpoint, one.language) for one in Subscription.objects.all()] == [(f"{GOOG}2", "uk")]


class TestWhoHears:
    def test_each_browser_hears_in_its_language_of_its_topics(self, world: World) -> None:
        stories.save_topic(stories.SectionDraft(name="Sea"), actor=ACTOR)
        sea = Topic.objects.get().public_id
        everything, ours, others = (
            world.browser("all"), world.browser("sea", topics=(sea,)), world.browser("uk", "uk"),
        )  # fmt: skip
        breaking("Storm", topics=(sea,))
        breaking("Strike")
        world.work()
        assert [len(one.shown) for one in (everything, ours, others)] == [2, 1, 0]

    def test_a_change_goes_to_those_who_were_told_and_to_no_newcomer(self, world: World) -> None:
        anna = world.browser("anna")
        item = breaking()
        world.work()
        bert = world.browser("bert")
        edit(item, "Harbour open")
        world.work()
        kill(item)
        world.work()
        assert anna.shown[item.public_id]["state"] == "gone"
        assert not bert.shown

    def test_many_browsers_take_nothing_from_the_publish(self, world: World) -> None:
        public = world.browser("one").public
        many = [
            Subscription(
                endpoint=f"{world.push.url}/gone/{n}", host="x", key=public, auth="A" * 22, language="en"
            )
            for n in range(200)
        ]
        Subscription.objects.bulk_create(many)
        breaking()
        assert Delivery.objects.filter(channel__kind="webpush").count() == 1
        for _ in range(4):  # a busy machine lets some wait
            world.work()
            world.clock.pass_by(minutes=1)
        assert Subscription.objects.count() == 1, "the others answered 404 and are forgotten"

    def test_a_worker_that_dies_while_it_spreads_makes_no_row_twice(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        anna = world.browser("anna")
        breaking()
        with monkeypatch.context() as patch:
            patch.setattr("standfirst.wire.channels.worker.settle", lambda *_: None)
            world.work()
        world.clock.pass_by(minutes=2)
        world.work(rounds=2)
        assert anna.rings == 1
        assert Delivery.objects.exclude(subscription=None).count() == 1

    def test_old_rows_of_single_browsers_go(self, world: World) -> None:
        world.browser("anna")
        breaking()
        world.work()
        world.clock.pass_by(days=8)
        browsers.tidy()
        assert [row.subscription_id for row in Delivery.objects.filter(channel__kind="webpush")] == [None]


def test_pages_have_the_public_key_while_alerts_are_on_and_never_the_private_one(world: World) -> None:
    alerts = key.Alerts()
    folder = settings.STANDFIRST_SITE
    assert alerts.take(folder)
    (asset,) = alerts.shelf()
    assert json.loads(asset.body) == {"key": p256.public_text(world.key)}
    assert world.key.encode() not in asset.body
    assert not alerts.take(folder), "nothing new"
    Channel.objects.filter(kind="webpush").update(active=False)
    assert alerts.take(folder)
    (asset,) = alerts.shelf()
    assert json.loads(asset.body) == {"key": ""}
