"""What it takes to reach one Asterisk."""

from dataclasses import dataclass

from voice.line.asterisk.arrivals import Arrivals
from voice.line.asterisk.pbx import Pbx
from voice.line.asterisk.rest import Ari


@dataclass(frozen=True)
class Link:
    """Shared by the line and its legs."""

    pbx: Pbx
    ari: Ari
    arrivals: Arrivals
