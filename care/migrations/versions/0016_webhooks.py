"""Webhooks and what waits to be sent to them; writes of the REST API under a caller's own key"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('api_requests', sa.Column('method', sa.String(length=8), server_default='GET', nullable=False))
    op.create_index(op.f('ix_api_requests_at'), 'api_requests', ['at'], unique=False)

    op.create_table('api_writes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key_id', sa.Integer(), nullable=False),
    sa.Column('token', sa.String(length=64), nullable=False),
    sa.Column('content', sa.String(length=64), nullable=False),
    sa.Column('made_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['key_id'], ['api_keys.id'], name=op.f('fk_api_writes_key_id_api_keys')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_writes')),
    sa.UniqueConstraint('key_id', 'token', name=op.f('uq_api_writes_key_id'))
    )
    op.create_index(op.f('ix_api_writes_at'), 'api_writes', ['at'], unique=False)

    op.create_table('webhooks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('secret', sa.LargeBinary(), nullable=False),
    sa.Column('kinds', sa.String(length=400), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.String(length=64), nullable=False),
    sa.Column('off_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('off_by', sa.String(length=64), nullable=True),
    sa.Column('off_why', sa.String(length=32), nullable=True),
    sa.Column('took_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('rests_until', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_webhooks')),
    sa.UniqueConstraint('name', name=op.f('uq_webhooks_name'))
    )

    op.create_table('webhook_deliveries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('webhook_id', sa.Integer(), nullable=False),
    sa.Column('message', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=48), nullable=False),
    sa.Column('subject', sa.String(length=80), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=16), server_default='waiting', nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('owner', sa.String(length=32), nullable=True),
    sa.Column('held_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.String(length=32), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['webhook_id'], ['webhooks.id'], name=op.f('fk_webhook_deliveries_webhook_id_webhooks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_webhook_deliveries')),
    sa.UniqueConstraint('webhook_id', 'message', name=op.f('uq_webhook_deliveries_webhook_id'))
    )
    op.create_index('ix_webhook_deliveries_subject', 'webhook_deliveries', ['webhook_id', 'state', 'subject', 'id'], unique=False)
    op.create_index('ix_webhook_deliveries_due', 'webhook_deliveries', ['state', 'due_at'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_webhook_deliveries_due', 'webhook_deliveries')
    op.drop_index('ix_webhook_deliveries_subject', 'webhook_deliveries')
    op.drop_table('webhook_deliveries')
    op.drop_table('webhooks')
    op.drop_index(op.f('ix_api_writes_at'), 'api_writes')
    op.drop_table('api_writes')
    op.drop_index(op.f('ix_api_requests_at'), 'api_requests')
    op.drop_column('api_requests', 'method')
