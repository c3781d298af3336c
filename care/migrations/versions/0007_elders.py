"""Elders' records: sealed columns, how they live, assessments, consents, contacts' consent, history"""

import sqlalchemy as sa
from alembic import op

from care.elders.number import home_part
from care.elders.sounding import sound_key
from care.storage.seal import seal_of

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

KEPT = ('elder_events', 'elder_abilities', 'elder_consents')
"""History: nobody changes or deletes a line."""
_AT_ONCE = 1000
_SOUND = sa.String(length=128).with_variant(sa.String(length=128, collation='C'), 'postgresql')
_NEW = [
    ('sound', _SOUND),
    ('phone_home', sa.LargeBinary()),
    ('identity', sa.LargeBinary()),
    ('birth_date', sa.Date()),
    ('sex', sa.String(length=8)),
    ('situations', sa.String(length=200)),
    ('categories', sa.String(length=200)),
    ('residence', sa.String(length=8)),
    ('hukou', sa.String(length=8)),
    ('pension', sa.Boolean()),
    ('ability', sa.Integer()),
    ('ability_on', sa.Date()),
    ('ability_by', sa.String(length=64)),
    ('allergies', sa.String(length=200)),
    ('language', sa.String(length=16)),
    ('health', sa.LargeBinary()),
    ('service_code', sa.LargeBinary()),
    ('state', sa.String(length=16)),
    ('merged_into_id', sa.Integer()),
    ('added_at', sa.DateTime(timezone=True)),
]
_NOT_NULL = ('sound', 'phone', 'situations', 'categories', 'allergies', 'state')
_BEFORE = ('id', 'name', 'phone', 'birth_year', 'region', 'address', 'diet')


def upgrade() -> None:
    rows = _sealed_rows()
    if op.get_bind().dialect.name == 'postgresql':
        _up_in_place(rows)
    else:
        _rebuild(_after, rows)
    for name, columns, unique in (
        ('ix_elders_sound', ['sound', 'id'], False),
        ('ix_elders_region', ['region', 'id'], False),
        ('ix_elders_phone_home', ['phone_home'], False),
        ('ix_elders_merged_into_id', ['merged_into_id'], False),
    ):
        op.create_index(name, 'elders', columns, unique=unique)
    _contacts(_seal_contact, sa.LargeBinary(), sa.LargeBinary())
    op.add_column('elder_contacts', sa.Column('agreed_on', sa.Date(), nullable=True))
    _history()


def downgrade() -> None:
    op.drop_table('elder_imports')
    for table in KEPT:  # their triggers go with them
        op.drop_index(op.f(f'ix_{table}_elder_id'), table)
        op.drop_table(table)
        if op.get_bind().dialect.name == 'postgresql':
            op.execute(f'DROP FUNCTION refuse_change_of_{table}()')
    op.drop_column('elder_contacts', 'agreed_on')
    _contacts(_open_contact, sa.String(length=64), sa.String(length=32))
    rows = _opened_rows()
    for name in ('merged_into_id', 'phone_home', 'region', 'sound'):
        op.drop_index(f'ix_elders_{name}', 'elders')
    if op.get_bind().dialect.name == 'postgresql':
        _down_in_place(rows)
    else:
        _rebuild(_earlier, rows)


def _seal(text, column, findable=False):
    return None if text is None else seal_of(op.get_bind()).seal(text, column, findable=findable)


def _open(sealed, column, findable=False):
    if sealed is None:
        return None
    return seal_of(op.get_bind()).open(bytes(sealed), column, findable=findable)


def _sealed_rows():
    elders = sa.table('elders', *map(sa.column, _BEFORE))
    for row in op.get_bind().execute(sa.select(elders)).mappings().all():
        yield {
            **row,
            **dict.fromkeys(name for name, _ in _NEW),
            'sound': sound_key(row['name']),
            'phone': _seal(row['phone'], 'elders.phone', True),
            'phone_home': _seal(home_part(row['phone']), 'elders.phone_home', True),
            'address': _seal(row['address'], 'elders.address'),
            'situations': '', 'categories': '', 'allergies': '', 'state': 'active',
        }


def _opened_rows():
    elders = sa.table('elders', *map(sa.column, _BEFORE))
    for row in op.get_bind().execute(sa.select(elders)).mappings().all():
        yield {
            **row,
            'phone': _open(row['phone'], 'elders.phone', True),
            'address': _open(row['address'], 'elders.address'),
        }


def _after():
    return op.create_table('elders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('phone', sa.LargeBinary(), nullable=False),
    sa.Column('birth_year', sa.Integer(), nullable=True),
    sa.Column('region', sa.String(length=32), nullable=True),
    sa.Column('address', sa.LargeBinary(), nullable=True),
    sa.Column('diet', sa.String(length=32), nullable=True),
    *(sa.Column(name, kind, nullable=name not in _NOT_NULL) for name, kind in _NEW),
    sa.ForeignKeyConstraint(['merged_into_id'], ['elders.id'], name=op.f('fk_elders_merged_into_id_elders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_elders')),
    sa.UniqueConstraint('phone', name=op.f('uq_elders_phone')),
    sa.UniqueConstraint('identity', name=op.f('uq_elders_identity')),
    sa.UniqueConstraint('service_code', name=op.f('uq_elders_service_code')),
    )


