"""People at a desk for tests: a gate on a clock that tests set, with quick hashes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from sqlalchemy import select

from care.data_files import DATA
from care.operators import accounts
from care.operators.accounts import NewOperator
from care.operators.gate import Credentials, Gate
from care.operators.model import Operator, OperatorEvent
from care.operators.passwords import Passwords
from care.operators.refused import RefusedError
from care.operators.role import Role, Roles
from care.operators.signed_in import SignedIn
from care.storage.engine import Sessions
from tests.conftest import NOW

PASSWORD = "qingchen lushui buxie"
WRONG = "wrong"
ADDRESS = "192.0.2.7"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Time:
    """A clock that stands until a test moves it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **of: float) -> None:
        """Moves on, e.g. `passes(minutes=3)`."""
        self.now += timedelta(**of)


@dataclass
class People:
    """Accounts, and the gate that they come through."""

    sessions: Sessions
    clock: Time = field(default_factory=Time)

    def __post_init__(self) -> None:
        self.passwords = Passwords(QUICK)
        self.gate = Gate(self.sessions, self.clock, self.passwords, Roles.load(DATA))

    def add(self, name: str, role: Role = Role.OPERATOR, display_name: str = "") -> int:
        """A person with PASSWORD; → their id."""
        new, hashed = NewOperator(name, display_name or name, role), self.passwords.hash(PASSWORD)
        with self.sessions.begin() as session:
            return accounts.add(session, new, hashed, by="test", now=self.clock()).id

    def sign_in(
        self, name: str, password: str = PASSWORD, code: str = "", address: str = ADDRESS
    ) -> tuple[str, SignedIn]:
        """A token and whose it is. Raises RefusedError."""
        return self.gate.sign_in(Credentials(name, password, code, address))

    def refusal(
        self, name: str, password: str = WRONG, code: str = "", address: str = ADDRESS
    ) -> str:
        """Why somebody doesn't get in, or an empty text."""
        try:
            self.sign_in(name, password, code, address)
        except RefusedError as error:
            return error.kind
        return ""

    def row(self, name: str) -> Operator:
        """The account as it is now."""
        with self.sessions() as session:
            found = accounts.by_name(session, name)
        assert found is not None
        return found

    def happened(self, operator_id: int | None) -> list[tuple[str, str]]:
        """Kind and doer of each event of an account, oldest first."""
        query = select(OperatorEvent).where(OperatorEvent.operator_id == operator_id)
        with self.sessions() as session:
            return [(row.kind, row.by) for row in session.scalars(query.order_by(OperatorEvent.id))]
