"""The newsroom's own look, as docs/developers/own-look.md has it: read, checked, tried on, and taken."""
