"""The Rasa action server: thin adapters from a tracker onto care."""
