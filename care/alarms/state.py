"""The states of an alarm, in their order."""

RAISED = "raised"
ACKNOWLEDGED = "acknowledged"
"""A named operator has it in hand."""
DISPATCHED = "dispatched"
"""A responder is on the way."""
ON_SITE = "on_site"
CLOSED = "closed"
"""Resolved: only a person gets it here."""

STATES = (RAISED, ACKNOWLEDGED, DISPATCHED, ON_SITE, CLOSED)
