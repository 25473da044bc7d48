"""The only module that reads the process environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

Role = Literal["desk", "public", "task"]


@dataclass(frozen=True)
class Environment:
    """What a process is told from outside.

    `role` decides which addresses a process answers: the desk's, only `/-/`, or none.
    """

    site: Path
    role: Role
    debug: bool


def read() -> Environment:
    """Return the environment of this process. Raises ValueError for a role that does not exist."""
    role = os.environ.get("STANDFIRST_ROLE", "task")
    if role not in ("desk", "public", "task"):
        raise ValueError(f"STANDFIRST_ROLE is {role!r}; it is desk, public or task")
    return Environment(
        site=Path(os.environ.get("STANDFIRST_SITE") or ".").resolve(),
        role=cast(Role, role),
        debug=os.environ.get("STANDFIRST_DEBUG") == "1",
    )


def for_child(site: Path, role: Role) -> dict[str, str]:
    """Return the environment of a child process that works for `site` in `role`."""
    return {**os.environ, "STANDFIRST_SITE": str(site), "STANDFIRST_ROLE": role}
