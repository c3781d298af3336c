"""Keys with which other systems use the REST API: scopes, expiry, and a record of use."""
