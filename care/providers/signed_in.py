"""Who is signed in for a provider now."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ProviderPerson:
    """One person in one browser, as every page of a provider knows them. Holds no secret."""

    id: int
    """`provider_accounts.id`."""
    provider_id: int
    provider: str
    """The provider's name."""
    worker_id: int | None
    """Whose orders they see; None: the office, which sees all of the provider's."""
    name: str
    """What they sign in with; goes into records as who did it."""
    display_name: str
    must_choose_password: bool = False
    """Signed in with a password that somebody else made: may do nothing but choose their own."""

    @property
    def office(self) -> bool:
        """Whether they take and refuse offers, and say who goes."""
        return self.worker_id is None
