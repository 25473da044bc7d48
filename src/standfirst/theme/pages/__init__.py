"""One file a page type: its view, and how that is built from public records."""
