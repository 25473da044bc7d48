"""Takes the forms that readers send, whether the application is up or not: checks, seals, keeps, answers.

Always the same way, so that the way for bad days is walked every day. What a reader typed is never lost
silently: it is kept and acknowledged, or given back on a page that says what is wrong.
"""

from __future__ import annotations

import asyncio
import html
import json
import logging
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from standfirst.edge import answers, blobs, forms, spool
from standfirst.edge.bodies import Bodies, RefusedError
from standfirst.edge.handler import Pages
from standfirst.edge.headers import Headers
from standfirst.edge.keeping import NotKeptError, Spool
from standfirst.edge.paths import quoted
from standfirst.edge.peers import Peers
from standfirst.edge.rates import Rates
from standfirst.kit import bus, sealing
from standfirst.kit.sitefolder import SiteFolder

log = logging.getLogger("standfirst.edge")

ENCODING = "application/x-www-form-urlencoded"
RETRY_SECONDS = 60
KEEP_SECONDS = 15.0  # that a disk may take; what it keeps later after all is the same message sent twice
LARGEST = 256_000  # bytes of a body; the longest form that is allowed has less


@dataclass(frozen=True, slots=True)
class _Case:
    """One request: the form it is for, and that form's pages in the sender's language."""

    name: str
    language: str
    form: forms.Form
    pages: forms.Pages


class Intake:
    """Answers what begins with `/-/send/`."""

    def __init__(self, site: SiteFolder, pages: Pages, peers: Peers) -> None:
        self._site, self._pages, self._peers = site, pages, peers
        self._bodies = Bodies(largest=LARGEST, together=16_000_000, seconds=20.0)
        self._rates = Rates()
        self._spool = Spool(site.spool, lambda: bus.send(site, bus.WORK))
        self._book: tuple[str, forms.Book] = ("", forms.Book("", {}))
        self._key = ""

    async def __call__(self, scope: Any, protocol: Any) -> None:
        """Answer one request. Never raises for what a reader sends."""
        try:
            case = self._case(scope)
            if scope.method in ("GET", "HEAD"):
                self._see_other(case.pages.form, protocol)  # somebody opened the address by itself
                return
            await self._take(case, scope, protocol)
        except RefusedError as refused:
            extra = [("allow", "GET, HEAD, POST")] if refused.status == 405 else []
            form = self._pages.form("", self._pages.error("/", refused.status, extra), 0)
            protocol.response_bytes(form[0], form[1], form[2])

    def _case(self, scope: Any) -> _Case:
        """Return what a request is for. Raises RefusedError for a form, language or method that is none."""
        name, _, language = scope.path.removeprefix(forms.SEND).partition("/")
        known = self._forms().forms.get(name)
        pages = known.pages.get(language) if known else None
        if known is None or pages is None:
            raise RefusedError(404)
        if scope.method not in ("GET", "HEAD", "POST"):
            raise RefusedError(405)
        return _Case(name, language, known.form, pages)

    async def _take(self, case: _Case, scope: Any, protocol: Any) -> None:
        if not own(scope.headers, self._forms().origin):
            raise RefusedError(403)
        if (scope.headers.get("content-type") or "").partition(";")[0].strip().lower() != ENCODING:
            raise RefusedError(415)
        try:
            async with self._bodies.take(scope, protocol) as body:
                filled = forms.fill(case.form, body)
        except forms.UnreadableError:
            raise RefusedError(400) from None
        except RefusedError as refused:
            if refused.status != 413:
                raise
            self._again(case, {}, 413, "large", protocol)
            return
        if filled.problems:
            self._again(case, filled.values, 422, "", protocol, filled.problems)
        elif wait := self._rates.wait(self._peers.of(scope)):
            self._again(case, filled.values, 429, "often", protocol, retry=wait)
        elif await self._keep(case, filled):
            self._see_other(case.pages.sent, protocol)
        else:
            self._again(case, filled.values, 503, "full", protocol, retry=RETRY_SECONDS)

    async def _keep(self, case: _Case, filled: forms.Filled) -> bool:
        """Seal and keep; return whether it is safe on disk. Only then may anybody be told so."""
        letter = {"language": case.language, "trapped": filled.trapped, "values": dict(filled.values)}
        text = json.dumps(letter, ensure_ascii=False, sort_keys=True).encode()
        number, at = secrets.token_bytes(16), time.time_ns() // 1000
        try:
            self._key = self._key or self._site.spool_key.read_text("ascii").strip()
            sealed = sealing.seal(self._key, text, spool.about(number, at, case.name))
            kept = self._spool.keep(spool.Record(number, at, case.name, sealed))
            async with asyncio.timeout(KEEP_SECONDS):
                await asyncio.wrap_future(kept)
        except (NotKeptError, TimeoutError):
            return False
        except (OSError, ValueError) as problem:
            self._key = ""
            log.error("nothing can be sealed for the application: %s", problem)
            return False
        return True

    def _see_other(self, path: str, protocol: Any) -> None:
        headers: Headers = [
            *self._pages.policy.error, ("cache-control", "no-store"), ("location", quoted(path)),
        ]  # fmt: skip
        protocol.response_empty(303, headers)

    def _again(
        self,
        case: _Case,
        values: Mapping[str, str],
        status: int,
        problem: str,
        protocol: Any,
        problems: Mapping[str, forms.Problem] | None = None,
        *,
        retry: int = 0,
    ) -> None:
        """Answer with the form as it was filled, and with what is wrong."""
        entry = self._pages.table.entry(case.pages.again)
        try:
            page = self._blob(entry.blob).decode() if entry else ""
        except blobs.BlobError:
            page = ""
        if not page:
            raise RefusedError(503)
        said = [f"{name}.{wrong}" for name, wrong in (problems or {}).items()] or [problem]
        body = filled_in(page, values, said).encode()
        headers: Headers = [
            *self._pages.policy.error, ("cache-control", "no-store"), ("content-type", answers.HTML),
        ]  # fmt: skip
        if retry:
            headers.append(("retry-after", str(retry)))
        protocol.response_bytes(status, headers, body)

    def _forms(self) -> forms.Book:
        """Return the site's forms as they are baked now; none while there is no such file."""
        entry = self._pages.table.entry(forms.PATH)
        if entry is None or not entry.blob:
            return forms.Book("", {})
        if entry.blob != self._book[0]:
            try:
                self._book = (entry.blob, forms.decode(self._blob(entry.blob)))
            except (blobs.BlobError, ValueError, KeyError, TypeError) as problem:
                log.error("the list of forms cannot be read: %s", problem)
                return forms.Book("", {})
        return self._book[1]

    def _blob(self, name: str) -> bytes:
        with blobs.BlobFile(self._pages.store, name) as file:
            return file.form(0)


