"""The secrets of operators' second factors are sealed; finer statistics of how names sound"""

import sqlalchemy as sa
from alembic import op

from care.storage.seal import seal_of

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

_COLUMN = 'operators.totp_secret'
_SOUNDS, _USUAL = 1000, -1
"""Shares into which PostgreSQL divides the names. By a hundred, as is usual, it takes a surname that
thousands have for a rare one, and reads and sorts all of them for a page of twenty."""


def upgrade() -> None:
    secrets = _secrets()
    _become(sa.String(length=64), sa.LargeBinary())
    _put({key: _seal().seal(secret, _COLUMN, findable=False) for key, secret in secrets.items()})
    _divide(_SOUNDS)


def downgrade() -> None:
    _divide(_USUAL)
    secrets = _secrets()
    _become(sa.LargeBinary(), sa.String(length=64))
    _put({key: _seal().open(bytes(secret), _COLUMN, findable=False) for key, secret in secrets.items()})


def _seal():
    # Asked for only where somebody has a second factor: an empty database needs no key file.
    return seal_of(op.get_bind())


def _secrets():
    rows = sa.table('operators', sa.column('id'), sa.column('totp_secret'))
    found = sa.select(rows.c.id, rows.c.totp_secret).where(rows.c.totp_secret.is_not(None))
    return {row.id: row.totp_secret for row in op.get_bind().execute(found)}


def _become(before, after) -> None:
    """An empty column of the other type. No free page of the file is to keep what it held."""
    if op.get_bind().dialect.name == 'postgresql':  # writes the whole table into a new file
        op.alter_column('operators', 'totp_secret', existing_type=before, type_=after, postgresql_using='NULL')
    else:
        op.execute('PRAGMA secure_delete=ON')
        op.drop_column('operators', 'totp_secret')
        op.add_column('operators', sa.Column('totp_secret', after, nullable=True))


def _put(values) -> None:
    rows = sa.table('operators', sa.column('id'), sa.column('totp_secret'))
    for key, value in values.items():
        op.execute(sa.update(rows).where(rows.c.id == key).values(totp_secret=value))


def _divide(shares) -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.execute(f'ALTER TABLE elders ALTER COLUMN sound SET STATISTICS {shares}')
        op.execute('ANALYZE elders (sound)')
