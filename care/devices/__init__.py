"""Pendants, detectors and apps: who they are, what they report, and when they went quiet."""
