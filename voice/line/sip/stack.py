"""Our settings as the stack's configuration."""

import ssl
from ipaddress import ip_address

from baresip import Account, Config

from voice.line.sip.settings import SipSettings, TrunkSettings

HEADERS = ("From", "To", "P-Asserted-Identity", "Privacy")
"""Of an INVITE, that we are told."""

_CODECS = ("pcma", "pcmu", "G722/16000/1")
"""What we offer, best first; of an offer we take what the caller likes best."""

_AUTHORITIES = ssl.get_default_verify_paths().cafile or "/etc/ssl/certs/ca-certificates.crt"
"""Whom this machine trusts."""

_CATCH_ALL = "catchall=yes"
"""Whatever number the exchange sends us for, we answer."""


def configuration(settings: SipSettings) -> Config:
    """Everything of the stack that isn't an account's."""
    address = ip_address(settings.host)
    listen = (
        f"[{address}]:{settings.port}" if address.version == 6 else f"{address}:{settings.port}"
    )
    trunk = settings.trunk
    over_tls = trunk is not None and trunk.transport == "tls"
    tls = ",tls" if over_tls or settings.certificate is not None else ""
    lines = [
        f"sip_listen {listen}",
        f"sip_transports udp,tcp{tls}",
        f"rtp_ports {settings.rtp_ports[0]}-{settings.rtp_ports[1]}",
        "audio_jitter_buffer_type adaptive",
        f"audio_jitter_buffer_ms {settings.jitter_ms[0]}-{settings.jitter_ms[1]}",
        "call_hold_other_calls no",
    ]
    if settings.certificate is not None:
        lines.append(f"sip_certificate {settings.certificate}")
    if trunk is not None and over_tls:
        lines += ["sip_verify_server yes", f"sip_cafile {trunk.ca_file or _AUTHORITIES}"]
    return Config(
        # The stack leaves the loopback out unless it is asked for.
        net_interface=None if address.is_unspecified else str(address),
        expose_headers=HEADERS,
        max_concurrent_calls=None,
        rtp_timeout=settings.rtp_timeout,
        native_log_level="error",
        extra_config_text="\n".join(lines) + "\n",
    )


def own_account(settings: SipSettings) -> str:
    """For everybody who calls us, over any transport, encrypted if they wish."""
    account = Account(
        settings.number,
        settings.host,
        "",
        reg_interval=0,
        audio_codecs=_CODECS,
        extra_params=(_CATCH_ALL, "mediaenc=srtp"),
    )
    line: str = account.aor()
    # An account that names a transport answers 404 on every other one.
    return line.replace(f";transport={account.transport}>", ">", 1)


def trunk_account(trunk: TrunkSettings) -> Account:
    """For the carrier: registers, and answers its challenges."""
    return Account(
        trunk.user,
        trunk.server,
        trunk.password.get_secret_value(),
        reg_interval=trunk.register_every,
        transport=trunk.transport,
        audio_codecs=_CODECS,
        auth_user=trunk.auth_user,
        extra_params=("mediaenc=srtp",) if trunk.srtp else (),
    )
