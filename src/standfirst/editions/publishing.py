"""The writes: publish, unpublish, kill. Each adds editions and says which keys moved, in one transaction."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain as chain_of
from typing import Literal, TypeAlias

from django.conf import settings
from django.db import transaction

from standfirst.bake import api as bake
from standfirst.editions import addresses, chain, cleanliness, heads, lists, references, rows, upcasters
from standfirst.editions import gated as gated_store
from standfirst.editions.chain import Change, Place
from standfirst.editions.documents import Block, Document, FeedItem, PlainPage, Post, Site, Story
from standfirst.editions.documents.base import Part
from standfirst.editions.heads import HeadInfo
from standfirst.editions.pages import list_rules, page_rules
from standfirst.editions.records import facets
from standfirst.kit import bus, instants
from standfirst.kit.canonical import canonical_bytes, digest

Reason: TypeAlias = Literal[
    "published", "updated", "corrected", "retracted", "unpublished", "killed", "expunged"
]
_SAYS = ("published", "updated", "corrected", "retracted")
_STAYS = ("site", "navigation", "front")


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a call. `changed` is False when the record was so already and no edition was added."""

    seq: int
    record: str
    number: int
    at: datetime
    changed: bool


class Refused(ValueError):
    """A record that may not be published now. The message says why."""


def publish(
    document: Document,
    *,
    reason: Reason,
    actor: str,
    at: datetime | None = None,
    note: str = "",
    gated: Sequence[Block] = (),
) -> Published:
    """Make `document` what its record says from now on. Call in the transaction that changes the draft.

    `actor` is a staff e-mail address or `system:…`; it and `note` never leave the database. The same content
    again changes nothing. Raises AddressTaken, AddressRefused, ValueError (HTML that is not clean, a document
    that does not fit its type), Refused (killed or expunged records), RuntimeError outside a transaction.
    """
    rows.require_transaction("publishing")
    if reason not in _SAYS:
        raise ValueError(f"{reason!r} is no reason to publish; it is one of {', '.join(_SAYS)}")
    if upcasters.document_type(document.kind) is not type(document):
        raise upcasters.UnknownDocument(f"{type(document).__name__} is not the type of a {document.kind}")
    cleanliness.check(document, gated)
    place = chain.lock()
    site = document if isinstance(document, Site) else heads.site()
    if isinstance(document, Story | PlainPage):
        addresses.check_story(document.path, document.language, site)
    before = heads.get(document.record)
    _refuse_withdrawn(document.record, before, reason)
    stored, gated_bytes = document.to_bytes(), gated_store.to_bytes(gated)
    prints, gated_print = _prints(document, stored), digest(gated_bytes) if gated_bytes else ""
    if before and before.state == "live" and (before.facets, before.gated) == (prints, gated_print):
        return Published(before.seq, before.record, before.number, before.at, changed=False)
    change = Change(
        document.record, document.kind, before.number + 1 if before else 1, reason, at or instants.now(),
        document.schema_version, actor, note, stored, gated_bytes,
    )  # fmt: skip
    seq = chain.append(place, change)
    keys = _moved(document.record, before, prints)
    heads.put(_head(change, seq, before, document, prints, gated_print))
    keys |= _file(document, before, site) | _note(document.record, seq, document)
    _tell(keys, seq, urgent=False)
    return Published(seq, document.record, change.number, change.at, changed=True)


def unpublish(record: str, *, actor: str, note: str = "") -> Published:
    """Take a record away: its addresses answer 410. Raises LookupError for one that was never published."""
    return withdraw(record, reason="unpublished", actor=actor, note=note)


def kill(record: str, *, actor: str, why: str) -> Published:
    """Withdraw a record at once, before all other baking, with every picture that nothing else uses.

    It can be published again only as `published`, by a person. Raises LookupError.
    """
    with transaction.atomic():
        pictures = only_used_by(record)
        withdrawn = withdraw(record, reason="killed", actor=actor, note=why)
        for picture in pictures:
            withdraw(picture, reason="killed", actor=actor, note=f"was in {record}")
        return withdrawn


def only_used_by(record: str) -> list[str]:
    """Return the pictures that `record` uses and no other live record does."""
    used = rows.rows(
        """SELECT r.target FROM editions_reference r JOIN editions_head h ON h.record = r.target
           WHERE r.source = %s AND h.kind = 'media' AND h.state = 'live' ORDER BY r.target""",
        [record],
    )
    return [row[0] for row in used if references.users_of(row[0]) == (record,)]


def check_withdrawable(record: str) -> None:
    """Raise Refused for the records that every page of a site stands on."""
    if record.partition(":")[0] in _STAYS:
        raise Refused(
            f"{record} cannot be withdrawn: pages cannot be drawn without it. Change it at the desk."
        )


def withdraw(record: str, *, reason: Reason, actor: str, note: str) -> Published:
    """Add the edition that takes `record` away and move its keys; nothing changes when that is done.

    Raises LookupError for one that was never published, Refused for one the site stands on.
    """
    check_withdrawable(record)
    with transaction.atomic():
        place = chain.lock()
        before = heads.get(record)
        if before is None:
            raise LookupError(f"{record} was never published")
        if before.reason in (reason, "expunged") or (before.state == "gone" and reason == "unpublished"):
            return Published(before.seq, record, before.number, before.at, changed=False)
        kind = record.split(":", 1)[0]
        version = upcasters.document_type(kind).schema_version
        change = Change(record, kind, before.number + 1, reason, instants.now(), version, actor, note)
        seq = chain.append(place, change)
        heads.put(
            replace(before, state="gone", seq=seq, number=change.number, reason=reason, at=change.at,
                    facets={}, gated="")
        )  # fmt: skip
        keys = {f"{record}/{facet}" for facet in before.facets}
        references.note(record, set())
        keys |= addresses.release(record)
        if issubclass(upcasters.document_type(kind), lists.LISTED):
            keys |= lists.file(record.split(":", 1)[1], {}, heads.site())
        keys |= _note(record, seq)
        _tell(keys, seq, urgent=reason != "unpublished")
        return Published(seq, record, change.number, change.at, changed=True)


