"""Where other processes reach the one that has a call"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('calls', sa.Column('peer', sa.String(length=200), nullable=True))


def downgrade() -> None:
    op.drop_column('calls', 'peer')
