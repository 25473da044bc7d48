"""Why something was not sent, in the language of whoever sits at the desk, whatever went wrong."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from standfirst.kit import sealing
from standfirst.kit.fetch import STRICT, Policy
from standfirst.readers.models import User
from standfirst.wire.actions import channels as actions
from standfirst.wire.channels import failing
from standfirst.wire.channels.models import Channel, Delivery
from standfirst.wire.channels.sending import kinds
from standfirst.wire.channels.webhook import Webhook
from standfirst.wire.channels.worker import Outgoing
from tests.stories.conftest import signed_in, staff
from tests.wire.channels import World, world
from tests.wire.peers import SECRET
from tests.wire.test_channels import breaking, edit, kill
from tests.wire.test_channels_desk import do
from tools import messages

__all__ = ["world"]

pytestmark = [pytest.mark.django_db(databases=["default", "bake"])]

Break = Callable[[World, pytest.MonkeyPatch], object]

NAMES = {"http", "https", "whsec_", "base"}
"""Words of Latin letters that are names in Ukrainian too."""


NOWHERE = Policy(resolve=lambda _host, _port: [])


@pytest.fixture
def publisher(world: World) -> Client:
    return signed_in(staff("publisher@example.org", "Publishers"))


def in_ukrainian(client: Client, channel: Channel) -> str:
    """Return what the channel's page says in Ukrainian, as text: of its warnings and of each delivery."""
    user = User.objects.get(email="publisher@example.org")
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "uk"})
    page = client.get(f"/desk/channels/{channel.pk}/").content.decode()
    assert '<html lang="uk"' in page
    ours = page.partition('class="nice-padding"')[2]
    parts = re.findall(r'<div class="help-block .*?</p>|<p class="sf-quiet">.*?</p>', ours, re.DOTALL)
    return html.unescape(" | ".join(" ".join(re.sub(r"<[^>]*>", " ", part).split()) for part in parts))


def english(said: str) -> list[str]:
    """Return the English words of a text. What the other side says stands in quotes, in its own language."""
    ours = re.sub(r"«[^»]*»|\(\w+Error\)", "", said)
    return [word for word in re.findall(r"[a-z_]{3,}|\b[a-z]{2}\b", ours) if word not in NAMES]


def faults(kind: str, *those: int | str) -> Break:
    def put(world: World, _patch: pytest.MonkeyPatch) -> None:
        double = {"telegram": world.telegram, "bluesky": world.bluesky, "webhook": world.receiver}[kind]
        double.faults = list(those)
        breaking()
        world.work()

    return put


def sends_to(url: str, policy: Policy = STRICT, secret: str = SECRET) -> Break:
    def put(world: World, _patch: pytest.MonkeyPatch) -> None:
        with kinds.temporarily("webhook", lambda _row, _secret: Webhook(url, secret, policy)):
            breaking()
            world.work()

    return put


