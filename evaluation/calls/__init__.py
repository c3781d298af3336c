"""Telephone calls with the whole system, as a caller makes and hears them."""
