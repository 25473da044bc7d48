"""The way to the fronts: to the only one at once, to the list of them otherwise."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from standfirst.kit.redirects import redirect
from standfirst.stories.fronts import HomePage


def fronts_view(request: HttpRequest) -> HttpResponse:
    fronts = list(HomePage.objects.values_list("pk", flat=True)[:2])
    if len(fronts) == 1:
        return redirect(reverse("wagtailadmin_pages:edit", args=(fronts[0],)))
    return redirect(reverse("wagtailadmin_explore_root"))
