"""Elders' records and benefits at the size of a city."""
