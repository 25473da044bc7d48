"""PAGE.md row 3: a headline is a claim, and another title may not drop whose it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from standfirst.editions import api as editions
from standfirst.stories.attribution import attributed, dropped
from standfirst.stories.models import HomePage, StoryPage


@pytest.mark.parametrize(
    "headline",
    [
        "Ministry says 14 ships left",
        "14 ships left, according to the port",
        "Port authority: nobody was hurt",
        "Nobody was hurt – police",
        "Petrenko: “I did not know”",
        "“We asked for a year” — pilots’ answer",
        "Порт закрили, каже мер",
        "Суд: вибори відбулися",
        "الميناء مغلق، قال العمدة",
    ],
)
def test_claims_are_known_by_who_makes_them(headline: str) -> None:
    assert attributed(headline)


@pytest.mark.parametrize(
    "headline",
    [
        "Fourteen ships left",
        "Live: the vote",
        "Eleven minutes: a bridge and a lorry",
        "The essay on the port",
        "",
    ],
)
def test_what_the_newsroom_says_itself_is_no_claim_of_others(headline: str) -> None:
    assert not attributed(headline)


def test_an_override_keeps_the_claim_a_claim() -> None:
    assert dropped("Police: nobody was hurt", "Nobody was hurt in the harbour")
    assert not dropped("Police: nobody was hurt", "Police say nobody was hurt in the harbour")
    assert not dropped("Police: nobody was hurt", "")
    assert not dropped("Nobody was hurt", "Nobody was hurt in the harbour")


@pytest.mark.django_db(databases=["default", "bake"])
@pytest.mark.parametrize("field", ["seo_title", "social_title"])
def test_publishing_refuses_it_beside_the_field(
    desk: Client, newsroom: HomePage, form: Callable[..., dict[str, Any]], field: str
) -> None:
    url = reverse("wagtailadmin_pages:add", args=("stories", "storypage", newsroom.pk))
    data = form(title="Ministry says ships left", **{field: "Ships left"})
    answer = desk.post(url, {**data, "action-publish": "action-publish"})
    assert "says whose claim this is" in str(answer.context["form"].errors[field])
    assert not StoryPage.objects.filter(live=True).exists()
    desk.post(url, {**data, field: "Ships left, ministry says", "action-publish": "action-publish"})
    assert editions.head(StoryPage.objects.get(live=True).record).state == "live"
