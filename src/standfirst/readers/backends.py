"""Signing in at the desk: staff accounts only."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from standfirst.readers.models import User


class StaffBackend(ModelBackend):
    """Checks an e-mail address and password against staff accounts; a reader's account never fits."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """Return the staff user, or None. Takes the same time for known and unknown addresses."""
        email = username or kwargs.get("email")
        if not email or password is None:
            return None
        user = User.objects.filter(kind=User.Kind.STAFF, email__iexact=email).first()
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.filter(pk=user_id, kind=User.Kind.STAFF).first()
        return user if user is not None and self.user_can_authenticate(user) else None
