"""Roles and rights; which role has which right stands in `data/operators/roles.yml`."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from care.data_files import DataFileError, load_model


class Role(str, Enum):
    """What somebody is at the desk. Everybody has exactly one."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    AUDITOR = "auditor"
    ADMIN = "admin"
    SCREEN = "screen"


class Right(str, Enum):
    """One thing that somebody may do. Routes ask for rights, never for roles."""

    TAKE_CALLERS = "take_callers"
    """Be in the queue, take callers and chats over, wrap them up, keep the call-back list."""
    WORK_ALARMS = "work_alarms"
    """Raise, acknowledge, dispatch, resolve."""
    WORK_ORDERS = "work_orders"
    """Take or change an order or a visit."""
    SEE_ELDERS = "see_elders"
    """Records of elders, with numbers masked."""
    CHANGE_ELDERS = "change_elders"
    REVEAL_NUMBERS = "reveal_numbers"
    """Read a masked number in full, which is logged."""
    SUPERVISE = "supervise"
    """See every operator and caller, listen in, whisper, barge, take work from one to another."""
    HEAR_RECORDINGS = "hear_recordings"
    SEE_FIGURES = "see_figures"
    """The wallboard and its exports."""
    EDIT_KNOWLEDGE = "edit_knowledge"
    MANAGE_PROVIDERS = "manage_providers"
    """Contracts, areas, services, capacity and people of providers."""
    SEE_AUDIT = "see_audit"
    """Who signed in, who revealed which number, who changed whose account."""
    MANAGE_WEBHOOKS = "manage_webhooks"
    """Say which other systems are told of what happens."""
    MANAGE_PEOPLE = "manage_people"
    """Add, change, deactivate and reset accounts."""


class _RoleEntry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    does: str
    rights: frozenset[Right]


class _RolesFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    roles: dict[Role, _RoleEntry]


@dataclass(frozen=True)
class Roles:
    """Every role with its name, what it is for, and its rights."""

    entries: dict[Role, _RoleEntry]

    @classmethod
    def load(cls, data: Path) -> "Roles":
        """Reads the data folder. Raises DataFileError, also for a role that is missing."""
        path = data / "operators" / "roles.yml"
        entries = load_model(path, _RolesFile).roles
        for role in Role:
            if role not in entries:
                raise DataFileError(path, 1, f"the role '{role.value}' is missing")
        if Right.MANAGE_PEOPLE not in entries[Role.ADMIN].rights:
            raise DataFileError(path, 1, "admin needs manage_people: nobody else could add people")
        return cls(entries)

    def rights(self, role: Role) -> frozenset[Right]:
        """What this role may do."""
        return self.entries[role].rights

    def label(self, role: Role) -> str:
        """The role's Chinese name."""
        return self.entries[role].label

    def does(self, role: Role) -> str:
        """One short sentence for whoever chooses it."""
        return self.entries[role].does
