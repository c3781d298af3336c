"""What changed, numbered in one row, so that every open page can follow it."""
