"""Visits: who is visited when, by whom, and what became of it"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

_CALLING = sa.text("result IS NULL")


def upgrade() -> None:
    op.create_table('stewards',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('phone', sa.String(length=32), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stewards'))
    )
    op.create_table('steward_regions',
    sa.Column('region', sa.String(length=32), nullable=False),
    sa.Column('steward_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['steward_id'], ['stewards.id'], name=op.f('fk_steward_regions_steward_id_stewards')),
    sa.PrimaryKeyConstraint('region', name=op.f('pk_steward_regions'))
    )
    op.create_index(op.f('ix_steward_regions_steward_id'), 'steward_regions', ['steward_id'], unique=False)

    op.create_table('visits',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('elder_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('nth', sa.Integer(), nullable=False),
    sa.Column('region', sa.String(length=32), nullable=True),
    sa.Column('rule', sa.String(length=32), nullable=False),
    sa.Column('by_phone', sa.Boolean(), nullable=False),
    sa.Column('due_from', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('steward_id', sa.Integer(), nullable=True),
    sa.Column('in_person', sa.String(length=16), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_how', sa.String(length=16), nullable=True),
    sa.Column('visitor', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['elder_id'], ['elders.id'], name=op.f('fk_visits_elder_id_elders')),
    sa.ForeignKeyConstraint(['steward_id'], ['stewards.id'], name=op.f('fk_visits_steward_id_stewards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visits')),
    sa.UniqueConstraint('elder_id', 'month', 'nth', name=op.f('uq_visits_elder_id'))
    )
    op.create_index('ix_visits_month_state', 'visits', ['month', 'state'], unique=False)
    op.create_index(op.f('ix_visits_region'), 'visits', ['region'], unique=False)
    op.create_index(op.f('ix_visits_steward_id'), 'visits', ['steward_id'], unique=False)

    op.create_table('visit_events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('by', sa.String(length=64), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_visit_events_visit_id_visits')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_events'))
    )
    op.create_index(op.f('ix_visit_events_visit_id'), 'visit_events', ['visit_id'], unique=False)

    op.create_table('visit_calls',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('nth', sa.Integer(), nullable=False),
    sa.Column('process', sa.String(length=64), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('result', sa.String(length=16), nullable=True),
    sa.Column('outcome', sa.String(length=16), nullable=True),
    sa.Column('conversation_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_visit_calls_conversation_id_conversations')),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_visit_calls_visit_id_visits')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_calls')),
    sa.UniqueConstraint('visit_id', 'nth', name=op.f('uq_visit_calls_visit_id'))
    )
    op.create_index('ix_visit_calls_open', 'visit_calls', ['started_at'], unique=False, sqlite_where=_CALLING, postgresql_where=_CALLING)

    op.create_table('visit_answers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('question', sa.String(length=16), nullable=False),
    sa.Column('finding', sa.String(length=16), nullable=False),
    sa.Column('said', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['visit_calls.id'], name=op.f('fk_visit_answers_call_id_visit_calls')),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_visit_answers_visit_id_visits')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_answers'))
    )
    op.create_index(op.f('ix_visit_answers_visit_id'), 'visit_answers', ['visit_id'], unique=False)


def downgrade() -> None:
    for table, indexes in (
        ('visit_answers', ['ix_visit_answers_visit_id']),
        ('visit_calls', ['ix_visit_calls_open']),
        ('visit_events', ['ix_visit_events_visit_id']),
        ('visits', ['ix_visits_steward_id', 'ix_visits_region', 'ix_visits_month_state']),
        ('steward_regions', ['ix_steward_regions_steward_id']),
        ('stewards', []),
    ):
        for index in indexes:
            op.drop_index(index, table)
        op.drop_table(table)
