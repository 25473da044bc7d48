"""Editions: the immutable public records that every channel renders."""
