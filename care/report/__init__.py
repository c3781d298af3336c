"""The half-yearly report of what was done for elders: counts, their meaning, and their queries."""
