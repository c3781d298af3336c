"""Who works at a desk now."""

from dataclasses import dataclass
from datetime import datetime

from care.operators.role import Right, Role


@dataclass(frozen=True)
class SignedIn:
    """One person in one browser, as every page and service knows them. Holds no secret."""

    id: int
    """`operators.id`."""
    name: str
    """What they sign in with; goes into records as who did it."""
    display_name: str
    role: Role
    rights: frozenset[Right]
    session_id: int
    """`operator_sessions.id`: one browser."""
    ends_at: datetime
    """When this sign-in ends if nothing else happens."""
    must_choose_password: bool = False
    """Signed in with a password that somebody else made: may do nothing but choose their own."""
    has_totp: bool = False

    def may(self, right: Right) -> bool:
        """Whether they have this right."""
        return right in self.rights
