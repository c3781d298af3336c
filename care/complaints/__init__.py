"""Complaints: cases of their own, each with a deadline, an owner, a course and an outcome."""
