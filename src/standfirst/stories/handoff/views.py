"""Both ends of the handoff: the desk's form, and what the readers' host answers under `/-/staff`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from standfirst.stories import languages
from standfirst.stories.handoff import passes
from standfirst.stories.pages import StoryPage

COOKIE = "standfirst_staff"
_TEXT = "text/plain; charset=utf-8"
_SCRIPT = (Path(__file__).parent / "staff.js").read_bytes()
_POLICY = "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@require_POST
def leave_desk(request: HttpRequest) -> HttpResponse:
    """On the desk: issue a token, and post it to the readers' host from a page of its own."""
    onward = request.POST.get("onward", "/")
    if not onward.startswith("/") or onward.startswith(("//", "/\\")):
        onward = "/"
    response = TemplateResponse(
        request,
        "stories/handoff/leave.html",
        {
            "action": f"{_origin(settings.STANDFIRST.base_url)}/-/staff",
            "token": passes.issue(request.user, onward),
        },
    )
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "origin"  # the other host asks for the origin, and must not get more
    return response


@csrf_exempt
@require_POST
def arrive(request: HttpRequest) -> HttpResponse:
    """On the readers' host: exchange the token for a pass.

    No cookie comes along from the desk's host, so the Origin header says where the form was posted from;
    the token is what counts.
    """
    if request.headers.get("Origin") != _origin(settings.STANDFIRST.desk_url):
        return _private(HttpResponse(_("Sign in at the desk first."), status=403, content_type=_TEXT))
    exchanged = passes.exchange(request.POST.get("token", ""))
    if exchanged is None:
        message = _("This sign-in was used already or is too old. Go back to the desk and try again.")
        return _private(HttpResponse(message, status=403, content_type=_TEXT))
    key, onward = exchanged
    response = _page(onward, "in")
    response.set_cookie(
        COOKIE, key, max_age=passes.PASS_LIFE, path="/-/", httponly=True, samesite="Lax",
        secure=settings.STANDFIRST.base_url.startswith("https:"),
    )  # fmt: skip
    return response


@csrf_exempt
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the pass of this browser. Only a form of ours may ask."""
    origins = {_origin(settings.STANDFIRST.base_url), _origin(settings.STANDFIRST.desk_url)}
    if request.headers.get("Origin") not in origins:
        return _private(HttpResponse(status=403))
    passes.revoke(request.COOKIES.get(COOKIE, ""))
    response = _page("/", "out")
    response.delete_cookie(COOKIE, path="/-/", samesite="Lax")
    return response


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """The script of the page in between: sets or removes the hint, and goes on."""
    response = HttpResponse(_SCRIPT, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "public, max-age=300"
    return response


@require_safe
def story_link(request: HttpRequest, story_id: str) -> HttpResponse:
    """Answer who may edit this story with the way into its editor, and everybody else with nothing (204)."""
    user = passes.holder(request.COOKIES.get(COOKIE, ""))
    page = StoryPage.objects.filter(public_id=story_id).first() if user else None
    if user is None or page is None or not page.permissions_for_user(user).can_edit():
        return _private(HttpResponse(status=204))
    edit = f"{settings.STANDFIRST.desk_url.rstrip('/')}/desk/pages/{page.pk}/edit/"
    with translation.override(languages.of_user(user)):
        return _private(JsonResponse({"edit": edit, "label": _("Edit story")}))


def _page(onward: str, mode: str) -> HttpResponse:
    html = render_to_string("stories/handoff/arrived.html", {"onward": onward, "mode": mode})
    response = HttpResponse(html)
    response["Content-Security-Policy"] = _POLICY
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
