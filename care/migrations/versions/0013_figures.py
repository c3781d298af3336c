"""Figures: a day is counted without reading years of talk"""

from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

_INDEXES = (
    ('utterances', 'at'),
    ('understandings', 'at'),
    ('handovers', 'requested_at'),
    ('alarms', 'raised_at'),
)


def upgrade() -> None:
    for table, column in _INDEXES:
        op.create_index(op.f(f'ix_{table}_{column}'), table, [column], unique=False)


def downgrade() -> None:
    for table, column in reversed(_INDEXES):
        op.drop_index(op.f(f'ix_{table}_{column}'), table)
