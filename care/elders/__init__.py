"""The records of older people."""
