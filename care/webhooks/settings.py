"""`[webhooks]` of `hotline.toml`: where messages may go, and how long they are tried and kept."""

from ipaddress import IPv4Network, IPv6Network
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class WebhookSettings(BaseModel):
    """All of it has a value that is right for most."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    """Private networks that messages may go to, `["10.20.0.0/16"]`. Without them only public
    addresses are connected to, and not this machine either."""
    timeout: Annotated[float, Field(gt=0, le=60)] = 10.0
    """Seconds that a receiver has, from the connection to its answer."""
    days: Annotated[int, Field(ge=1)] = 30
    """That what was delivered, or given up, stays listed."""
