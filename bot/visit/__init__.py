"""The assistant on a visit by telephone: what it asks, what it understands, when it stops."""
