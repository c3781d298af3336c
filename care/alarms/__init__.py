"""Alarms: raised in one transaction, ended only by a person."""