def claim_all() -> int:
    """Give every live record and list the pages that the rules of today say; return how many keys moved.

    For pages and lists that came with a new version (a channel, another path for months). It takes a number
    of its own in the chain. Doing it again changes nothing.
    """
    with transaction.atomic():
        place = chain.lock()
        keys, site = set(), heads.site()
        for document in heads.live():
            paths = addresses.wanted(document, site)
            keys |= addresses.claim(document.record, paths)
            references.note(document.record, _references(document, paths))
            if isinstance(document, lists.LISTED):  # a new version may know lists that it is not in yet
                keys |= lists.file(document.id, lists.wanted(document, site), site)
        keys |= lists.claim_all(site)
        if keys:
            _note_claims(place, keys)
        rows.run("UPDATE editions_sequence SET rules = %s WHERE id = 1", [_rules()])
        return len(keys)


def claim_new() -> int:
    """Do `claim_all` if there are other rules than when it last ran; cheap at every start."""
    row = rows.one("SELECT rules FROM editions_sequence WHERE id = 1")
    return 0 if row is not None and row[0] == _rules() else claim_all()


def _rules() -> str:
    return " ".join(sorted(name for registry in (page_rules, list_rules) for name, _ in registry.items()))


def _note_claims(place: Place, keys: set[str]) -> None:
    """Claims without a publish still take a number, and the chain says which they were."""
    record = "claims:main"
    row = rows.one("SELECT max(number) FROM editions_edition WHERE record = %s", [record])
    change = Change(
        record, "claims", (row[0] or 0) + 1, "updated", instants.now(), 1, "system:claims",
        document=canonical_bytes({"keys": sorted(keys)}),
    )  # fmt: skip
    _tell(keys, chain.append(place, change), urgent=False)


def _refuse_withdrawn(record: str, before: HeadInfo | None, reason: Reason) -> None:
    if before is None or before.state == "live":
        return
    if before.reason == "expunged":
        raise Refused(f"{record} was erased by law; write a new story instead")
    if before.reason == "killed" and reason != "published":
        raise Refused(f"{record} was withdrawn at once; it comes back only when a person publishes it again")


def _prints(document: Document, stored: bytes) -> dict[str, str]:
    """Return the hash of every facet."""
    prints = {"body": digest(stored)}
    for name, value in facets(document).items():
        if name != "body" and isinstance(value, Part):
            prints[name] = digest(canonical_bytes(value.model_dump(mode="json")))
    return prints


def _moved(record: str, before: HeadInfo | None, prints: dict[str, str]) -> set[str]:
    had = before.facets if before else {}
    return {f"{record}/{name}" for name in prints.keys() | had.keys() if prints.get(name) != had.get(name)}


def _head(
    change: Change, seq: int, before: HeadInfo | None, document: Document, prints: dict[str, str], gated: str
) -> HeadInfo:
    first = document.published_at if isinstance(document, Story | FeedItem | Post) else None
    published_at = first or (before.published_at if before else change.at)
    return HeadInfo(
        change.record, "live", change.number, seq, change.reason, published_at, change.at, prints, gated
    )


def _file(document: Document, before: HeadInfo | None, site: Site) -> set[str]:
    """Claim addresses, fill lists and note references; return the keys that moved."""
    paths = addresses.wanted(document, site)
    keys = addresses.claim(document.record, paths)
    references.note(document.record, _references(document, paths))
    if isinstance(document, lists.LISTED):
        keys |= lists.file(document.id, lists.wanted(document, site), site)
    if isinstance(document, Site) and _calendar_changed(document, before):
        for dated in chain_of(heads.live("story"), heads.live("item")):
            assert isinstance(dated, Story | FeedItem)
            keys |= lists.file(dated.id, lists.wanted(dated, site), site)
        keys |= lists.claim_all(site)
    return keys


def _note(record: str, seq: int, document: Document | None = None) -> set[str]:
    """Note a change of what is pushed to readers; return the keys that moved."""
    covered = isinstance(document, Story) and document.live is not None
    pushed = covered or record.startswith(("item:", "post:"))
    return lists.note_change(record, seq) if pushed else set()


def _calendar_changed(site: Site, before: HeadInfo | None) -> bool:
    """Return whether stories may belong to other days or paths than before."""
    row = rows.one(
        """SELECT p.document, e.schema_version FROM editions_edition e
           JOIN editions_payload p ON p.seq = e.seq WHERE e.record = %s AND e.number = %s""",
        [site.record, before.number if before else 0],
    )
    if row is None or not row[0]:
        return True
    old = upcasters.read("site", row[1], bytes(row[0]))
    assert isinstance(old, Site)
    return (old.time_zone, old.languages) != (site.time_zone, site.languages)


def _references(document: Document, paths: dict[str, addresses.Held]) -> set[str]:
    files = {f"address:{path}" for path in paths if path.startswith("/_m/")}
    return references.of(document) | files


def _tell(keys: set[str], seq: int, *, urgent: bool) -> None:
    bake.move(keys, seq, urgent=urgent)
    transaction.on_commit(functools.partial(bus.send, settings.STANDFIRST_SITE, bus.MOVED, str(seq)))
