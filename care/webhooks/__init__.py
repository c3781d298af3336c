"""Tells other systems what happened: who wants to know what, and what is on its way to them."""
