"""Accounts: who may sign in, as staff or as a reader."""
