"""Pictures drawn from records: a story's card for social networks, the site's icons."""
