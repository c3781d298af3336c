"""Units that send alarms over real sockets."""

import socket
import sqlite3
from contextlib import closing, suppress

import pytest
from sqlalchemy import event

from care.alarms import service as alarms
from care.storage.engine import open_engine, open_sessions
from tests.care.devices.setting import House
from tests.voice.line.scaip.unit import CID, Unit, message, mrq, raised, receiver, running
from voice.line.leg import LineError
from voice.line.scaip.sip import parse


@pytest.mark.usefixtures("open_")
def test_an_alarm_is_kept_before_the_unit_hears_yes(house: House, port: int) -> None:
    unit = Unit(port)
    response = unit.ask(mrq(did="7", dty="0005", lco="011"))
    with house.sessions() as session:
        [alarm] = alarms.open_alarms(session)
    assert (response.status, response.body) == (200, b"")
    assert "<snu>0</snu><mre>1</mre>" in unit.told()
    assert (alarm.category, alarm.severity, alarm.place) == ("fall", 1, "卫生间")
    assert (alarm.controller, alarm.device, alarm.device_type) == (CID, "7", "0005")
    assert alarm.source == "device:H-1"


@pytest.mark.usefixtures("open_")
def test_a_datagram_that_comes_again_is_answered_again_and_is_one_alarm(
    house: House, port: int
) -> None:
    unit = Unit(port)
    octets = message(mrq(), port=unit.port)
    unit.send(octets)
    first = unit.receive()
    assert "<snu>0</snu>" in unit.told()
    unit.send(octets)
    assert unit.receive() == first
    assert len(raised(house)) == 1


@pytest.mark.usefixtures("open_")
def test_a_unit_that_asks_again_with_its_reference_gets_the_same_yes(
    house: House, port: int
) -> None:
    unit = Unit(port)
    for turn in range(3):
        assert unit.ask(mrq("77"), call=f"c{turn}", branch=f"z9hG4bK{turn}").status == 200
        assert "<ref>77</ref><snu>0</snu>" in unit.told()
    assert len(raised(house)) == 1


@pytest.mark.usefixtures("open_")
def test_an_mrs_is_sent_until_the_unit_has_it(port: int) -> None:
    unit = Unit(port)
    unit.ask(mrq())
    first, again = unit.receive(), unit.receive()  # it doesn't answer the first
    assert first == again
    unit.send(b"SIP/2.0 200 OK\r\n" + b"".join(
        f"{name}: {value}\r\n".encode() for name, value in again.headers
        if name in ("via", "from", "to", "call-id", "cseq")
    ) + b"\r\n")  # fmt: skip
    unit.socket.settimeout(1.5)  # the third would come after one second
    with pytest.raises(TimeoutError):
        unit.receive()


@pytest.mark.usefixtures("open_")
def test_a_unit_that_listens_elsewhere_is_answered_there(port: int) -> None:
    sender, listener = Unit(port), Unit(port)
    sender.send(message(mrq(), port=listener.port).replace(b";rport", b""))
    assert listener.receive().status == 200
    assert "<snu>0</snu>" in listener.told()


@pytest.mark.usefixtures("open_")
def test_a_heartbeat_is_heard_and_sets_the_interval(house: House, port: int) -> None:
    house.time.pass_(hours=1)
    unit = Unit(port)
    assert unit.ask(mrq(mty="PI", hbo="001")).status == 200
    assert "<snu>0</snu><hbi>10</hbi>" in unit.told()
    assert house.now("H-1").last_seen_at == house.time()
    assert raised(house) == []


@pytest.mark.usefixtures("open_")
def test_a_reset_ends_no_alarm_and_information_joins_it(house: House, port: int) -> None:
    unit = Unit(port)
    for turn, more in enumerate(({}, {"mty": "IN", "ite": "还在地上"}, {"mty": "RE"})):
        unit.ask(mrq("5", **more), call=f"c{turn}")
        assert "<snu>0</snu>" in unit.told()
    with house.sessions() as session:
        [alarm] = alarms.open_alarms(session)
        notes = [each.note for each in alarms.events(session, alarm)]
    assert notes[1:] == ["还在地上", "家庭主机 H-1 发来复位。"]


@pytest.mark.usefixtures("open_")
def test_information_about_what_we_never_got_is_the_alarm(house: House, port: int) -> None:
    unit = Unit(port)
    unit.ask(mrq("9", mty="IN"))
    assert "<snu>0</snu>" in unit.told()
    assert len(raised(house)) == 1


@pytest.mark.usefixtures("open_")
def test_a_unit_without_a_microphone_is_not_asked_to_call(port: int) -> None:
    unit = Unit(port)
    unit.ask(mrq(crd="no-voice:"))
    assert "<mre>" not in unit.told()


