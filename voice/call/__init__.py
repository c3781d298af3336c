"""One telephone call, from the first ring to the last note: who says what, and when."""
