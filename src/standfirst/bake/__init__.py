"""Baking: from records to files, exactly those that changed."""
