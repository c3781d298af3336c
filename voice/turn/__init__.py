"""Whose turn it is: small deciders, each with its own question, on a clock that is passed in.

All times are seconds of one monotonic clock. Nothing here waits, plays or listens by itself:
a decider is told what happened and answers what follows from it.
"""
