"""The gated store: text that only some may read. Public renderers cannot import this module (a contract)."""