@pytest.mark.usefixtures("open_")
@pytest.mark.parametrize(
    ("body", "told"),
    [
        (mrq(cid="999"), "<snu>5</snu>"),
        (b"<mrq><ref>3</ref><cid>1</cid></mrq>", "<ref>3</ref><snu>7</snu>"),
        (b"<mrq", "<snu>2</snu>"),
        (mrq(stc="0070"), "<snu>0</snu>"),
    ],
)
def test_what_is_no_alarm_is_told_and_raises_none(
    house: House, port: int, body: bytes, told: str
) -> None:
    unit = Unit(port)
    assert unit.ask(body).status == 200
    assert told in unit.told()
    assert raised(house) == []


@pytest.mark.usefixtures("open_")
@pytest.mark.parametrize(
    ("more", "status", "header"),
    [
        ({"method": "OPTIONS"}, 200, "allow"),
        ({"method": "INVITE"}, 405, "allow"),
        ({"method": "REGISTER"}, 405, "allow"),
        ({"content_type": "text/plain"}, 415, "accept"),
    ],
)
def test_what_else_sip_has_is_answered_properly(
    port: int, more: dict[str, str], status: int, header: str
) -> None:
    found = Unit(port).ask(mrq(), **more)
    assert (found.status, bool(found.one(header))) == (status, True)


def test_a_stranger_gets_no_answer(house: House, port: int) -> None:
    with running(house, port, allowed_networks=["10.0.0.0/8"]):
        unit = Unit(port)
        unit.socket.settimeout(0.5)
        with pytest.raises(TimeoutError):
            unit.ask(mrq())
        with socket.create_connection(("127.0.0.1", port)) as connection:
            assert connection.recv(1) == b""
    assert raised(house) == []


@pytest.mark.usefixtures("open_")
def test_noise_changes_nothing(house: House, port: int) -> None:
    unit = Unit(port)
    for noise in (
        b"\0" * 4,
        b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"\xff" * 60_000,
        b"SIP/2.0 200",
    ):
        unit.send(noise)
    assert unit.ask(mrq()).status == 200
    assert len(raised(house)) == 1


def test_a_unit_that_takes_its_mrs_in_the_response(house: House, port: int) -> None:
    with running(house, port, reply="response", voice=False):
        found = Unit(port).ask(mrq())
        assert found.one("content-type") == "application/scaip+xml"
        assert found.body.endswith(b"<mrs><ref>1243</ref><snu>0</snu></mrs>")


def test_what_can_t_be_kept_is_not_taken_and_is_the_next_time(house: House, port: int) -> None:
    path = house.sessions.kw["bind"].url.database
    quick = open_engine(f"sqlite:///{path}")
    event.listen(quick, "connect", lambda made, _: made.execute("PRAGMA busy_timeout=50"))
    house.sessions = open_sessions(quick)
    with closing(sqlite3.connect(path)) as other, running(house, port):
        unit = Unit(port)
        other.execute("BEGIN EXCLUSIVE")
        assert unit.ask(mrq()).status == 503
        other.rollback()
        assert unit.ask(mrq()).status == 200
    assert len(raised(house)) == 1
    quick.dispose()


@pytest.mark.usefixtures("open_")
def test_over_tcp_in_pieces_and_several_at_once(house: House, port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(b"\r\n\r\n")
        assert connection.recv(2) == b"\r\n"  # it lives
        both = b"".join(
            message(mrq(str(number)), call=str(number), transport="TCP") for number in (1, 2)
        )
        for at in range(0, len(both), 100):
            connection.sendall(both[at : at + 100])
        heard = b""
        while heard.count(b"<snu>0</snu>") < 2 or heard.count(b"SIP/2.0 200 OK") < 2:
            heard += connection.recv(65_535)
        assert heard.count(b"MESSAGE sip:") == 2
    assert len(raised(house)) == 2


@pytest.mark.usefixtures("open_")
@pytest.mark.parametrize(
    "octets",
    [
        b"x" * 40_000,
        message(mrq()).replace(b"Content-Length: ", b"Content-Length: 99999"),
        message(mrq()).replace(b"Content-Length: ", b"X: "),
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
    ids=["endless", "huge", "unknown length", "http"],
)
def test_a_connection_that_talks_nonsense_is_closed(port: int, octets: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(octets)
        with suppress(ConnectionResetError):
            assert connection.recv(100) == b""
    assert Unit(port).ask(mrq()).status == 200


def test_a_port_that_is_taken_is_said(house: House, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", port))
        with pytest.raises(LineError, match=rf"can't listen on 127.0.0.1:{port}"):
            receiver(house, port).start()


def test_the_test_s_own_requests_are_sip() -> None:
    assert parse(message(mrq())).body == mrq()
