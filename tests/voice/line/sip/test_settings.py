"""Settings that can't work are refused with a sentence."""

from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from voice.line.sip.settings import SipSettings
from voice.line.sip.stack import configuration, own_account, trunk_account

TRUNK = {"server": "sip.example.cn", "user": "12349", "password": "geheim"}


def test_nothing_said_is_the_loopback() -> None:
    settings = SipSettings()
    assert ip_address(settings.host).is_loopback
    assert settings.port == 5060
    text = configuration(settings).render()
    assert "sip_listen 127.0.0.1:5060\n" in text
    assert "rtp_timeout 8\n" in text
    assert "call_max_calls 0\n" in text
    assert "audio_jitter_buffer_type adaptive\naudio_jitter_buffer_ms 40-160\n" in text
    assert "call_hold_other_calls no\n" in text
    assert "sip_transports udp,tcp\n" in text


def test_a_certificate_opens_tls(tmp_path: Path) -> None:
    (tmp_path / "line.pem").write_text("-----")
    text = configuration(SipSettings(certificate=tmp_path / "line.pem")).render()
    assert "sip_transports udp,tcp,tls\n" in text
    assert f"sip_certificate {tmp_path / 'line.pem'}\n" in text


def test_every_interface_names_none() -> None:
    assert "net_interface" not in configuration(SipSettings(host="0.0.0.0")).render()  # noqa: S104
    assert "sip_listen [::1]:5060\n" in configuration(SipSettings(host="::1")).render()


def test_the_password_goes_to_the_stack_and_nowhere_else() -> None:
    settings = SipSettings.model_validate({"trunk": TRUNK})
    assert settings.trunk is not None
    assert "geheim" not in repr(settings)
    account = trunk_account(settings.trunk)
    assert "geheim" not in repr(account)
    assert 'auth_pass="geheim"' in account.aor()
    assert own_account(settings).startswith("<sip:12349@127.0.0.1>;")


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": "meine-maschine"},
        {"host": "127.0.0.1\nsip_listen 0.0.0.0:5060"},
        {"port": 0},
        {"port": 65_536},
        {"number": "anna"},
        {"number": "1"},
        {"allowed_networks": ["10.0.0.1/8"]},
        {"allowed_networks": ["everybody"]},
        {"rtp_ports": [20_000, 20_000]},
        {"rtp_ports": [30_000, 20_000]},
        {"jitter_ms": [160, 40]},
        {"jitter_ms": [0, 40]},
        {"rtp_timeout": 0},
        {"certificate": "/nowhere/line.pem"},
        {"trunk": {**TRUNK, "server": "sip.example.cn;transport=tcp"}},
        {"trunk": {**TRUNK, "server": "sip.example.cn:0"}},
        {"trunk": {**TRUNK, "server": "sip.example.cn:port"}},
        {"trunk": {**TRUNK, "server": ""}},
        {"trunk": {**TRUNK, "user": "a@b"}},
        {"trunk": {**TRUNK, "user": "a>;regint=0"}},
        {"trunk": {**TRUNK, "password": 'a"b'}},
        {"trunk": {**TRUNK, "register_every": -1}},
        {"answer": "yes"},
    ],
)
def test_what_can_not_work(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as told:
        SipSettings.model_validate(wrong)
    assert next(iter(wrong)) in str(told.value)


@pytest.mark.parametrize("server", ["10.0.0.2", "10.0.0.2:5080", "sip.example.cn", "[2001:db8::1]"])
def test_servers(server: str) -> None:
    assert SipSettings.model_validate({"trunk": {**TRUNK, "server": server}}).trunk is not None
