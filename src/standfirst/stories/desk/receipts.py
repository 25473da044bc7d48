"""What a publish did, told to whoever pressed the button: how many pages, how fast, visible or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from standfirst.bake import api as bake
from standfirst.edge import state as edge
from standfirst.editions import api as editions
from standfirst.stories.fronts import HomePage
from standfirst.stories.offers import offers
from standfirst.stories.pages import StoryPage
from standfirst.stories.plainpages import PlainPage

MOST = 50
"""Sequence numbers one receipt may cover."""
MANY = 200
"""With more pages than this it is said about how long they take."""


@dataclass(frozen=True)
class Line:
    path: str
    url: str
    state: str  # waiting, visible, failed
    error: str = ""


@dataclass(frozen=True)
class Receipt:
    """What readers have of the editions `first` to `last`. `settled` when nothing more will change."""

    first: int
    last: int
    total: int
    visible: int
    failed: int
    milliseconds: int | None
    settled: bool
    lines: tuple[Line, ...]

    def sentence(self) -> str:
        """Return it in words: “7 pages, 84 ms, all visible”."""
        if not self.total:
            return _("No page had to change.") if self.settled else _("Waiting for the baker …")
        pages = ngettext("%(n)d page", "%(n)d pages", self.total) % {"n": self.total}
        if self.failed:
            names = ", ".join(line.path for line in self.lines if line.state == "failed")
            words = _("%(pages)s, %(failed)d of them failed: %(names)s. The old ones stay meanwhile.")
            return words % {"pages": pages, "failed": self.failed, "names": names}
        if self.settled:
            words = _("%(pages)s, %(time)s, all visible")
            return words % {"pages": pages, "time": _duration(self.milliseconds or 0)}
        said: str = _("%(pages)s, %(visible)d visible so far …") % {"pages": pages, "visible": self.visible}
        left = time_left() if self.total > MANY else ""
        return f"{said} {left}" if left else said


def _duration(milliseconds: int) -> str:
    """Return it in words, “84 ms”; from a second on as people say it, “3.9 s”."""
    if milliseconds < 1000:
        return _("%(n)d ms") % {"n": milliseconds}
    return _("%(n)s s") % {"n": number_format(f"{milliseconds / 1000:.1f}", decimal_pos=1, use_l10n=True)}


def read(first: int, last: int) -> Receipt:
    """Return the receipt for the editions `first` to `last`."""
    parts = [bake.progress(seq) for seq in range(first, last + 1)]
    applied = min(edge.applied(settings.STANDFIRST_SITE), default=None)
    merged: dict[str, Line] = {}
    for part in parts:
        seen = applied is None or part.segment <= applied
        for path in part.paths:
            state = path.state if seen or path.state != "visible" else "waiting"
            before = merged.get(path.path)
            if before is None or _rank(state) > _rank(before.state):
                merged[path.path] = Line(path.path, _url(path.path), state, path.error)
    lines = tuple(sorted(merged.values(), key=lambda line: line.path))
    uncounted = [part for part in parts if not part.paths]
    total = len(lines) + sum(part.total for part in uncounted)
    failed = sum(line.state == "failed" for line in lines) + sum(part.failed for part in uncounted)
    visible = sum(line.state == "visible" for line in lines) + sum(part.baked for part in uncounted)
    known = [part.milliseconds for part in parts if part.milliseconds is not None]
    marked = all(part.marked for part in parts)
    return Receipt(
        first, last, total, visible, failed, max(known, default=None), marked and visible == total, lines
    )


def tell(
    request: HttpRequest, made: Sequence[editions.Published], page: StoryPage | PlainPage | HomePage
) -> None:
    """Say that the page went out, or down, and follow what becomes of it; nothing when nothing changed.

    Stands in for the message that Wagtail has just added: one line says all.
    """
    if not made:
        return
    queued: Any = get_messages(request)
    queued._queued_messages.clear()
    first, last = _span(made)
    head = editions.head(page.record)
    live = head is not None and head.state == "live"
    words = _("“%(title)s” is published.") if live else _("“%(title)s” is taken down.")
    buttons = [messages.button(reverse("standfirst_receipt", args=(first, last)), _("Receipt"))]
    if live:
        buttons.insert(0, messages.button(page.url, _("View on the site")))
        buttons.append(messages.button(reverse("wagtailadmin_pages:edit", args=(page.pk,)), _("Edit")))
        buttons += _offered(request, page)
    messages.success(request, _followed(words % {"title": page.title}, first, last), buttons=buttons)


def _offered(request: HttpRequest, page: StoryPage | PlainPage | HomePage) -> list[Any]:
    """Return the buttons that other rooms offer for a story, as far as who published it may press them."""
    found = [offer(page) for _name, offer in offers.items()] if isinstance(page, StoryPage) else []
    return [
        messages.button(one.url, one.words) for one in found if one and request.user.has_perm(one.permission)
    ]


def follow(request: HttpRequest, made: Sequence[editions.Published]) -> None:
    """Say what becomes of editions that a form of Wagtail's own made, below what it says itself."""
    first, last = _span(made)
    buttons = [messages.button(reverse("standfirst_receipt", args=(first, last)), _("Receipt"))]
    messages.success(request, _followed(_("What readers see of it:"), first, last), buttons=buttons)


