"""Messages to the newsroom: one comes in, somebody handles it, somebody deletes it."""

from __future__ import annotations

import json
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from standfirst.readers.models import Message, User
from standfirst.readers.received import Received

SAME_WITHIN = timedelta(minutes=10)
"""The same words again within this time are a second press of the button, not a second message.

A baked form is the same for everybody, so it cannot carry a number of its own.
"""


def receive(received: Received) -> None:
    """Keep a message; one that says the same as another just before is counted there.

    Raises ValueError when it has no words.
    """
    values = received.values
    if not values.get("message"):
        raise ValueError("a message without words")
    digest = _digest(received)
    before, after = received.at - SAME_WITHIN, received.at + SAME_WITHIN
    same = Message.objects.filter(digest=digest, received_at__range=(before, after)).first()
    if same is not None:
        if same.spool_id != received.spool_id:
            same.repeats += 1
            same.save(update_fields=["repeats"])
        return
    Message.objects.get_or_create(
        spool_id=received.spool_id,
        defaults={
            "form": received.form, "language": received.language, "received_at": received.at,
            "subject": values.get("subject", ""), "text": values["message"], "name": values.get("name", ""),
            "answer_to": values.get("answer_to", ""), "suspect": received.trapped, "digest": digest,
        },
    )  # fmt: skip


@transaction.atomic
def set_handled(message: Message, *, handled: bool, actor: User) -> None:
    """Mark a message as handled by `actor`, or as waiting again."""
    message.handled_at = timezone.now() if handled else None
    message.handled_by = actor.email if handled else ""
    message.save(update_fields=["handled_at", "handled_by"])


def _digest(received: Received) -> str:
    """Return what is the same for the same words: a keyed hash, so that it tells nobody what they were."""
    said = json.dumps([received.form, received.language, sorted(received.values.items())])
    return salted_hmac("standfirst.readers.messages", said, algorithm="sha256").hexdigest()
