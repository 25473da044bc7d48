"""The desk screens of the wire."""
