"""Entitlements: what the published policies give, to whom, and how that is told."""
