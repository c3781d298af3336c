"""The telephone line: connections in and out, whatever carries them."""
