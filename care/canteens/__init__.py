"""Canteens and points where elders eat, or from where their meal comes."""
