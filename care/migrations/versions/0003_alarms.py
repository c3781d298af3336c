"""Alarms: life cycle, cases, chained events, the ladder and its outbox; elders' contacts"""

import hashlib
import json
from datetime import timezone

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

# ALTER TABLE, never a copy: `alarms` is referred to, and SQLite would refuse to drop the old one.
def _columns() -> list[sa.Column]:
    return [
        sa.Column('source', sa.String(length=64), nullable=False, server_default='speech'),
        sa.Column('reference', sa.String(length=64), nullable=True),
        sa.Column('controller', sa.String(length=64), nullable=True),
        sa.Column('device', sa.String(length=64), nullable=True),
        sa.Column('device_type', sa.String(length=16), nullable=True),
        sa.Column('elder_id', sa.Integer(), nullable=True),
        sa.Column('case_ref', sa.String(length=16), nullable=True),
        sa.Column('escalation', sa.String(length=32), nullable=True),
        sa.Column('instruction', sa.Text(), nullable=True),
        sa.Column('handled_by', sa.String(length=64), nullable=True),
        sa.Column('responder', sa.String(length=64), nullable=True),
        sa.Column('outcome', sa.String(length=32), nullable=True),
        sa.Column('acknowledged_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('dispatched_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('on_site_at', sa.DateTime(timezone=True), nullable=True),
    ]


TRIGGERS = {
    'sqlite': (
        """CREATE TRIGGER alarm_events_no_update BEFORE UPDATE ON alarm_events
        BEGIN SELECT RAISE(ABORT, 'alarm_events is append-only'); END""",
        """CREATE TRIGGER alarm_events_no_delete BEFORE DELETE ON alarm_events
        BEGIN SELECT RAISE(ABORT, 'alarm_events is append-only'); END""",
    ),
    'postgresql': (
        """CREATE FUNCTION refuse_change_of_alarm_events() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'alarm_events is append-only'; END $$""",
        """CREATE TRIGGER alarm_events_no_change BEFORE UPDATE OR DELETE ON alarm_events
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_alarm_events()""",
    ),
}
NO_TRIGGERS = {
    'sqlite': (
        'DROP TRIGGER alarm_events_no_update',
        'DROP TRIGGER alarm_events_no_delete',
    ),
    'postgresql': (
        'DROP TRIGGER alarm_events_no_change ON alarm_events',
        'DROP FUNCTION refuse_change_of_alarm_events()',
    ),
}


def upgrade() -> None:
    for column in _columns():
        op.add_column('alarms', column)
    op.create_index(op.f('ix_alarms_case_ref'), 'alarms', ['case_ref'], unique=False)
    op.create_index('ix_alarms_source_reference', 'alarms', ['source', 'reference'], unique=True)
    op.execute('UPDATE alarms SET case_ref = ref')

    op.create_table('elder_contacts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('elder_id', sa.Integer(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('relation', sa.String(length=32), nullable=True),
    sa.Column('phone', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['elder_id'], ['elders.id'], name=op.f('fk_elder_contacts_elder_id_elders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_elder_contacts'))
    )
    op.create_index(op.f('ix_elder_contacts_elder_id'), 'elder_contacts', ['elder_id'], unique=False)

    op.create_table('alarm_ladders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('alarm_id', sa.Integer(), nullable=False),
    sa.Column('climbed', sa.Integer(), nullable=False),
    sa.Column('waited', sa.Double(), nullable=False),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('rests', sa.Boolean(), nullable=False),
    sa.Column('owner', sa.String(length=64), nullable=True),
    sa.Column('beat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['alarm_id'], ['alarms.id'], name=op.f('fk_alarm_ladders_alarm_id_alarms')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alarm_ladders')),
    sa.UniqueConstraint('alarm_id', name=op.f('uq_alarm_ladders_alarm_id'))
    )
    op.create_index(op.f('ix_alarm_ladders_rests'), 'alarm_ladders', ['rests'], unique=False)

    op.create_table('alarm_outbox',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('alarm_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('rung', sa.String(length=32), nullable=False),
    sa.Column('audience', sa.String(length=16), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('owner', sa.String(length=64), nullable=True),
    sa.Column('beat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['alarm_id'], ['alarms.id'], name=op.f('fk_alarm_outbox_alarm_id_alarms')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alarm_outbox')),
    sa.UniqueConstraint('key', name=op.f('uq_alarm_outbox_key'))
    )
    op.create_index(op.f('ix_alarm_outbox_alarm_id'), 'alarm_outbox', ['alarm_id'], unique=False)
    op.create_index(op.f('ix_alarm_outbox_done_at'), 'alarm_outbox', ['done_at'], unique=False)

    # Alarms that are open now start to be waited for now.
    op.execute(
        "INSERT INTO alarm_ladders (alarm_id, climbed, waited, counted_at, rests, beat) "
        "SELECT id, 0, 0.0, CURRENT_TIMESTAMP, state = 'closed', 0 FROM alarms"
    )
    _chain()
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in NO_TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_column('alarm_events', 'hash')
    op.drop_column('alarm_events', 'how')
    op.drop_table('alarm_outbox')
    op.drop_table('alarm_ladders')
    op.drop_table('elder_contacts')
    op.drop_index('ix_alarms_source_reference', table_name='alarms')
    op.drop_index(op.f('ix_alarms_case_ref'), table_name='alarms')
    # Only raised and closed are known to the schema before.
    op.execute("UPDATE alarms SET state = 'raised' WHERE state != 'closed'")
    for column in reversed(_columns()):
        op.drop_column('alarms', column.name)


def _chain() -> None:
    """Gives every event that is there its link: what care.alarms.chain did at this revision."""
    op.add_column('alarm_events', sa.Column('how', sa.String(length=32), nullable=False, server_default=''))
    # SQLite can't take the default away again; an event that relies on it breaks the chain.
    op.add_column('alarm_events', sa.Column('hash', sa.String(length=64), nullable=False, server_default=''))
    events = sa.table(
        'alarm_events',
        sa.column('id', sa.Integer), sa.column('alarm_id', sa.Integer), sa.column('hash', sa.String),
        sa.column('at', sa.DateTime(timezone=True)), sa.column('kind', sa.String),
        sa.column('by', sa.String), sa.column('how', sa.String), sa.column('note', sa.Text),
    )
    alarms = sa.table('alarms', sa.column('id', sa.Integer), sa.column('ref', sa.String))
    bind = op.get_bind()
    query = sa.select(events, alarms.c.ref).join(alarms, alarms.c.id == events.c.alarm_id)
    previous = ''
    for row in bind.execute(query.order_by(events.c.id)).all():
        at = row.at if row.at.tzinfo else row.at.replace(tzinfo=timezone.utc)
        moment = at.astimezone(timezone.utc).isoformat(timespec='microseconds')
        content = [previous, row.ref, moment, row.kind, row.by, row.how, row.note]
        previous = hashlib.sha256(json.dumps(content, separators=(',', ':')).encode()).hexdigest()
        bind.execute(sa.update(events).where(events.c.id == row.id).values(hash=previous))
    if bind.dialect.name == 'postgresql':
        op.alter_column('alarm_events', 'hash', server_default=None)
