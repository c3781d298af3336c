"""Meals, services and visits that were asked for."""
