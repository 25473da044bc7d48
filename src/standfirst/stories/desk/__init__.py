"""The desk's screens beside Wagtail's own, in Wagtail's idiom."""
