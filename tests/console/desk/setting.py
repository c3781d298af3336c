"""The desk with people at it, on a clock that tests set."""

from dataclasses import dataclass, field

from fastapi import APIRouter, FastAPI

from care.data_files import DATA
from care.operators import accounts
from care.operators.accounts import NewOperator
from care.operators.gate import Gate
from care.operators.model import Operator
from care.operators.passwords import Passwords
from care.operators.role import Role, Roles
from care.storage.engine import Sessions
from console.desk.desk import Desk
from console.desk.pages import install
from console.elder_page import build_router as build_elder_page
from tests.care.operators.people import PASSWORD, QUICK, Time


@dataclass
class Setting:
    """The desk, its database and its clock."""

    sessions: Sessions
    clock: Time = field(default_factory=Time)

    def __post_init__(self) -> None:
        roles = Roles.load(DATA)
        gate = Gate(self.sessions, self.clock, Passwords(QUICK), roles)
        self.desk = Desk(self.sessions, self.clock, gate, roles)

    def app(self, *more: APIRouter) -> FastAPI:
        """The desk alone, with the files that its pages need, and pages that a test adds."""
        app = FastAPI(docs_url=None, redoc_url=None)
        app.include_router(build_elder_page())
        install(app, self.desk, more)
        return app

    def add(self, name: str, role: Role, display_name: str = "", password: str = PASSWORD) -> int:
        """A person; → their id."""
        new = NewOperator(name, display_name or name, role)
        hashed = self.desk.gate.passwords.hash(password)
        with self.sessions.begin() as session:
            return accounts.add(session, new, hashed, by="test", now=self.clock()).id

    def operator(self, name: str) -> Operator:
        """The account as it is now."""
        with self.sessions() as session:
            found = accounts.by_name(session, name)
        assert found is not None
        return found
