"""Keys with which other systems read through the REST API: scopes, expiry, and a record of use."""
