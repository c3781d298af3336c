"""Adding devices, their keys, and what is refused."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from care.alarms.words import Words
from care.data_files import DATA
from care.devices import service
from care.devices.keys import DeviceKeyError, DeviceKeys
from care.devices.kind import TECHNICAL
from care.devices.model import Device
from care.devices.service import DeviceError
from care.elders.model import Elder
from care.elders.service import by_phone
from care.storage.engine import Sessions
from tests.care.devices.setting import KINDS, PHONE, House


@pytest.fixture
def house(sessions: Sessions, tmp_path: Path) -> House:
    return House(sessions, tmp_path)


def test_a_key_is_the_same_after_a_restart_and_nowhere_in_the_database(
    house: House, tmp_path: Path
) -> None:
    device = house.add(phone=PHONE, interval=timedelta(minutes=10))
    secret = house.secrets["P-1"]
    assert len(secret) == 32
    assert DeviceKeys(tmp_path / "devices.key").secret(house.now()) == secret
    with house.sessions() as session:
        rows = session.execute(text("SELECT * FROM devices")).all()
        [elder] = by_phone(session, PHONE)
    assert secret not in repr(rows)
    assert (device.elder_id, device.interval) == (elder.id, 600)
    assert (tmp_path / "devices.key").stat().st_mode & 0o777 == 0o600


def test_no_two_devices_have_the_same_key(house: House) -> None:
    for number in range(5):
        house.add(f"P-{number}")
    assert len(set(house.secrets.values())) == 5


def test_a_new_key_ends_the_old_one(house: House) -> None:
    house.add()
    with house.sessions.begin() as session:
        device, secret = service.new_key(session, house.keys, "P-1")
    assert secret != house.secrets["P-1"]
    assert house.keys.secret(house.now()) == secret == house.keys.secret(device)


def test_a_retired_device_is_nobody(house: House) -> None:
    house.add(controller="0012345")
    with house.sessions.begin() as session:
        assert service.by_controller(session, "0012345") is not None
        service.retire(session, "P-1", house.time())
    with house.sessions() as session:
        assert service.active(session, "P-1") is None
        assert service.by_controller(session, "0012345") is None
        assert [device.ref for device in service.everything(session)] == ["P-1"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ref": "a b"}, "编号“a b”不行"),
        ({"ref": "老王的按钮"}, "不行"),
        ({"kind": "toaster"}, "没有“toaster”这种设备，可以用：button"),
        ({"controller": "12a"}, "主机号“12a”不行"),
        ({"phone": "13900000000"}, "没有电话是“13900000000”的老人"),
        ({"ref": "P-0"}, "编号“P-0”已经有设备用了"),
        ({"controller": "77"}, "编号“77”已经有设备用了"),
    ],
)
def test_what_is_wrong_is_said(house: House, changed: dict[str, str], said: str) -> None:
    house.add("P-0", controller="77")
    with pytest.raises(DeviceError, match=said):
        house.add(**{"ref": "P-9", **changed})


def test_of_those_who_share_a_number_one_is_meant(house: House) -> None:
    with house.sessions.begin() as session:
        for nth, name in enumerate(("王桂兰", "李建国"), start=1):
            session.add(Elder(name=name, phone="04835551234", phone_nth=nth))
    for told in ({}, {"name": "赵强"}):
        with pytest.raises(DeviceError, match="王桂兰、李建国，请用 --name"):
            house.add("P-9", phone="04835551234", **told)
    assert house.add("P-9", phone="04835551234", name="李建国").elder_id == 3


def test_a_secret_file_that_others_may_read_is_refused(house: House, tmp_path: Path) -> None:
    house.add()
    path = tmp_path / "devices.key"
    path.chmod(0o644)
    with pytest.raises(DeviceKeyError, match="chmod 600"):
        DeviceKeys(path).new()
    assert not DeviceKeys(path).is_usable()
    path.chmod(0o600)
    assert DeviceKeys(path).secret(house.now()) == house.secrets["P-1"]


def test_without_the_line_that_a_key_comes_from_nothing_is_guessed(
    house: House, tmp_path: Path
) -> None:
    house.add()
    with pytest.raises(DeviceKeyError, match=r"other\.key"):
        DeviceKeys(tmp_path / "other.key").secret(house.now())


def test_a_device_whose_kind_is_gone_still_calls_for_help(house: House) -> None:
    gone = Device(ref="P-1", kind="toaster")
    assert KINDS.of(gone.kind).category == "pendant"


def test_every_kind_s_category_has_a_name_at_the_desk() -> None:
    named = Words.load(DATA).categories
    used = {kind.category for kind in KINDS.by_id.values()} | {TECHNICAL}
    assert used <= named.keys()
