"""The desk's screen for messages: who may, what it says, and that nothing a reader wrote runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from standfirst.readers.models import Message
from standfirst.stories import api as stories
from tests.kit.payloads import payloads
from tests.stories.conftest import signed_in, staff

pytestmark = pytest.mark.django_db(databases=["default", "bake"])

LIST = "/desk/messages/"
PAYLOADS = tuple(payloads(300))


def message(text: str = "The gate stood open.", *, minutes: float = 0, **fields: object) -> Message:
    """Make a message that came some minutes ago; as soon as it came, unless fields say otherwise."""
    at = timezone.now() - timedelta(minutes=minutes)
    known: dict[str, object] = {
        "spool_id": f"{Message.objects.count():032x}", "form": "contact", "language": "en",
        "subject": "tip", "text": text, "received_at": at, "taken_at": at, **fields,
    }  # fmt: skip
    return Message.objects.create(**known)


@pytest.fixture
def editor() -> Client:
    return signed_in(staff("mira@example.org", "Editors"))


@pytest.fixture
def publisher() -> Client:
    return signed_in(staff("boss@example.org", "Publishers"))


def main_text(client: Client, path: str) -> str:
    page = BeautifulSoup(client.get(path).content, "html.parser")
    return " ".join(page.main.get_text(" ").split()) if page.main else ""


def test_the_newest_is_first_and_each_kind_has_its_list(editor: Client) -> None:
    message("older", minutes=9)
    message("newer", minutes=1)
    message("done", handled_at=timezone.now())
    message("cheap watches", suspect=True)
    page = BeautifulSoup(editor.get(LIST).content, "html.parser")
    assert [a.get_text() for a in page.select(".sf-messages__title")] == ["newer", "older"]
    assert [a.get_text() for a in page.select(".sf-tabs a")] == [
        "Waiting (2)", "Handled (1)", "Probably from a program (1)",
    ]  # fmt: skip
    assert "done" in main_text(editor, f"{LIST}?show=handled")
    assert "cheap watches" in main_text(editor, f"{LIST}?show=suspect")


def test_an_empty_list_says_what_will_be_here(editor: Client) -> None:
    for shown, words in (
        ("waiting", "No message waits"),
        ("handled", "Open one that waits"),
        ("suspect", "Nothing"),
    ):
        assert words in main_text(editor, f"{LIST}?show={shown}")


def test_it_says_when_a_message_came_while_the_application_was_away(editor: Client) -> None:
    away = message("during the night", minutes=300, taken_at=timezone.now())
    there = message("in the day")
    assert "Came while the newsroom’s system was away" in main_text(editor, LIST)
    assert "while the newsroom’s system was away" in main_text(editor, f"{LIST}{away.pk}/")
    assert "was away" not in main_text(editor, f"{LIST}{there.pk}/")


def test_a_message_is_handled_and_waits_again(editor: Client) -> None:
    one = message()
    editor.post(f"{LIST}{one.pk}/", {"state": "handled"})
    one.refresh_from_db()
    assert (one.handled_by, one.handled_at is not None) == ("mira@example.org", True)
    editor.post(f"{LIST}{one.pk}/", {"state": "waiting"})
    one.refresh_from_db()
    assert (one.handled_by, one.handled_at) == ("", None)


def test_publishers_delete_editors_do_not(editor: Client, publisher: Client) -> None:
    one = message()
    assert "Delete" not in main_text(editor, f"{LIST}{one.pk}/")
    editor.post(f"{LIST}{one.pk}/delete/")
    publisher.get(f"{LIST}{one.pk}/delete/")
    assert Message.objects.exists(), "an editor may not, and looking changes nothing"
    publisher.post(f"{LIST}{one.pk}/delete/")
    assert not Message.objects.exists()


def test_contributors_see_no_messages() -> None:
    contributor = signed_in(staff("new@example.org", "Contributors"))
    one = message("a secret tip")
    for path in (LIST, f"{LIST}{one.pk}/", f"{LIST}{one.pk}/delete/"):
        answer = contributor.get(path, follow=True)
        assert b"a secret tip" not in answer.content
    assert b"/desk/messages/" not in contributor.get("/desk/").content


def test_what_cannot_be_read_is_said_in_words(editor: Client) -> None:
    one = message("", broken=True, raw=b"\0\1", subject="", language="")
    assert "damaged" in main_text(editor, LIST)
    assert one.spool_id in main_text(editor, f"{LIST}{one.pk}/")


def test_nothing_a_reader_wrote_runs_at_the_desk(editor: Client) -> None:
    hostile = "\n".join(PAYLOADS)
    one = message(hostile, name=PAYLOADS[0][:200], answer_to=PAYLOADS[1][:200])
    for path in (LIST, f"{LIST}{one.pk}/"):
        page = BeautifulSoup(editor.get(path).content, "html.parser").main
        assert page is not None
        assert not page.select(".sf-letter *, .sf-messages script, .sf-facts :not(dt, dd, bdi, time, a)")
        assert not [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    letter = BeautifulSoup(editor.get(f"{LIST}{one.pk}/").content, "html.parser").select_one(".sf-letter")
    assert letter is not None
    assert " ".join(letter.get_text().split()) == " ".join(hostile.split())


@pytest.mark.parametrize(
    ("answer_to", "link"),
    [
        ("ann@example.org", "mailto:ann@example.org"), ("+380 44 123", ""), ("javascript:alert(1)", ""),
        ("a@example.org?bcc=b@example.org", ""),
        ("o'neil+tips@example.org", "mailto:o%27neil%2Btips@example.org"),
    ],
)  # fmt: skip
def test_only_an_e_mail_address_becomes_a_link(editor: Client, answer_to: str, link: str) -> None:
    one = message(answer_to=answer_to)
    page = BeautifulSoup(editor.get(f"{LIST}{one.pk}/").content, "html.parser")
    assert [a["href"] for a in page.select(".sf-facts a")] == ([link] if link else [])


def test_the_start_of_the_desk_says_how_many_wait_to_whom_may_read_them(editor: Client) -> None:
    contributor = signed_in(staff("new@example.org", "Contributors"))
    assert "message" not in main_text(editor, "/desk/"), "nothing when none waits"
    message("one")
    message("done", handled_at=timezone.now())
    message("cheap watches", suspect=True)
    assert "1 message from a reader waits" in main_text(editor, "/desk/")
    message("two")
    page = BeautifulSoup(editor.get("/desk/").content, "html.parser")
    link = page.select_one(f"main a[href='{LIST}']")
    assert link is not None
    assert link.get_text() == "2 messages from readers wait"
    assert "message" not in main_text(contributor, "/desk/")


def test_every_time_is_in_one_form_and_in_the_sites_zone(editor: Client) -> None:
    stories.save_site(name="The Harbour", languages=("en",), time_zone="Europe/Kyiv", actor="system:test")
    late = datetime(2026, 11, 26, 22, 30, tzinfo=UTC)
    one = message(
        received_at=late, taken_at=late + timedelta(minutes=5), handled_at=late + timedelta(hours=1)
    )
    letter = main_text(editor, f"{LIST}{one.pk}/")
    for told in ("Nov. 27, 2026, 12:30 a.m.", "Nov. 27, 2026, 12:35 a.m.", "Nov. 27, 2026, 1:30 a.m."):
        assert told in letter
    assert "Nov. 27, 2026, 12:30 a.m." in main_text(editor, f"{LIST}?show=handled")
