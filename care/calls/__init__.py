"""The record that every call leaves: its course, who spoke when, and the recordings."""
