"""Benefits that find people: found, told, granted; and keys with which other systems read"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('benefit_rounds',
    sa.Column('night', sa.Date(), nullable=False),
    sa.Column('owner', sa.String(length=64), nullable=True),
    sa.Column('held_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_elder', sa.Integer(), nullable=False),
    sa.Column('elders', sa.Integer(), nullable=False),
    sa.Column('found', sa.Integer(), nullable=False),
    sa.Column('lapsed', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('night', name=op.f('pk_benefit_rounds'))
    )

    op.create_table('benefit_cases',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('elder_id', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(length=64), nullable=False),
    sa.Column('benefit', sa.String(length=32), nullable=False),
    sa.Column('region', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('missing', sa.String(length=16), nullable=True),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['elder_id'], ['elders.id'], name=op.f('fk_benefit_cases_elder_id_elders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_benefit_cases')),
    sa.UniqueConstraint('elder_id', 'rule', name=op.f('uq_benefit_cases_elder_id'))
    )
    op.create_index(op.f('ix_benefit_cases_state'), 'benefit_cases', ['state', 'benefit', 'region'], unique=False)

    op.create_index('ix_benefit_cases_latest', 'benefit_cases', ['state', 'changed_at', 'id'], unique=False)

    op.create_table('benefit_events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('by', sa.String(length=64), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['benefit_cases.id'], name=op.f('fk_benefit_events_case_id_benefit_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_benefit_events'))
    )
    op.create_index(op.f('ix_benefit_events_case_id'), 'benefit_events', ['case_id'], unique=False)

    op.create_table('benefit_receipts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('elder_id', sa.Integer(), nullable=False),
    sa.Column('benefit', sa.String(length=32), nullable=False),
    sa.Column('rule', sa.String(length=64), nullable=True),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['elder_id'], ['elders.id'], name=op.f('fk_benefit_receipts_elder_id_elders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_benefit_receipts'))
    )
    op.create_index(op.f('ix_benefit_receipts_elder_id'), 'benefit_receipts', ['elder_id'], unique=False)

    op.create_table('benefit_notices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(length=16), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('spoken', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('by', sa.String(length=64), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('owner', sa.String(length=64), nullable=True),
    sa.Column('held_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['benefit_cases.id'], name=op.f('fk_benefit_notices_case_id_benefit_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_benefit_notices'))
    )
    op.create_index(op.f('ix_benefit_notices_case_id'), 'benefit_notices', ['case_id'], unique=False)
    op.create_index(op.f('ix_benefit_notices_state'), 'benefit_notices', ['state'], unique=False)

    op.create_table('api_keys',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('public', sa.String(length=16), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('scopes', sa.String(length=200), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_keys')),
    sa.UniqueConstraint('name', name=op.f('uq_api_keys_name')),
    sa.UniqueConstraint('public', name=op.f('uq_api_keys_public'))
    )
    op.create_table('api_requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('path', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['key_id'], ['api_keys.id'], name=op.f('fk_api_requests_key_id_api_keys')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_requests'))
    )
    op.create_index(op.f('ix_api_requests_key_id'), 'api_requests', ['key_id', 'at'], unique=False)


def downgrade() -> None:
    for table, indexes in (
        ('api_requests', ['key_id']),
        ('api_keys', []),
        ('benefit_notices', ['state', 'case_id']),
        ('benefit_receipts', ['elder_id']),
        ('benefit_events', ['case_id']),
        ('benefit_cases', ['state', 'latest']),
        ('benefit_rounds', []),
    ):
        for column in indexes:
            op.drop_index(op.f(f'ix_{table}_{column}'), table)
        op.drop_table(table)
