"""Standfirst: the publishing platform of a reader-funded independent newsroom."""

__version__ = "0.1.0"
