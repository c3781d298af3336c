"""Processes of one installation: callers of one are talked with at the desk of another."""
