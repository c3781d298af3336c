"""Ears and voice: audio, recognition, spoken form, synthesis; all of it works offline."""
