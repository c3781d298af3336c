"""Units that come over TLS, on real sockets; and whoever comes to that port with anything else."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from pydantic import ValidationError

from evaluation.system import free_port
from tests.care.devices.setting import House
from tests.voice.line.scaip.papers import papers
from tests.voice.line.scaip.unit import message, mrq, raised, receiver, running
from voice.line.leg import LineError
from voice.line.scaip.settings import ScaipSettings
from voice.line.scaip.tls import TlsSettings
from voice.line.scaip.transport import MOST_CONNECTIONS


@pytest.fixture
def tls(tmp_path: Path) -> dict[str, object]:
    """`[scaip.tls]`."""
    return {**papers(tmp_path), "port": free_port()}


def trusting(tls: dict[str, object]) -> ssl.SSLContext:
    """As a unit that was given our certificate."""
    return ssl.create_default_context(cafile=str(tls["certificate"]))


@contextmanager
def unit(tls: dict[str, object], context: ssl.SSLContext | None = None) -> Iterator[ssl.SSLSocket]:
    """A connection of a unit that checks whom it speaks to."""
    with (
        socket.create_connection(("127.0.0.1", int(str(tls["port"]))), timeout=30) as plain,
        (context or trusting(tls)).wrap_socket(plain, server_hostname="127.0.0.1") as found,
    ):
        yield found


def is_heard(found: ssl.SSLSocket, ref: str = "1") -> bool:
    """Sends an alarm; whether the answer and the `mrs` come."""
    found.sendall(message(mrq(ref), call=ref, branch=f"z9hG4bK{ref}", transport="TLS"))
    heard = b""
    while b"</mrs>" not in heard:
        octets = found.recv(65_535)
        if not octets:
            return False
        heard += octets
    assert b"Via: SIP/2.0/TLS 127.0.0.1:" in heard
    return b"SIP/2.0 200 OK" in heard and b"<snu>0</snu>" in heard


def test_an_alarm_over_tls_is_kept_before_the_unit_hears_yes(
    house: House, port: int, tls: dict[str, object]
) -> None:
    with running(house, port, tls=tls), unit(tls) as found:
        assert found.version() == "TLSv1.3"
        found.sendall(b"\r\n\r\n")
        assert found.recv(2) == b"\r\n"  # it lives
        assert is_heard(found, "1")
        assert is_heard(found, "2")
    assert len(raised(house)) == 2


def test_what_is_too_old_is_refused(house: House, port: int, tls: dict[str, object]) -> None:
    old, last = trusting(tls), trusting(tls)
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning):
        old.minimum_version = ssl.TLSVersion.TLSv1
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    last.maximum_version = ssl.TLSVersion.TLSv1_2
    with running(house, port, tls=tls):
        with pytest.raises((ssl.SSLError, ConnectionError)), unit(tls, old):
            pass
        with unit(tls, last) as found:
            assert found.version() == "TLSv1.2"
            assert is_heard(found)


@pytest.mark.parametrize(
    "octets", [message(mrq(), transport="TCP"), b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"\x16\x03"]
)
def test_a_plain_client_is_refused_and_harms_nobody(
    house: House, port: int, tls: dict[str, object], octets: bytes
) -> None:
    with running(house, port, tls=tls), unit(tls) as found:
        plain = socket.create_connection(("127.0.0.1", int(str(tls["port"]))), timeout=30)
        with plain, suppress(ConnectionResetError):
            plain.sendall(octets)
            plain.shutdown(socket.SHUT_WR)
            assert b"SIP" not in plain.recv(1000)
        assert is_heard(found)
        with unit(tls) as other:
            assert is_heard(other, "2")
    assert len(raised(house)) == 2


def test_a_stranger_is_not_even_greeted(house: House, port: int, tls: dict[str, object]) -> None:
    with (
        running(house, port, tls=tls, allowed_networks=["10.0.0.0/8"]),
        pytest.raises((ConnectionError, ssl.SSLError)),
        unit(tls),
    ):
        pass
    assert raised(house) == []


def test_whoever_never_greets_takes_a_place_and_no_more_than_there_are(
    house: House, port: int, tls: dict[str, object]
) -> None:
    there = ("127.0.0.1", int(str(tls["port"])))
    with running(house, port, tls=tls):
        silent = [socket.create_connection(there, timeout=30) for _ in range(MOST_CONNECTIONS)]
        with pytest.raises((ConnectionError, ssl.SSLError)), unit(tls):
            pass
        with socket.create_connection(("127.0.0.1", port), timeout=30) as plain:
            plain.sendall(message(mrq(), transport="TCP"))  # the other door has places of its own
            assert plain.recv(100).startswith(b"SIP/2.0 200 OK")
        for each in silent:
            each.close()
        for _try in range(100):  # until it has seen that they are gone
            with suppress(ConnectionError, ssl.SSLError), unit(tls) as found:
                assert is_heard(found, "2")
                return
    raise AssertionError("nobody was let in again")


def test_it_stops_though_a_unit_says_nothing(
    house: House, port: int, tls: dict[str, object]
) -> None:
    with running(house, port, tls=tls) as found, unit(tls) as quiet:
        found.stop()
        assert not found.is_listening()
        with suppress(ConnectionResetError, ssl.SSLEOFError):
            assert quiet.recv(1) == b""


def test_a_tls_port_that_is_taken_is_said(house: House, port: int, tls: dict[str, object]) -> None:
    with (
        socket.create_server(("127.0.0.1", int(str(tls["port"])))),
        pytest.raises(LineError, match=rf"can't listen on .* and 127.0.0.1:{tls['port']} "),
    ):
        receiver(house, port, tls=tls).start()
    with running(house, port, tls=tls), unit(tls) as found:  # and let go of the other
        assert is_heard(found)


def test_without_the_section_nobody_listens_for_it(
    house: House, port: int, tls: dict[str, object]
) -> None:
    with running(house, port), pytest.raises(ConnectionRefusedError), unit(tls):
        pass


def test_papers_that_cant_be_used_are_said_in_a_sentence(tmp_path: Path) -> None:
    good, other = papers(tmp_path), papers(tmp_path, "other")
    sealed = papers(tmp_path, "sealed", password="secret")
    nowhere, empty = str(tmp_path / "nowhere.pem"), tmp_path / "empty.pem"
    empty.touch()
    for files, told in (
        (good | {"certificate": nowhere}, "nowhere.pem can't be read (No such file or directory)"),
        (good | {"key": str(tmp_path)}, "can't be read (Is a directory)"),
        (good | {"key": other["key"]}, "other.key is not the one of"),
        (good | {"certificate": str(empty)}, "expected a PEM certificate in"),
        (good | {"key": good["certificate"]}, "expected a PEM certificate in"),
        (sealed, "without a password"),
    ):
        with pytest.raises(ValidationError) as raised_:
            TlsSettings.model_validate(files)
        [problem] = raised_.value.errors()
        assert told in problem["msg"]
        assert "\n" not in problem["msg"]
    with pytest.raises(ValidationError, match="another port"):
        ScaipSettings.model_validate({"port": 5071, "tls": good})
