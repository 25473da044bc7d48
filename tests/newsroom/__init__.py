"""The whole system, started as a newsroom starts it, driven through a real browser."""
