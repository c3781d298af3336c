"""Who may call."""

from collections.abc import Iterable

import pytest

from voice.line.sip.allowed import Guard, allows
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

    guard = Guard(settings, resolve)
    assert not guard.allows("203.0.113.7")
    guard.look_up()
    assert guard.allows("203.0.113.7")
    assert guard.allows("2001:db8::7")
    assert not guard.allows("203.0.113.8")
    assert guard.allows("127.0.0.1")


def test_a_trunk_is_where_it_was_found_last() -> None:
    found = iter([[], ["203.0.113.7"], [], ["203.0.113.9"]])

    def resolve(host: str) -> Iterable[str]:
        addresses = next(found)
        if not addresses:
            raise OSError(host)
        return addresses

    settings = SipSettings(trunk=TrunkSettings(server="sip.example.cn", user="12349"))
    guard = Guard(settings, resolve)
    let_in = []
    for _ in range(4):
        guard.look_up()
        let_in.append([n for n in (7, 9) if guard.allows(f"203.0.113.{n}")])
    assert let_in == [[], [7], [7], [9]]
    assert guard.allows("192.168.1.1")


def test_without_a_trunk_there_is_nothing_to_find() -> None:
    assert not Guard(SipSettings()).may_change
