"""Syndication: what the site says to programs: feeds, sitemaps, robots.txt."""
