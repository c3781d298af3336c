"""The voice: text to speech, clause by clause."""
