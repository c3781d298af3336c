"""Orders: their whole course, offers, bookings, free hours, standing orders"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

_KEPT = 'order_events'


def _columns() -> list[sa.Column]:
    return [
        sa.Column('elder_id', sa.Integer(), nullable=True),
        sa.Column('region', sa.String(length=32), nullable=True),
        sa.Column('provider_id', sa.Integer(), nullable=True),
        sa.Column('worker_id', sa.Integer(), nullable=True),
        sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('attention', sa.String(length=16), nullable=True),
        sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('score', sa.Integer(), nullable=True),
        sa.Column('price', sa.Integer(), nullable=True),
        sa.Column('subsidy', sa.Integer(), nullable=False, server_default='0'),
        sa.Column('free_minutes', sa.Integer(), nullable=False, server_default='0'),
        sa.Column('quoted_from', sa.String(length=128), nullable=True),
        sa.Column('series_id', sa.Integer(), nullable=True),
        sa.Column('series_day', sa.Date(), nullable=True),
    ]


_INDEXED = ('elder_id', 'provider_id', 'due_at', 'attention')


def upgrade() -> None:
    for column in _columns():
        op.add_column('orders', column)
    for name in _INDEXED:
        op.create_index(op.f(f'ix_orders_{name}'), 'orders', [name], unique=False)
    op.create_index('uq_orders_series_day', 'orders', ['series_id', 'series_day'], unique=True)
    # What was asked for before is looked at by the first look for what is due.
    op.execute("UPDATE orders SET due_at = placed_at WHERE state = 'placed'")

    op.execute('ALTER TABLE order_events RENAME COLUMN moment TO at')
    for name, length in (('by', 64), ('how', 32)):
        op.add_column('order_events', sa.Column(name, sa.String(length=length), nullable=False, server_default=''))
    _refuse_changes()

    op.create_table('order_offers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('provider_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.String(length=16), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_offers_order_id_orders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_offers'))
    )
    op.create_index(op.f('ix_order_offers_order_id'), 'order_offers', ['order_id'], unique=False)
    op.create_index(op.f('ix_order_offers_provider_id'), 'order_offers', ['provider_id'], unique=False)

    op.create_table('provider_slots',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('provider_id', sa.Integer(), nullable=False),
    sa.Column('pool', sa.String(length=32), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('slot', sa.String(length=16), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.CheckConstraint('taken >= 0 AND taken <= places', name=op.f('ck_provider_slots_not_oversold')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_provider_slots')),
    sa.UniqueConstraint('provider_id', 'pool', 'on', 'slot', name=op.f('uq_provider_slots_provider_id'))
    )
    op.create_table('order_bookings',
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('slot_id', sa.Integer(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_bookings_order_id_orders')),
    sa.ForeignKeyConstraint(['slot_id'], ['provider_slots.id'], name=op.f('fk_order_bookings_slot_id_provider_slots')),
    sa.PrimaryKeyConstraint('order_id', name=op.f('pk_order_bookings'))
    )
    op.create_index(op.f('ix_order_bookings_slot_id'), 'order_bookings', ['slot_id'], unique=False)

    op.create_table('hour_grants',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('elder_id', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('by', sa.String(length=64), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('minutes >= 0', name=op.f('ck_hour_grants_minutes')),
    sa.ForeignKeyConstraint(['elder_id'], ['elders.id'], name=op.f('fk_hour_grants_elder_id_elders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hour_grants'))
    )
    op.create_index(op.f('ix_hour_grants_elder_id'), 'hour_grants', ['elder_id'], unique=False)

    op.create_table('order_series',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=True),
    sa.Column('elder_id', sa.Integer(), nullable=True),
    sa.Column('service', sa.String(length=32), nullable=False),
    sa.Column('at', sa.Time(), nullable=True),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('diet', sa.String(length=32), nullable=True),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('region', sa.String(length=32), nullable=True),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('phone', sa.String(length=32), nullable=False),
    sa.Column('pattern', sa.String(length=64), nullable=False),
    sa.Column('begins', sa.Date(), nullable=False),
    sa.Column('ends', sa.Date(), nullable=True),
    sa.Column('festivals', sa.String(length=8), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_order_series_conversation_id_conversations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_series'))
    )
    for name in ('conversation_id', 'elder_id', 'ends'):
        op.create_index(op.f(f'ix_order_series_{name}'), 'order_series', [name], unique=False)
    op.create_table('order_pauses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('series_id', sa.Integer(), nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['series_id'], ['order_series.id'], name=op.f('fk_order_pauses_series_id_order_series')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_pauses'))
    )
    op.create_index(op.f('ix_order_pauses_series_id'), 'order_pauses', ['series_id'], unique=False)


def downgrade() -> None:
    for table in ('order_pauses', 'order_series', 'hour_grants', 'order_bookings', 'provider_slots', 'order_offers'):
        op.drop_table(table)
    _allow_changes()
    for name in ('how', 'by'):
        op.drop_column('order_events', name)
    op.execute('ALTER TABLE order_events RENAME COLUMN at TO moment')
    # Only placed, done and cancelled are known to the schema before.
    for before, states in (
        ('placed', "'draft', 'offered', 'accepted', 'under_way'"),
        ('done', "'reviewed', 'closed'"),
        ('cancelled', "'no_show'"),
    ):
        op.execute(f"UPDATE orders SET state = '{before}' WHERE state IN ({states})")
    op.drop_index('uq_orders_series_day', 'orders')
    for name in reversed(_INDEXED):
        op.drop_index(op.f(f'ix_orders_{name}'), 'orders')
    for column in reversed(_columns()):
        op.drop_column('orders', column.name)


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.execute(f"""CREATE FUNCTION refuse_change_of_{_KEPT}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{_KEPT} is append-only'; END $$""")
        op.execute(f"""CREATE TRIGGER {_KEPT}_no_change BEFORE UPDATE OR DELETE ON {_KEPT}
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_{_KEPT}()""")
    else:
        for change in ('UPDATE', 'DELETE'):
            op.execute(f"""CREATE TRIGGER {_KEPT}_no_{change.lower()} BEFORE {change} ON {_KEPT}
            BEGIN SELECT RAISE(ABORT, '{_KEPT} is append-only'); END""")


def _allow_changes() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.execute(f'DROP TRIGGER {_KEPT}_no_change ON {_KEPT}')
        op.execute(f'DROP FUNCTION refuse_change_of_{_KEPT}()')
    else:
        for change in ('update', 'delete'):
            op.execute(f'DROP TRIGGER {_KEPT}_no_{change}')
