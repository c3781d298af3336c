"""Keeps workers' pictures as sealed files, beside their rows."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.calls.keys import Keyring, open_keyring
from care.calls.sealed import SealedWriter, read_sealed
from care.proofs.model import ProofPicture
from care.proofs.picture import Picture


@dataclass(frozen=True)
class ProofStore:
    """The folder of one installation's pictures."""

    folder: Path
    key_file: Path
    """The recordings' secret file: both are what was seen and heard in a home."""

    def keep(
        self, session: Session, picture: Picture, *, order_id: int, account_id: int, now: datetime
    ) -> ProofPicture:
        """Writes the file first, and then its row. Raises OSError, KeyFileError."""
        name = f"{order_id}-{secrets.token_hex(8)}.sealed"
        writer = SealedWriter(self.folder / name, self._keys().current)
        try:
            writer.write(picture.octets)
        finally:
            writer.close()
        row = ProofPicture(
            order_id=order_id,
            account_id=account_id,
            at=now,
            file=name,
            width=picture.width,
            height=picture.height,
            octets=len(picture.octets),
        )
        session.add(row)
        session.flush()
        return row

    def read(self, row: ProofPicture) -> bytes:
        """The JPEG. Raises SealedError, KeyFileError."""
        return read_sealed(self.folder / row.file, self._keys()).octets

    def forget(self, session: Session, before: datetime) -> int:
        """Deletes what was taken before this, rows and files; how many."""
        old = session.scalars(select(ProofPicture).where(ProofPicture.at < before)).all()
        for row in old:
            (self.folder / row.file).unlink(missing_ok=True)
            session.delete(row)
        return len(old)

    def _keys(self) -> Keyring:
        return open_keyring(self.key_file)


def of(session: Session, order_id: int) -> list[ProofPicture]:
    """An order's pictures, oldest first."""
    query = select(ProofPicture).where(ProofPicture.order_id == order_id)
    return list(session.scalars(query.order_by(ProofPicture.id)))
