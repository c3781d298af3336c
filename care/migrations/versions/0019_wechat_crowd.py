"""Indexes for a crowd in WeChat: what waits, and what nobody fetched"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

_OPEN = sa.text("state IN ('received', 'heard')")


def upgrade() -> None:
    op.create_index('ix_wechat_messages_delivery', 'wechat_messages', ['delivery', 'answered_at'], unique=False)
    op.create_index('ix_wechat_messages_open', 'wechat_messages', ['urgent', 'id'], unique=False, sqlite_where=_OPEN, postgresql_where=_OPEN)


def downgrade() -> None:
    op.drop_index('ix_wechat_messages_open', table_name='wechat_messages', sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.drop_index('ix_wechat_messages_delivery', table_name='wechat_messages')
