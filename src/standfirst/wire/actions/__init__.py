"""Writes: each names its actor and is one transaction."""
