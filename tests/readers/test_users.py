"""Staff and readers are two kinds of account that share nothing, not even an address's uniqueness."""

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError

from standfirst.readers.models import User

pytestmark = pytest.mark.django_db


def test_one_address_may_be_both_staff_and_reader() -> None:
    User.objects.create_staff("mira@example.org", "correct horse battery")
    User.objects.create(email="mira@example.org", kind=User.Kind.READER)
    assert User.objects.count() == 2


def test_one_address_is_one_staff_account_whatever_its_case() -> None:
    User.objects.create_staff("mira@example.org")
    with pytest.raises(IntegrityError):
        User.objects.create_staff("Mira@Example.org")


def test_a_reader_cannot_sign_in_at_the_desk() -> None:
    reader = User(email="jan@example.org", kind=User.Kind.READER)
    reader.set_password("correct horse battery")
    reader.save()
    assert authenticate(username="jan@example.org", password="correct horse battery") is None
    User.objects.create_staff("jan@example.org", "another good phrase")
    assert authenticate(username="jan@example.org", password="correct horse battery") is None
    assert authenticate(username="jan@example.org", password="another good phrase") is not None
