"""The REST API for other systems under `/api/v1`: they read, with a key, what it was made for."""
