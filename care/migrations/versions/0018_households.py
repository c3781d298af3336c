"""Several elders may share a landline"""

from contextlib import suppress

import sqlalchemy as sa
from alembic import op

from care.storage.seal import SealError, seal_of

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

_ALONE, _SHARED = ['phone'], ['phone', 'phone_nth']
_ROWS = sa.table('elders', *map(sa.column, ('id', 'phone', 'phone_nth')))
_APART = '-'
"""Between a number and who of them it is, in a schema in which a number has one record: nobody calls
from such a number, and nobody is lost."""


def upgrade() -> None:
    op.add_column('elders', sa.Column('phone_nth', sa.Integer(), server_default='1', nullable=False))
    _unique(_SHARED)
    rows = op.get_bind().execute(sa.select(_ROWS.c.id, _ROWS.c.phone)).all()
    for number, sealed in rows:
        with suppress(SealError):  # without the key file calls go on: nobody is known, that is all
            shared, _, nth = _opened(sealed).partition(_APART)
            if nth:
                _write(number, shared, int(nth))


def downgrade() -> None:
    rows = op.get_bind().execute(sa.select(_ROWS).where(_ROWS.c.phone_nth > 1)).all()
    for number, sealed, nth in rows:
        _write(number, f'{_opened(sealed)}{_APART}{nth}', nth)
    _unique(_ALONE)
    op.drop_column('elders', 'phone_nth')


def _opened(sealed):
    return seal_of(op.get_bind()).open(bytes(sealed), 'elders.phone', findable=True)


def _write(number, phone, nth) -> None:
    sealed = seal_of(op.get_bind()).seal(phone, 'elders.phone', findable=True)
    change = sa.update(_ROWS).where(_ROWS.c.id == number)
    op.get_bind().execute(change.values(phone=sealed, phone_nth=nth))


def _unique(columns) -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.drop_constraint('uq_elders_phone', 'elders')
        op.create_unique_constraint('uq_elders_phone', 'elders', columns)
    else:
        _rebuild(columns)


def _rebuild(columns) -> None:
    """SQLite can't change a constraint. Other tables name these rows, so the table may be gone for
    a moment only if their constraints wait: the rows come back before the transaction ends.
    """
    bind = op.get_bind()
    elders = sa.Table('elders', sa.MetaData(), autoload_with=bind)
    indexes = list(elders.indexes)
    [unique] = [each for each in elders.constraints if each.name == 'uq_elders_phone']
    elders.constraints.remove(unique)
    elders.append_constraint(sa.UniqueConstraint(*columns, name='uq_elders_phone'))
    op.execute('PRAGMA defer_foreign_keys=ON')
    op.execute('CREATE TEMPORARY TABLE elders_before AS SELECT * FROM elders')
    op.drop_table('elders')
    bind.execute(sa.schema.CreateTable(elders))
    op.execute('INSERT INTO elders SELECT * FROM elders_before')
    for index in indexes:
        bind.execute(sa.schema.CreateIndex(index))
    op.execute('DROP TABLE elders_before')
