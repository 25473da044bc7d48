"""CDNs that forget on demand: one small interface, and what two companies make of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from standfirst.kit.fetch import STRICT, FetchError, Policy, post

SECONDS = 10.0


class NotPurgedError(Exception):
    """The CDN did not do it. `wait` is how many seconds it asks to be left alone, 0 where it says nothing."""

    def __init__(self, why: str, wait: float = 0.0) -> None:
        self.wait = wait
        super().__init__(why)


class Purger(Protocol):
    """Makes one CDN forget. Doing it twice is harmless; all three raise NotPurgedError."""

    @property
    def urls_at_once(self) -> int: ...

    @property
    def keys_at_once(self) -> int: ...

    def forget(self, urls: Sequence[str]) -> None:
        """Forget what these addresses answered."""
        ...

    def forget_keys(self, keys: Sequence[str]) -> None:
        """Forget every answer that carries one of these surrogate keys."""
        ...

    def forget_all(self) -> None:
        """Forget everything of the site."""
        ...


@dataclass(frozen=True)
class Fastly:
    """Fastly: a request an address, up to 256 surrogate keys a request.

    developer.fastly.com/reference/api/purging: `POST /purge/URL`, `POST /service/ID/purge`, `…/purge_all`.
    """

    service: str
    token: str
    policy: Policy = STRICT
    api: str = "https://api.fastly.com"
    urls_at_once: int = 1
    keys_at_once: int = 256

    def forget(self, urls: Sequence[str]) -> None:
        for url in urls:
            self._ask(f"/purge/{url.partition('://')[2]}", {})

    def forget_keys(self, keys: Sequence[str]) -> None:
        self._ask(f"/service/{self.service}/purge", {"surrogate_keys": list(keys)})

    def forget_all(self) -> None:
        self._ask(f"/service/{self.service}/purge_all", {})

    def _ask(self, path: str, data: Mapping[str, object]) -> None:
        _ask(self.api + path, {"Fastly-Key": self.token}, data, self.policy)


@dataclass(frozen=True)
class Cloudflare:
    """Cloudflare: up to 30 addresses or tags a request, all at `POST /zones/ID/purge_cache`.

    developers.cloudflare.com/api/resources/cache/methods/purge.
    """

    zone: str
    token: str
    policy: Policy = STRICT
    api: str = "https://api.cloudflare.com/client/v4"
    urls_at_once: int = 30
    keys_at_once: int = 30

    def forget(self, urls: Sequence[str]) -> None:
        self._ask({"files": list(urls)})

    def forget_keys(self, keys: Sequence[str]) -> None:
        self._ask({"tags": list(keys)})

    def forget_all(self) -> None:
        self._ask({"purge_everything": True})

    def _ask(self, data: Mapping[str, object]) -> None:
        url = f"{self.api}/zones/{self.zone}/purge_cache"
        answer = _ask(url, {"Authorization": f"Bearer {self.token}"}, data, self.policy)
        if not (isinstance(answer, dict) and answer.get("success") is True):
            raise NotPurgedError("it did not say that it worked")


def _ask(url: str, headers: Mapping[str, str], data: Mapping[str, object], policy: Policy) -> object:
    """POST JSON; return the JSON answered. Raises NotPurgedError, never with a token in it."""
    sent = {**headers, "Content-Type": "application/json", "Accept": "application/json"}
    try:
        answer = post(url, json.dumps(data).encode(), headers=sent, timeout=SECONDS, policy=policy)
    except FetchError as error:
        raise NotPurgedError(error.why) from error
    if not 200 <= answer.status < 300:
        raise NotPurgedError(f"it answered {answer.status}{_reason(answer.body)}", answer.retry_after)
    try:
        return json.loads(answer.body)
    except ValueError:
        raise NotPurgedError("it answered something that is no JSON") from None


def _reason(body: bytes) -> str:
    """Return what the company says went wrong, "" where it says nothing that can be read."""
    try:
        said = json.loads(body)
        first = said["errors"][0]["message"] if said.get("errors") else said.get("msg") or said["detail"]
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    return f": {first}"[:200]
