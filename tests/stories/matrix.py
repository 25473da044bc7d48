"""The whole matrix of routes and roles, for the campaign."""

from __future__ import annotations

from collections.abc import Sequence

from django.test import Client

from standfirst.editions.documents import Paragraph
from standfirst.kit import instants
from standfirst.readers.models import Message, User
from standfirst.stories import api as stories
from standfirst.stories.models import HomePage, Section, StoryPage
from standfirst.wire import api as wire
from tests.stories.conftest import signed_in, staff
from tests.stories.routes import ROLES, TABLE, Ids, address, answer_to, opens

__all__ = ["TABLE", "client_of", "compare", "furnish"]

GROUPS = {"contributor": "Contributors", "editor": "Editors", "publisher": "Publishers"}


def furnish() -> Ids:
    """Make a small newsroom whose one story belongs to an administrator."""
    actor = "owner@example.org"
    stories.save_site(name="The Harbour", languages=("en",), time_zone="UTC", actor=actor)
    stories.save_section(stories.SectionDraft(name="World"), actor=actor)
    owner = staff(actor, is_superuser=True)
    body = (Paragraph(id="p", html="At dawn."),)
    draft = stories.StoryDraft(headline="Ships", section="world", body=body)
    page = StoryPage.objects.get(pk=stories.save_story(draft, actor=actor, publish=True).page)
    home = HomePage.objects.get(language="en")
    message = Message.objects.create(
        spool_id="0" * 32, form="contact", text="A tip", received_at=instants.now()
    )
    item = wire.save_item(wire.ItemDraft(headline="Ferry", language="en"), actor=actor)
    live = stories.StoryDraft(headline="The vote", format="live")
    coverage = StoryPage.objects.get(pk=stories.save_story(live, actor=actor, publish=True).page)
    post = wire.save_post(wire.PostDraft(coverage.public_id, "Polls open"), actor=actor)
    return Ids(
        page.pk, home.pk, Section.objects.get().pk, owner.pk, page.public_id, message.pk, item.pk,
        coverage.pk, wire.publish_post(post, actor=actor).item.pk,
    )  # fmt: skip


def client_of(role: str) -> Client:
    """Return a browser of somebody in `role`."""
    if role == "anonymous":
        return Client(HTTP_HOST="localhost")
    email = f"{role}@example.org"
    known = User.objects.filter(email=email).first()
    if role == "admin":
        return signed_in(known or staff(email, is_superuser=True))
    return signed_in(known or staff(email, GROUPS[role]))


def compare(table: dict[str, str], ids: Ids, roles: Sequence[str] = ROLES) -> tuple[list[str], int]:
    """Return what opened for whom it should not (or did not for whom it should), and how many were tried."""
    wrong, tried = [], 0
    for role in roles:
        client = client_of(role)
        for route, least in table.items():
            path = address(route, ids)
            opened = False
            for form in {path, path.rstrip("/") or "/"}:
                for method in ("GET", "POST"):
                    tried += 1
                    answer = answer_to(client, form, method)
                    opened |= opens(answer) and answer.status_code != 301
            should = least != "closed" and ROLES.index(role) >= ROLES.index(least)
            if opened != should:
                wrong.append(f"{role} {path}: {'opens' if opened else 'is closed'}")
    return wrong, tried
