"""Callers who wait for an operator, and who took them over."""
