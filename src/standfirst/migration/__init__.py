"""From elsewhere into a site: one folder for each source format."""
