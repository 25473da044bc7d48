"""The site archive: one documented folder format for a whole site."""
