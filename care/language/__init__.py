"""Mandarin as elders speak it: numbers, ages, dates, places and terms matched by sound."""
