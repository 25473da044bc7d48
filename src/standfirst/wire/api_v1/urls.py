"""The addresses, and what every answer has in common: no cache, no page of HTML, no traceback."""

from __future__ import annotations

import functools
import logging
import traceback
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import HttpError, ValidationError

from standfirst.editions import api as editions
from standfirst.kit import room
from standfirst.wire.api_v1 import description
from standfirst.wire.api_v1.endpoints import api
from standfirst.wire.api_v1.once import answer
from standfirst.wire.api_v1.problems import Problem
from standfirst.wire.api_v1.reading import check_size
from standfirst.wire.errors import ItemChanged, ItemRefused

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]

_POINTERS = {name: f"/source/{name.partition('_')[2]}" for name in ("source_name", "source_url")}
"""Where a field of a draft stands in a body, when not under its own name."""


def answering(view: View) -> View:
    """Return a view of the API: its own transactions, its own words for whatever happens."""

    @functools.wraps(view, assigned=())
    def answering_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(_language(request)):
            try:
                check_size(request)
                response = view(request, *args, **kwargs)
            except Exception as problem:  # noqa: BLE001 - whoever calls gets words, the log the rest
                response = told(problem).response()
        if response.status_code == 405 and response["Content-Type"] != "application/problem+json":
            allowed = {"Allow": response["Allow"]}
            response = Problem("method", f"{request.method} is not taken here.", headers=allowed).response()
        response["Cache-Control"] = "no-store"
        return response

    return csrf_exempt(transaction.non_atomic_requests(answering_view))


def told(problem: Exception) -> Problem:
    """Return the words for what happened. What nobody foresaw is logged, without what was sent."""
    if isinstance(problem, Problem):
        return problem
    if isinstance(problem, HttpError):  # django-ninja wraps what the parser says
        return problem.__cause__ if isinstance(problem.__cause__, Problem) else _broken(problem)
    if isinstance(problem, ValidationError):
        errors = [(_place(one["loc"]), one["msg"]) for one in problem.errors]
        return Problem("invalid", f"{errors[0][0] or 'The body'}: {errors[0][1]}", errors=errors)
    if isinstance(problem, ItemChanged):
        return Problem("changed-meanwhile", "It was saved by somebody else after the version you sent.")
    if isinstance(problem, ItemRefused):
        if not problem.field:
            return Problem("state", str(problem))
        place = _POINTERS.get(problem.field, f"/{problem.field}")
        return Problem("invalid", str(problem), errors=[(place, str(problem))])
    if isinstance(problem, editions.Refused):
        return Problem("state", str(problem))
    if isinstance(problem, OperationalError) or room.is_missing(problem):
        logger.error("the API could not write: %s", type(problem).__name__)
        return Problem("busy", "The database could not take it just now.", headers={"Retry-After": "5"})
    return _broken(problem)


def _broken(problem: Exception) -> Problem:
    # The words of an exception may hold what was sent.
    where = "".join(traceback.format_tb(problem.__traceback__))
    logger.error("the API failed: %s\n%s", type(problem).__name__, where)
    return Problem("broken", "Nothing was done. The newsroom's log says what happened.")


def _place(loc: tuple[Any, ...]) -> str:
    """Return a JSON pointer into the body, or the name of a parameter."""
    source, *rest = loc
    if source == "body":
        return "".join(f"/{part}" for part in rest[1:])
    return str(rest[-1])


def _language(request: HttpRequest) -> str:
    """Return the language that refusals of the newsroom are told in: what was asked for, else English."""
    for tag, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return translation.get_supported_language_variant(tag)
        except LookupError:
            continue
    return str(settings.LANGUAGE_CODE)


def openapi(request: HttpRequest) -> HttpResponse:
    """Give out the description of the API. It needs no token and holds no secret."""
    if request.method != "GET":
        raise Problem("method", f"{request.method} is not taken here.", headers={"Allow": "GET"})
    return answer(description.text())


def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Say that nothing is here, in the API's own form."""
    raise Problem("not-found", "Nothing is at this address; /-/api/v1/openapi.json lists what there is.")


def _reraise(_request: HttpRequest, problem: Any) -> HttpResponse:
    raise problem


api.add_exception_handler(Exception, _reraise)
for _kind in (HttpError, ValidationError):
    api.add_exception_handler(_kind, _reraise)


def _endpoints() -> list[URLPattern]:
    patterns = [one for one in api.urls[0] if isinstance(one, URLPattern) and str(one.pattern)]
    return [path(str(one.pattern), answering(one.callback), name=f"wire_api_{one.name}") for one in patterns]


urlpatterns = [
    path("openapi.json", answering(openapi), name="wire_api_openapi"),
    *_endpoints(),
    path("<path:rest>", answering(nothing), name="wire_api_nothing"),
]
