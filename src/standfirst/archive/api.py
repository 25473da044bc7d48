"""What other rooms may ask of the archive."""

from __future__ import annotations

from standfirst.archive.errors import ArchiveError, Problem
from standfirst.archive.exporting import ExportReport, export
from standfirst.archive.ledger import Line, LoadReport
from standfirst.archive.loading import Progress, load
from standfirst.archive.writing import CannotExport

__all__ = [
    "ArchiveError", "CannotExport", "ExportReport", "Line", "LoadReport", "Problem", "Progress", "export",
    "load",
]  # fmt: skip
