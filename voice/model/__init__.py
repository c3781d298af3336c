"""How the speech model is made: what it learns from, sounds and words. Needed for no call."""
