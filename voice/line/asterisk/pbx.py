"""Where the Asterisk of an installation is, and how it calls telephones."""

from dataclasses import dataclass, field

from voice.line.asterisk.endpoints import Endpoints


@dataclass(frozen=True)
class Pbx:
    """One Asterisk."""

    password: str = field(repr=False)
    """Of the user in ari.conf; script/asterisk makes one in var/asterisk/secrets/hotline."""

    url: str = "http://127.0.0.1:8088"
    """Of its web server; https:// when it isn't on this machine."""

    user: str = "hotline"
    app: str = "hotline"
    """What extensions.conf hands callers to; one for each hotline process. No dots."""

    endpoints: Endpoints = field(default_factory=Endpoints)
    shown: str = "12349"
    """The number that telephones show when we call them."""