def mistaken(world: World, patch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError

    patch.setattr("standfirst.wire.channels.telegram.ask_json", broken)
    breaking()
    world.work()


def by_hand(world: World, patch: pytest.MonkeyPatch) -> None:
    faults("telegram", "drop")(world, patch)
    (row,) = world.rows("telegram")
    actions.leave(row)
    edit(world_item(row), "Harbour open")
    world.work()


def numberless(world: World, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(type(world.telegram), "_send", lambda self, _data: self._well({}))
    breaking()
    world.work()


def other_key(world: World, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(settings, "STANDFIRST_SPOOL_KEY", sealing.new_private_key())
    breaking()
    world.work()


def no_secret(world: World, _patch: pytest.MonkeyPatch) -> None:
    Channel.objects.filter(kind="telegram").update(sealed=None)
    breaking()
    world.work()


def died(world: World, patch: pytest.MonkeyPatch) -> None:
    with patch.context() as soon:
        soon.setattr("standfirst.wire.channels.worker.settle", lambda *_: None)
        breaking()
        world.work()
    world.clock.pass_by(minutes=2)
    Outgoing().send(world.channels["telegram"].pk)


def too_old(world: World, _patch: pytest.MonkeyPatch) -> None:
    item = breaking()
    world.work()
    world.clock.pass_by(minutes=10)
    edit(item, "Harbour open")
    world.work()


def several(world: World, _patch: pytest.MonkeyPatch) -> None:
    """A pause, a newer change, and nothing new."""
    item = breaking()
    edit(item, "Harbour open")
    world.work()
    edit(item, "Harbour open")
    world.work()
    breaking("Waits")
    actions.set_active(world.channels["webhook"], active=False, actor="a@example.org")
    actions.set_active(world.channels["webhook"], active=True, actor="a@example.org")


def never_sent(world: World, patch: pytest.MonkeyPatch) -> None:
    with kinds.temporarily("webhook", lambda _row, _secret: Webhook("https://127.0.0.1/", SECRET)):
        item = breaking()
        world.work()
        kill(item)
        world.work()


def world_item(row: Delivery) -> Any:
    from standfirst.wire.models import Item

    return Item.objects.get(public_id=row.record.partition(":")[2])


KINDS: dict[str, tuple[str, Break, str]] = {
    "an answer that is an error": ("webhook", faults("webhook", 500), "відповідь із кодом 500"),
    "a receiver that ends it": ("webhook", faults("webhook", 410), "Причина: відповідь із кодом 410"),
    "no answer": ("webhook", faults("webhook", "hang"), "не надійшла вчасно"),
    "a connection that closes": ("webhook", faults("webhook", "drop"), "обірвана"),
    "nothing listens": (
        "webhook",
        sends_to("http://127.0.0.1:9/", Policy(ports=frozenset({9}), allows=lambda _one: True)),
        "ніхто не приймає",
    ),
    "an address inside": ("webhook", sends_to("https://127.0.0.1/"), "не загальнодоступна адреса"),
    "no address": ("webhook", sends_to("ftp://partner.example/"), "лише адреси http і https"),
    "a port": ("webhook", sends_to("https://partner.example:8443/"), "порт 8443"),
    "a port that is none": ("webhook", sends_to("https://partner.example:x/"), "порт не розпізнано"),
    "a local name": ("webhook", sends_to("https://printer.local/"), "локальної мережі"),
    "no host": (
        "webhook",
        sends_to("https://a.example/", NOWHERE),
        "такого вузла немає",
    ),
    "no secret of a webhook": ("webhook", sends_to("https://a.example/", secret="x"), "це не секрет"),
    "several that were not sent": ("webhook", several, "канал призупинено"),
    "what was never sent": ("webhook", never_sent, "відкликано ще до надсилання"),
    "a token that is wrong": ("telegram", faults("telegram", 401), "401: «Unauthorized»"),
    "a front's error": ("telegram", faults("telegram", 500), "із кодом 500: «Internal Server Error»"),
    "no number": ("telegram", numberless, "немає номера повідомлення"),
    "work by hand": ("telegram", by_hand, "номер повідомлення невідомий"),
    "a mistake of ours": ("telegram", mistaken, "помилка в програмі (RuntimeError)"),
    "a worker that died": ("telegram", died, "завершився під час надсилання"),
    "another key": ("bluesky", other_key, "запечатано"),
    "no secret": ("telegram", no_secret, "секрет"),
    "a post that is too old": ("bluesky", too_old, "старший за п’ять хвилин"),
    "an error of Bluesky": ("bluesky", faults("bluesky", 400, 400), "не вдалося увійти"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_desk_says_why_in_its_language(
    world: World, publisher: Client, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    channel, broken, said = KINDS[kind]
    broken(world, monkeypatch)
    page = in_ukrainian(publisher, Channel.objects.get(kind=channel))
    assert said in page
    assert english(page) == [], page
    with monkeypatch.context() as untranslated:
        untranslated.setattr(failing, "gettext", lambda text: text)
        page = in_ukrainian(publisher, Channel.objects.get(kind=channel))
        assert english(page), "the control: words in English are found"


def test_an_address_that_cannot_be_is_refused_in_the_desks_language(publisher: Client) -> None:
    user = User.objects.get(email="publisher@example.org")
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "uk"})
    data = {"name": "Новий", "url": "https://printer.local/"}
    page = publisher.post("/desk/channels/add/webhook/", data).content.decode()
    assert "ім’я з локальної мережі" in html.unescape(page)


def test_rights_are_named_in_the_desks_language(db: None) -> None:
    desk = signed_in(User.objects.create_superuser("root@example.org", "a-long-passphrase-of-mine", name="R"))
    UserProfile.objects.update_or_create(
        user=User.objects.get(email="root@example.org"), defaults={"preferred_language": "uk"}
    )
    page = html.unescape(desk.get(reverse("wagtailusers_groups:add")).content.decode())
    for right in ("Може створювати й відкликати токени API", "Може керувати каналами"):
        assert right in page
    assert "API tokens" not in page


def test_what_was_kept_before_there_were_values_is_shown_as_it_is(world: World, publisher: Client) -> None:
    breaking()
    world.work()
    Delivery.objects.filter(channel__kind="webhook").update(error="answered 500: 100% busy")
    assert "answered 500: 100% busy" in in_ukrainian(publisher, world.channels["webhook"])


def test_what_the_other_side_says_is_cut_and_stays_text(world: World, publisher: Client) -> None:
    why = failing.told(400, "<b>%(status)s</b> " + "x" * 5000)
    kept = failing.kept(why)
    assert len(str(kept["error_values"]["said"])) == failing.TOLD
    breaking()
    world.work()
    Delivery.objects.filter(channel__kind="webhook").update(**kept)
    page = do(publisher, world.channels["webhook"], "nothing")
    assert "&lt;b&gt;%(status)s&lt;/b&gt;" in page


@pytest.mark.parametrize("room", ["kit", "wire"])
@pytest.mark.parametrize("language", list(messages.LANGUAGES))
def test_every_reason_is_translated(room: str, language: str) -> None:
    catalogue = messages.read(messages.file_of(messages.ROOMS / room, language), language)
    assert not messages.missing(catalogue)
