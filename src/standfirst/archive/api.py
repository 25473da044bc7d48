"""What other rooms may ask of the archive."""

from __future__ import annotations

from standfirst.archive.errors import ArchiveError, Problem
from standfirst.archive.ledger import Line, LoadReport
from standfirst.archive.loading import Progress, load

__all__ = ["ArchiveError", "Line", "LoadReport", "Problem", "Progress", "load"]
