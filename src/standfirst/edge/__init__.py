"""The reader-facing process. No Django, no database, no templates."""
