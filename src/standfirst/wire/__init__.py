"""The wire: the news feed, live coverage, and what goes out to readers at once."""
