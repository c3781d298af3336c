"""Who may call."""

from collections.abc import Iterable

import pytest

from voice.line.sip.allowed import allowed_networks, allows
from voice.line.sip.settings import HOME_NETWORKS, SipSettings, TrunkSettings


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::1",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "fd00::1",
        "fe80::1%eth0",
        "::ffff:192.168.1.1",
    ],
)
def test_the_house_may_call(address: str) -> None:
    assert allows(HOME_NETWORKS, address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "172.32.0.1", "192.169.0.1", "2001:db8::1", "::ffff:8.8.8.8", "", None, "anna"],
)
def test_others_may_not(address: str | None) -> None:
    assert not allows(HOME_NETWORKS, address)


@pytest.mark.parametrize("server", ["sip.example.cn", "sip.example.cn:5080"])
def test_the_trunk_may_call(server: str) -> None:
    settings = SipSettings(trunk=TrunkSettings(server=server, user="12349"))

    def resolve(host: str) -> Iterable[str]:
        assert host == "sip.example.cn"
        return ["203.0.113.7", "2001:db8::7"]

    networks = allowed_networks(settings, resolve)
    assert allows(networks, "203.0.113.7")
    assert allows(networks, "2001:db8::7")
    assert not allows(networks, "203.0.113.8")
    assert allows(networks, "127.0.0.1")


def test_a_trunk_that_is_not_found_opens_nothing() -> None:
    def resolve(host: str) -> Iterable[str]:
        raise OSError(host)

    settings = SipSettings(trunk=TrunkSettings(server="[2001:db8::7]", user="12349"))
    assert allowed_networks(settings, resolve) == HOME_NETWORKS
