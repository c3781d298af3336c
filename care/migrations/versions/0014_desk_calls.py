"""The telephone on which an operator takes callers who are on a call"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('operators', sa.Column('telephone', sa.String(length=128), nullable=True))


def downgrade() -> None:
    op.drop_column('operators', 'telephone')
