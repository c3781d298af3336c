"""Webhooks: secrets that were renewed sign on for a while; what a night puts down waits last"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

_HELD = sa.text("held_until IS NOT NULL")
_OVER = sa.text("ended_at IS NOT NULL")


def upgrade() -> None:
    op.add_column('webhooks', sa.Column('secrets_before', sa.LargeBinary(), nullable=True))
    op.add_column('webhooks', sa.Column('before_until', sa.DateTime(timezone=True), nullable=True))
    op.add_column('webhook_deliveries', sa.Column('in_bulk', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.drop_index('ix_webhook_deliveries_due', table_name='webhook_deliveries')
    op.create_index('ix_webhook_deliveries_due', 'webhook_deliveries', ['webhook_id', 'state', 'in_bulk', 'due_at', 'id'], unique=False)
    op.create_index('ix_webhook_deliveries_held', 'webhook_deliveries', ['webhook_id', 'held_until'], unique=False, sqlite_where=_HELD, postgresql_where=_HELD)
    op.create_index('ix_webhook_deliveries_over', 'webhook_deliveries', ['ended_at'], unique=False, sqlite_where=_OVER, postgresql_where=_OVER)


def downgrade() -> None:
    op.drop_index('ix_webhook_deliveries_over', table_name='webhook_deliveries', sqlite_where=_OVER, postgresql_where=_OVER)
    op.drop_index('ix_webhook_deliveries_held', table_name='webhook_deliveries', sqlite_where=_HELD, postgresql_where=_HELD)
    op.drop_index('ix_webhook_deliveries_due', table_name='webhook_deliveries')
    op.create_index('ix_webhook_deliveries_due', 'webhook_deliveries', ['state', 'due_at'], unique=False)
    op.drop_column('webhook_deliveries', 'in_bulk')
    op.drop_column('webhooks', 'before_until')
    op.drop_column('webhooks', 'secrets_before')
