"""The desk's pages of elders' records."""
