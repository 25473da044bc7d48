"""Signing in at the desk and managing its accounts."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from standfirst.readers import throttle
from standfirst.readers.models import FailedSignIn, User

pytestmark = pytest.mark.django_db(databases=["default", "bake"])
PASSWORD = "harbour light 40"


@pytest.fixture
def mira() -> User:
    user = User.objects.create_staff("mira@example.org", PASSWORD, name="Mira Petrenko")
    user.groups.add(Group.objects.get(name="Editors"))
    return user


@pytest.fixture
def admin() -> Client:
    user = User(email="admin@example.org", is_superuser=True)
    user.set_unusable_password()
    user.save()
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend="standfirst.readers.backends.StaffBackend")
    return client


def sign_in(email: str, password: str, client: Client | None = None) -> bool:
    client = client or Client(HTTP_HOST="localhost")
    answer = client.post(reverse("wagtailadmin_login"), {"username": email, "password": password})
    return answer.status_code == 302


def test_staff_sign_in_with_their_e_mail_address(mira: User) -> None:
    page = Client(HTTP_HOST="localhost").get(reverse("wagtailadmin_login")).content.decode()
    assert "E-mail address" in page
    assert "Wagtail" not in page.split("<main")[1]
    assert sign_in("Mira@example.org", PASSWORD)


def test_each_sign_in_begins_a_new_session(mira: User) -> None:
    client = Client(HTTP_HOST="localhost")
    client.get(reverse("wagtailadmin_login"))
    client.session["planted"] = "yes"
    client.session.save()
    before = client.session.session_key
    assert sign_in("mira@example.org", PASSWORD, client)
    assert client.session.session_key != before


def test_the_answer_does_not_say_whether_an_account_exists(mira: User) -> None:
    client = Client(HTTP_HOST="localhost")
    url = reverse("wagtailadmin_login")
    texts = [
        client.post(url, {"username": email, "password": "wrong"}).context["form"].non_field_errors()
        for email in ("mira@example.org", "nobody@example.org")
    ]
    assert texts[0] == texts[1]


def test_after_too_many_failures_even_the_right_password_waits(mira: User) -> None:
    for _ in range(throttle.PER_ACCOUNT):
        assert not sign_in("mira@example.org", "wrong")
    assert not sign_in("mira@example.org", PASSWORD)
    FailedSignIn.objects.all().delete()  # the control: with the count gone it opens
    assert sign_in("mira@example.org", PASSWORD)


def test_somebody_elses_failures_do_not_lock_an_account_out(mira: User) -> None:
    stranger = Client(HTTP_HOST="localhost", REMOTE_ADDR="203.0.113.9")
    for _ in range(throttle.PER_ACCOUNT + 2):
        sign_in("mira@example.org", "wrong", stranger)
    assert not sign_in("mira@example.org", PASSWORD, stranger)
    assert sign_in("mira@example.org", PASSWORD)


def test_addresses_are_not_kept_in_the_count(mira: User) -> None:
    sign_in("mira@example.org", "wrong")
    row = FailedSignIn.objects.get()
    assert "mira" not in row.account
    assert "127.0.0.1" not in row.place


def test_the_groups_a_newsroom_starts_with_are_there() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == {"Contributors", "Editors", "Publishers"}


def test_an_administrator_adds_staff_with_name_address_and_group(admin: Client) -> None:
    answer = admin.post(
        reverse("wagtailusers_users:add"),
        {"email": "new@example.org", "name": "New Person", "password1": PASSWORD, "password2": PASSWORD,
         "groups": [str(Group.objects.get(name="Editors").pk)]},
    )  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    user = User.objects.get(email="new@example.org")
    assert (user.name, user.kind, user.is_superuser) == ("New Person", "staff", False)
    assert sign_in("new@example.org", PASSWORD)


def test_an_address_is_taken_among_staff_only(admin: Client, mira: User) -> None:
    User.objects.create(email="reader@example.org", kind=User.Kind.READER)
    data = {"name": "X", "password1": PASSWORD, "password2": PASSWORD}
    taken = admin.post(reverse("wagtailusers_users:add"), {**data, "email": "MIRA@example.org"})
    assert "Somebody on the staff has this" in taken.content.decode()
    assert admin.post(
        reverse("wagtailusers_users:add"), {**data, "email": "reader@example.org"}
    ).status_code == 302  # fmt: skip


def test_readers_are_not_managed_at_the_desk(admin: Client) -> None:
    reader = User.objects.create(email="reader@example.org", kind=User.Kind.READER)
    assert "reader@example.org" not in admin.get(reverse("wagtailusers_users:index")).content.decode()
    for name in ("edit", "delete", "history"):
        url = reverse(f"wagtailusers_users:{name}", args=(reader.pk,))
        assert admin.get(url).status_code == 404, url


def test_who_is_no_administrator_manages_nobody(mira: User) -> None:
    client = Client(HTTP_HOST="localhost")
    client.force_login(mira, backend="standfirst.readers.backends.StaffBackend")
    assert client.get(reverse("wagtailusers_users:add")).status_code == 302
    client.post(reverse("wagtailusers_users:edit", args=(mira.pk,)), {"is_superuser": "on"})
    assert not User.objects.get(pk=mira.pk).is_superuser


def test_staff_change_their_own_name_and_not_the_address_that_records_know_them_by(mira: User) -> None:
    client = Client(HTTP_HOST="localhost")
    client.force_login(mira, backend="standfirst.readers.backends.StaffBackend")
    data = {"name_email-name": "Mira Koval", "name_email-email": "other@example.org", "theme-theme": "light",
            "theme-density": "default", "theme-contrast": "system",
            "theme-keyboard_shortcuts": "on", "locale-preferred_language": "",
            "locale-current_time_zone": ""}  # fmt: skip
    client.post(reverse("wagtailadmin_account"), data)
    changed = User.objects.get(pk=mira.pk)
    assert (changed.name, changed.email) == ("Mira Koval", "mira@example.org")
