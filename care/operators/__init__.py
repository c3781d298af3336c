"""The people who work at the desk: who they are, what they may, and what they looked at."""
