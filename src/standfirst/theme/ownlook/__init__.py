"""The newsroom's own look: read from the site folder, checked, tried on, and taken (docs/developers/own-look.md)."""
