"""The web: the page for elders and the REST API."""
