"""What a key may read."""

from enum import Enum


class Scope(str, Enum):
    """One thing each; a key has those that its system needs, and no more."""

    ELDERS = "elders:read"
    """Records, with names and numbers masked."""
    NAMES = "elders:identify"
    """Names and telephone numbers in full, beside a scope that reads elders or orders."""
    ORDERS = "orders:read"
    VISITS = "visits:read"
    BENEFITS = "benefits:read"
    FIGURES = "figures:read"
    """Sums, nobody's record."""
