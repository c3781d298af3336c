"""Which process works on a row: the first that comes, until it is seen to have stopped.

Every owner lets the row's `beat` grow. Whoever has watched a strange beat stand still for a few
seconds of its own monotonic clock takes the row: clocks of two machines are never compared.
"""

from typing import Protocol


class Held(Protocol):
    """A row that somebody works on."""

    id: int
    owner: str | None
    beat: int


class Hold:
    """One process's view of one table. Used under care.alarms.chain.lock."""

    def __init__(self, owner: str, stale: float) -> None:
        """`owner` is a name that no other process has, nor this one after a restart.

        `stale` is seconds: several beats of the owner.
        """
        self.owner, self._stale = owner, stale
        self._seen: dict[int, tuple[str | None, int, float]] = {}

    def mine(self, row: Held) -> bool:
        """Whether this process has it already."""
        return row.owner == self.owner

    def take(self, row: Held, instant: float) -> bool:
        """Takes a row that nobody works on; `instant` is monotonic seconds."""
        if row.owner is not None and not self._is_stale(row, instant):
            return False
        row.owner = self.owner
        self._seen.pop(row.id, None)
        return True

    def forget_all_but(self, ids: set[int]) -> None:
        """Drops what was seen of rows that are done."""
        for gone in self._seen.keys() - ids:
            del self._seen[gone]

    def _is_stale(self, row: Held, instant: float) -> bool:
        owner, beat, since = self._seen.get(row.id, (None, -1, instant))
        if (owner, beat) != (row.owner, row.beat):
            self._seen[row.id] = (row.owner, row.beat, instant)
            return False
        return instant - since >= self._stale
