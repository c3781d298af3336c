"""The conversation: one service that every channel calls."""