def _earlier():
    return op.create_table('elders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('phone', sa.String(length=32), nullable=False),
    sa.Column('birth_year', sa.Integer(), nullable=True),
    sa.Column('region', sa.String(length=32), nullable=True),
    sa.Column('address', sa.String(length=200), nullable=True),
    sa.Column('diet', sa.String(length=32), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_elders')),
    sa.UniqueConstraint('phone', name=op.f('uq_elders_phone'))
    )


def _rebuild(create, rows) -> None:
    """SQLite can't drop a unique column. Other tables name these rows, so the table may be gone
    for a moment only if their constraints wait: the rows come back before the transaction ends.
    """
    kept = list(rows)
    op.execute('PRAGMA defer_foreign_keys=ON')
    op.drop_table('elders')
    _insert(create(), kept)


def _insert(table, rows) -> None:
    for at in range(0, len(rows), _AT_ONCE):
        op.get_bind().execute(sa.insert(table), rows[at:at + _AT_ONCE])


def _up_in_place(rows) -> None:
    kept = list(rows)
    _swap({'phone': sa.LargeBinary(), 'address': sa.LargeBinary()})
    for name, kind in _NEW:
        op.add_column('elders', sa.Column(name, kind, nullable=True))
    _update(kept, ('phone', 'address', 'sound', 'phone_home', 'situations', 'categories', 'allergies', 'state'))
    for name in _NOT_NULL:
        op.alter_column('elders', name, nullable=False)
    op.create_foreign_key(op.f('fk_elders_merged_into_id_elders'), 'elders', 'elders', ['merged_into_id'], ['id'])
    for name in ('phone', 'identity', 'service_code'):
        op.create_unique_constraint(op.f(f'uq_elders_{name}'), 'elders', [name])


def _down_in_place(rows) -> None:
    kept = list(rows)
    for name, _ in _NEW:
        op.drop_column('elders', name)
    _swap({'phone': sa.String(length=32), 'address': sa.String(length=200)})
    _update(kept, ('phone', 'address'))
    op.alter_column('elders', 'phone', nullable=False)
    op.create_unique_constraint(op.f('uq_elders_phone'), 'elders', ['phone'])


def _swap(kinds) -> None:
    """Empty columns of another type in place of these; their constraints go with them."""
    for name, kind in kinds.items():
        op.drop_column('elders', name)
        op.add_column('elders', sa.Column(name, kind, nullable=True))


def _update(rows, names) -> None:
    elders = sa.table('elders', sa.column('id'), *map(sa.column, names))
    change = sa.update(elders).where(elders.c.id == sa.bindparam('row_id'))
    change = change.values({name: sa.bindparam(f'new_{name}') for name in names})
    values = [{'row_id': row['id'], **{f'new_{name}': row[name] for name in names}} for row in rows]
    for at in range(0, len(values), _AT_ONCE):
        op.get_bind().execute(change, values[at:at + _AT_ONCE])


def _seal_contact(row):
    return {'name': _seal(row['name'], 'elder_contacts.name'), 'phone': _seal(row['phone'], 'elder_contacts.phone', True)}


def _open_contact(row):
    return {'name': _open(row['name'], 'elder_contacts.name'), 'phone': _open(row['phone'], 'elder_contacts.phone', True)}


def _contacts(changed, name_kind, phone_kind) -> None:
    """Nothing names a contact: the table is made anew on either database."""
    names = ('id', 'elder_id', 'rank', 'name', 'relation', 'phone')
    found = op.get_bind().execute(sa.select(sa.table('elder_contacts', *map(sa.column, names)))).mappings().all()
    rows = [{**row, **changed(row)} for row in found]
    op.drop_index(op.f('ix_elder_contacts_elder_id'), 'elder_contacts')
    op.drop_table('elder_contacts')
    table = op.create_table('elder_contacts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('elder_id', sa.Integer(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('name', name_kind, nullable=False),
    sa.Column('relation', sa.String(length=32), nullable=True),
    sa.Column('phone', phone_kind, nullable=False),
    sa.ForeignKeyConstraint(['elder_id'], ['elders.id'], name=op.f('fk_elder_contacts_elder_id_elders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_elder_contacts'))
    )
    op.create_index(op.f('ix_elder_contacts_elder_id'), 'elder_contacts', ['elder_id'], unique=False)
    _insert(table, rows)
    if rows and op.get_bind().dialect.name == 'postgresql':
        op.execute("SELECT setval(pg_get_serial_sequence('elder_contacts', 'id'), (SELECT MAX(id) FROM elder_contacts))")


def _history() -> None:
    op.create_table('elder_events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('elder_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('field', sa.String(length=32), nullable=False),
    sa.Column('before', sa.Text(), nullable=False),
    sa.Column('after', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['elder_id'], ['elders.id'], name=op.f('fk_elder_events_elder_id_elders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_elder_events'))
    )
    op.create_table('elder_abilities',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('elder_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('assessor', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['elder_id'], ['elders.id'], name=op.f('fk_elder_abilities_elder_id_elders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_elder_abilities'))
    )
    op.create_table('elder_consents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('elder_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('given', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(length=64), nullable=False),
    sa.Column('how', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['elder_id'], ['elders.id'], name=op.f('fk_elder_consents_elder_id_elders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_elder_consents'))
    )
    op.create_table('elder_imports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(length=64), nullable=False),
    sa.Column('file', sa.String(length=100), nullable=False),
    sa.Column('rows', sa.LargeBinary(), nullable=True),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('added', sa.Integer(), nullable=False),
    sa.Column('changed', sa.Integer(), nullable=False),
    sa.Column('skipped', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_elder_imports'))
    )
    for table in KEPT:
        op.create_index(op.f(f'ix_{table}_elder_id'), table, ['elder_id'], unique=False)
        if op.get_bind().dialect.name == 'postgresql':
            op.execute(f"""CREATE FUNCTION refuse_change_of_{table}() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$""")
            op.execute(f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_change_of_{table}()""")
        else:
            for change in ('UPDATE', 'DELETE'):
                op.execute(f"""CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table}
                BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""")
