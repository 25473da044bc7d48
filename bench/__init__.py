"""Benches: one module a figure or a group of figures, each printing one JSON line a figure."""
