"""The ways in which an elder is told."""

from enum import Enum
from typing import Protocol


class Channel(str, Enum):
    """One way; the Chinese names are in data/benefits."""

    CALL = "call"
    SMS = "sms"
    WECHAT = "wechat"


class Teller(Protocol):
    """One way out, as the process has it. Handed in: this package knows no telephone."""

    def tell(self, key: str, elder_id: int, text: str, spoken: str) -> bool:
        """Whether the elder was reached. Blocks, minutes for a call; the same key twice reaches
        them once. What goes wrong outside is False, never raised."""
        ...
