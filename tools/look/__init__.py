"""Pictures of every page type of a site, at four widths, light and dark, in each language."""
