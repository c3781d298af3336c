"""The language model: which words there are, how they sound, and what follows what."""
