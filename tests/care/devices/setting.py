"""A house with devices for tests."""

from datetime import datetime, timedelta
from pathlib import Path

from care.data_files import DATA
from care.devices import service
from care.devices.gate import Gate
from care.devices.keys import DeviceKeys
from care.devices.kind import Kinds
from care.devices.model import Device
from care.devices.signature import Signed, sign
from care.elders.model import Elder
from care.storage.engine import Sessions
from tests.conftest import NOW

KINDS = Kinds.load(DATA)
PHONE = "13800138000"


class Time:
    """A clock that stands until a test moves it."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """A `Clock`."""
        return self.now

    def pass_(self, **much: float) -> datetime:
        """As `timedelta`; → the time then."""
        self.now += timedelta(**much)
        return self.now


class House:
    """One elder, and devices in the home."""

    def __init__(self, sessions: Sessions, folder: Path) -> None:
        self.sessions, self.time = sessions, Time()
        self.keys = DeviceKeys(folder / "devices.key")
        self.gate = Gate(sessions, self.keys, KINDS, self.time)
        self.secrets: dict[str, str] = {}
        with sessions.begin() as session:
            session.add(Elder(name="王秀英", phone=PHONE, address="幸福里3号楼2单元501"))

    def add(self, ref: str = "P-1", kind: str = "button", **more: object) -> Device:
        """A device, whose key is in `secrets`."""
        with self.sessions.begin() as session:
            device, secret = service.add(
                session, self.keys, KINDS, ref=ref, kind=kind, now=self.time(), **more  # type: ignore[arg-type]
            )  # fmt: skip
        self.secrets[ref] = secret
        return device

    def signed(
        self, body: bytes = b"{}", *, ref: str = "P-1", nonce: str = "n" * 16,
        path: str = "/api/alarms", at: datetime | None = None,
    ) -> Signed:  # fmt: skip
        """A request of this device, signed with its key."""
        stamp = str(int((at or self.time()).timestamp()))
        request = Signed(ref, stamp, nonce, "", "POST", path, body)
        signature = sign(self.secrets.get(ref, "?"), request)
        return Signed(ref, stamp, nonce, signature, "POST", path, body)

    def now(self, ref: str = "P-1") -> Device:
        """The device as it is in the database."""
        with self.sessions() as session:
            return service.get(session, ref)
