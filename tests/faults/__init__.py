"""Fault campaigns: what `PROMISES` says, in full numbers. `make test` runs a short form of each."""
