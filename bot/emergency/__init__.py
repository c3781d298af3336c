"""Emergencies: found before anything else happens, and talked through until a person takes over."""
