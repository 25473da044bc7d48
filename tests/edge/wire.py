"""The file of changes written by hand, as bakers bake it: the newest of them, each record once."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from standfirst.edge import changes
from standfirst.edge.manifest import Entry
from tests.edge.site import Store


@dataclass
class Wire:
    """Publishes changes into a store. Numbers have gaps, as those of editions have."""

    store: Store
    keep: int = 60
    step: int = 3
    seq: int = 0
    since: int = 0
    events: list[dict[str, object]] = field(default_factory=list)

    def publish(self, html: str = "", *, record: str = "", tell: bool = True) -> int:
        """Publish a change of `record` (a new one if none is named); return its number."""
        self.change(html, record=record)
        self.write(tell=tell)
        return self.seq

    def change(self, html: str = "", *, record: str = "") -> None:
        """Note a change without writing the file."""
        self.seq += self.step
        name = record or f"item-{self.seq}"
        self.events = [event for event in self.events if event["id"] != name]
        self.events.append(
            {"seq": self.seq, "kind": "item", "id": name, "language": "en", "story": "", "state": "live",
             "html": html or f'<article id="{name}"><p>Річка піднялася\nзнову.</p></article>'}
        )  # fmt: skip
        while len(self.events) > self.keep:
            left_out = self.events.pop(0)["seq"]
            assert isinstance(left_out, int)
            self.since = left_out

    def write(self, *, tell: bool = True) -> None:
        """Write the file as it is now, and a segment that names it."""
        self.store.segment([self.entry()], tell=tell)

    def entry(self) -> Entry:
        """Write the file as it is now, and return its entry; no segment names it yet."""
        body = json.dumps({"since": self.since, "events": self.events}, ensure_ascii=False)
        return self._entry(body.encode())

    def raw(self, body: bytes, *, tell: bool = True) -> None:
        """Write any bytes in the file's place."""
        self.store.segment([self._entry(body)], tell=tell)

    def _entry(self, body: bytes) -> Entry:
        return self.store.page(changes.PATH, body, seq=self.seq, content_type="application/json")
