"""Providers' pages with a provider, its people and an elder, on a clock that tests set."""

import io
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import httpx
from fastapi import FastAPI
from PIL import Image

from care.catalogue.service import Catalogue
from care.data_files import DATA
from care.elders.code import issue, shown
from care.elders.model import Elder
from care.operators.accounts import OneTime
from care.operators.passwords import Passwords
from care.orders.dispatch import ask_next
from care.orders.model import Order
from care.orders.steps import Act, locked
from care.orders.wish import Wish
from care.proofs.store import ProofStore
from care.providers import accounts, workers
from care.providers.accounts import NewAccount
from care.providers.gate import ProviderGate
from care.providers.model import Worker
from care.storage.engine import Sessions
from console.providers.pages import install
from console.providers.site import ProviderSite
from tests.care.operators.people import PASSWORD, QUICK, Time
from tests.care.orders import town
from tests.console.desk.setting import Setting as DeskSetting

ONE_TIME = "abcd-efgh-jkmn-pqrs"
PAGE = {"accept": "text/html"}
_TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]{64})"')


@dataclass
class Setting:
    """One provider, 康乐, whose office is 康乐 and whose worker 小李 may cut hair."""

    sessions: Sessions
    folder: Path
    clock: Time = field(default_factory=Time)

    def __post_init__(self) -> None:
        self.gate = ProviderGate(self.sessions, self.clock, Passwords(QUICK))
        self.catalogue = Catalogue.load(DATA)
        self.proofs = ProofStore(self.folder / "pictures", self.folder / "recordings.key")
        self.desk = DeskSetting(self.sessions, self.clock)
        with self.sessions.begin() as session:
            self.provider = town.provider(session, "康乐养老", "理发", "助浴", "午餐")
            self.worker = workers.add(
                session, self.provider, "小李", "13900000001", by="test", now=self.clock()
            ).id
            self.elder = town.elder(session)
            elder = session.get_one(Elder, self.elder)
            self.code = shown(issue(session, elder, by="test", now=self.clock()))
        self.certify(self.worker, "健康证")
        self.account("康乐", None)
        self.account("小李", self.worker)

    def app(self) -> FastAPI:
        """The desk and providers' pages."""
        app = self.desk.app()
        site = ProviderSite(self.sessions, self.clock, self.gate, self.catalogue, self.proofs)
        install(app, site)
        return app

    def account(self, name: str, worker: int | None, *, fresh: bool = False) -> int:
        """Somebody who can sign in with PASSWORD, or (fresh) with ONE_TIME for now."""
        one_time = OneTime(ONE_TIME, self.gate.passwords.hash(ONE_TIME))
        with self.sessions.begin() as session:
            row = accounts.add(
                session,
                self.provider,
                NewAccount(name, name, worker),
                one_time,
                by="test",
                now=self.clock(),
            )
        if not fresh:
            self.gate.choose_password(row.id, PASSWORD)
        return row.id

    def certify(self, worker: int, kind: str, expires: date | None = None) -> None:
        """A certificate."""
        with self.sessions.begin() as session:
            workers.certify(
                session,
                session.get_one(Worker, worker),
                kind,
                expires,
                known=(kind,),
                by="test",
                now=self.clock(),
            )

    def offered(self, wish: Wish = town.HAIRCUT, *, known: bool = True) -> Order:
        """An order of the elder's that has just been offered to 康乐."""
        act = Act("job", self.clock(), "deadline")
        with self.sessions.begin() as session:
            placed = town.place(session, wish, self.clock())
            placed.elder_id = self.elder if known else None
            ask_next(session, locked(session, placed.id), act)
        return self.order(placed.id)

    def order(self, number: int) -> Order:
        """As the database has it."""
        return town.stored(self.sessions, number)


@dataclass
class Phone:
    """Somebody of a provider without a browser: requests as one, or a forger, sends them."""

    client: httpx.Client

    def get(self, path: str) -> httpx.Response:
        """Goes to a page."""
        return self.client.get(path, headers=PAGE)

    def post(
        self, path: str, fields: dict[str, str] | None = None, picture: bytes | None = None
    ) -> httpx.Response:
        """Sends a form with its token, as a page of ours would."""
        pages = (self.get(f"/provider{path}").text for path in ("", "/password", "/login"))
        token = next(found for page in pages if (found := _TOKEN.search(page)))
        data = {"csrf_token": token[1]} | (fields or {})
        files = {"picture": ("p.jpg", picture, "image/jpeg")} if picture is not None else None
        return self.client.post(path, data=data, files=files, headers=PAGE)

    def sign_in(self, name: str, password: str = PASSWORD) -> httpx.Response:
        """As at the form."""
        return self.post("/provider/login", {"name": name, "password": password})


def photograph(size: tuple[int, int] = (2400, 1200), kind: str = "JPEG") -> bytes:
    """A picture with a place and a maker in it, as phones write them."""
    made = Image.new("RGB", size, (200, 120, 40))
    exif = made.getexif()
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x0112] = 6  # turned by a quarter
    out = io.BytesIO()
    made.save(out, kind, exif=exif.tobytes())
    return out.getvalue()
