"""What a key may do."""

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
    ALARMS = "alarms:read"
    """Which alarm stands where; not what was said. Alarms are raised by devices' own keys."""
    WRITE_ORDERS = "orders:write"
    """Place, change and cancel. Whoever writes gets back what they wrote, masked as for readers."""
    WRITE_ELDERS = "elders:write"
    """Records and consents."""
    WRITE_VISITS = "visits:write"
    """Write a visit down as done."""