def own(headers: Any, origin: str) -> bool:
    """Return whether a page of this site sends this, as far as the browser says.

    Programs that are no browsers say nothing; nobody's cookies are at stake, so they may. What says
    something foreign is refused, whichever of the two headers says it (Fetch Metadata; RFC 6454).
    """
    if headers.get("sec-fetch-site") not in (None, "same-origin", "none"):
        return False
    said = headers.get("origin")
    if said is None:
        return True
    host = (headers.get("host") or "").lower()
    return said == origin or (bool(host) and urlsplit(said).netloc.lower() == host)


_UNSAID = re.compile(r'<p class="field__problem" data-error="[^"]*" hidden>[^<]*</p>\n?')


def _focused(page: str, said: list[str]) -> str:
    """Return the page with the cursor in the first field that has a problem: scripts are not needed."""
    wrong = "|".join(re.escape(one.partition(".")[0]) for one in said)
    return re.sub(rf'(data-fill="(?:{wrong})[="])', r"autofocus \1", page, count=1)


def filled_in(page: str, values: Mapping[str, str], said: list[str]) -> str:
    """Return a baked form with values in its fields and its messages `said` shown.

    The page marks the places: `data-fill="name" value=""`, `data-fill="name"></textarea>`,
    `data-fill="name=choice"`, `data-error="name.problem" hidden`. Values are escaped, so none holds a mark.
    """
    for one in said:
        page = page.replace(f'data-error="{one}" hidden', f'data-error="{one}"', 1)
        mark = f'data-fill="{one.partition(".")[0]}"'
        page = page.replace(mark, f'aria-invalid="true" {mark}', 1)
    page = _focused(page, said)
    page = _UNSAID.sub("", page)  # what did not happen is not said, not even to a browser without styles
    for name, value in values.items():
        safe = html.escape(value)
        mark = f'data-fill="{name}"'
        page = page.replace(f'{mark} value=""', f'{mark} value="{safe}"', 1)
        page = page.replace(f"{mark}></textarea>", f"{mark}>\n{safe}</textarea>", 1)
        page = page.replace(f'data-fill="{name}={safe}"', f'data-fill="{name}={safe}" checked', 1)
    return page
