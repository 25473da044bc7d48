"""What other rooms may call. Everything that publishes belongs in the caller's transaction."""

from __future__ import annotations

from standfirst.editions.addresses import AddressRefused, AddressTaken, check_story, free, owner
from standfirst.editions.chain import Problem, hold, last_seq
from standfirst.editions.chain import verify as verify_chain
from standfirst.editions.expunging import (
    Erasure,
    ExpungeReport,
    approve_expunge,
    erase_files,
    erasers,
    reapply_expunges,
    request_expunge,
    tables_of_words,
)
from standfirst.editions.heads import HeadInfo, current, currents, site
from standfirst.editions.heads import get as head
from standfirst.editions.history import EditionInfo, edition, history
from standfirst.editions.publishing import (
    Published,
    Reason,
    Refused,
    claim_all,
    claim_new,
    kill,
    only_used_by,
    publish,
    unpublish,
)
from standfirst.editions.references import users_of
from standfirst.editions.triggers import install as install_triggers
from standfirst.editions.triggers import missing as missing_triggers
from standfirst.kit.ids import new_id as new_record_id

__all__ = [
    "AddressRefused", "AddressTaken", "EditionInfo", "Erasure", "ExpungeReport", "HeadInfo", "Problem",
    "Published", "Reason", "Refused", "approve_expunge", "check_story", "claim_all", "claim_new", "current",
    "currents", "edition", "erase_files", "erasers", "free", "head", "history", "hold", "install_triggers",
    "kill", "last_seq", "missing_triggers", "new_record_id", "only_used_by", "owner", "publish",
    "reapply_expunges", "request_expunge", "site", "tables_of_words", "unpublish", "users_of", "verify_chain",
]  # fmt: skip