def _followed(words: str, first: int, last: int) -> SafeString:
    address = reverse("standfirst_receipt_json", args=(first, last))
    return format_html('{} <span data-receipt="{}">{}</span>', words, address, _("Waiting for the baker …"))


def _span(made: Sequence[editions.Published]) -> tuple[int, int]:
    first, last = min(one.seq for one in made), max(one.seq for one in made)
    return first, min(last, first + MOST - 1)


def backlog_sentence() -> str:
    """Return in words how much waits to be baked: “12,340 pages wait; the newest come first.”"""
    backlog = bake.backlog()
    if not backlog.waiting:
        return _("All pages are as they should be.")
    waiting = {"n": number_format(backlog.waiting, use_l10n=True, force_grouping=True)}
    words = ngettext("%(n)s page waits to be drawn again.", "%(n)s pages wait to be drawn again; the newest "
                     "come first.", backlog.waiting) % waiting  # fmt: skip
    parts = [words, time_left()]
    if backlog.failing:
        words = _("Not drawn because of an error: %(n)d. The old ones stay meanwhile.")
        parts.append(words % {"n": backlog.failing})
    return " ".join(part for part in parts if part)


def time_left() -> str:
    """Return in words how long the pages that wait will take, "" when nobody knows."""
    seconds = bake.backlog().seconds
    if not seconds:
        return ""
    minutes = round(seconds / 60)
    if minutes < 1:
        return _("Less than a minute is left.")
    return ngettext("About %(n)d minute is left.", "About %(n)d minutes are left.", minutes) % {"n": minutes}


def backlog_json(request: HttpRequest) -> JsonResponse:
    """Return what the welcome panel shows of the backlog, for its script."""
    settled = not bake.backlog().waiting
    return JsonResponse({"sentence": backlog_sentence(), "settled": settled, "failed": 0, "lines": []})


def receipt_view(request: HttpRequest, first: int, last: int) -> HttpResponse:
    receipt = read(*_bounded(first, last))
    context = {"receipt": receipt, "page_title": _("Receipt"), "header_icon": "tasks"}
    return TemplateResponse(request, "stories/desk/receipt.html", context)


def receipt_json(request: HttpRequest, first: int, last: int) -> JsonResponse:
    receipt = read(*_bounded(first, last))
    lines: list[dict[str, Any]] = [
        {"path": line.path, "url": line.url, "state": line.state, "error": line.error}
        for line in receipt.lines
    ]
    return JsonResponse(
        {
            "sentence": receipt.sentence(),
            "settled": receipt.settled,
            "failed": receipt.failed,
            "lines": lines,
        }
    )


def _bounded(first: int, last: int) -> tuple[int, int]:
    if not 0 < first <= last < first + MOST or last > editions.last_seq():
        raise Http404
    return first, last


def _rank(state: str) -> int:
    return ("visible", "waiting", "failed").index(state)


def _url(path: str) -> str:
    """Return where readers find a path, or "" for one that is no page to look at."""
    return "" if path.startswith(("/_e/", "/_m/", "/_a/")) else settings.STANDFIRST.base_url + path
