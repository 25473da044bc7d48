"""Draws the demo newsroom's pictures: two- and three-colour prints, the same bytes for the same seed.

`python -m tools.draw` writes them all into `newsroom/media/`; with names, only those.
"""
