"""The regions that the hotline knows, as a tree."""
