"""Canteens, their menus and rounds; by which way a meal comes to the elder"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('canteens',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('provider_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('region', sa.String(length=32), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=False),
    sa.Column('phone', sa.String(length=32), nullable=False),
    sa.Column('ways', sa.String(length=64), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['provider_id'], ['providers.id'], name=op.f('fk_canteens_provider_id_providers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_canteens')),
    sa.UniqueConstraint('name', name=op.f('uq_canteens_name'))
    )
    op.create_index(op.f('ix_canteens_provider_id'), 'canteens', ['provider_id'], unique=False)
    op.create_index(op.f('ix_canteens_region'), 'canteens', ['region'], unique=False)
    op.create_table('canteen_meals',
    sa.Column('canteen_id', sa.Integer(), nullable=False),
    sa.Column('meal', sa.String(length=16), nullable=False),
    sa.Column('opens', sa.Time(), nullable=False),
    sa.Column('closes', sa.Time(), nullable=False),
    sa.Column('until', sa.Time(), nullable=False),
    sa.Column('days_before', sa.Integer(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['canteen_id'], ['canteens.id'], name=op.f('fk_canteen_meals_canteen_id_canteens')),
    sa.PrimaryKeyConstraint('canteen_id', 'meal', name=op.f('pk_canteen_meals'))
    )
    op.create_table('canteen_dishes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('canteen_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('meal', sa.String(length=16), nullable=False),
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('price', sa.Integer(), nullable=True),
    sa.Column('diets', sa.String(length=100), nullable=False),
    sa.Column('allergens', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['canteen_id'], ['canteens.id'], name=op.f('fk_canteen_dishes_canteen_id_canteens')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_canteen_dishes')),
    sa.UniqueConstraint('canteen_id', 'on', 'meal', 'name', name=op.f('uq_canteen_dishes_canteen_id'))
    )
    op.create_table('canteen_imports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('canteen_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(length=64), nullable=False),
    sa.Column('file', sa.String(length=100), nullable=False),
    sa.Column('rows', sa.Text(), nullable=True),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('dishes', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['canteen_id'], ['canteens.id'], name=op.f('fk_canteen_imports_canteen_id_canteens')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_canteen_imports'))
    )
    op.create_table('delivery_rounds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('canteen_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('meal', sa.String(length=16), nullable=False),
    sa.Column('leaves', sa.Time(), nullable=False),
    sa.Column('until', sa.Time(), nullable=False),
    sa.Column('days_before', sa.Integer(), nullable=False),
    sa.Column('areas', sa.String(length=400), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['canteen_id'], ['canteens.id'], name=op.f('fk_delivery_rounds_canteen_id_canteens')),
    sa.ForeignKeyConstraint(['worker_id'], ['provider_workers.id'], name=op.f('fk_delivery_rounds_worker_id_provider_workers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery_rounds'))
    )
    op.create_index(op.f('ix_delivery_rounds_canteen_id'), 'delivery_rounds', ['canteen_id'], unique=False)
    for table in ('orders', 'order_series'):
        # What was ordered until now is brought to the door.
        op.add_column(table, sa.Column('way', sa.String(length=16), server_default='delivery', nullable=False))
        op.add_column(table, sa.Column('canteen_id', sa.Integer(), nullable=True))


def downgrade() -> None:
    for table in ('order_series', 'orders'):
        op.drop_column(table, 'canteen_id')
        op.drop_column(table, 'way')
    for table in (
        'delivery_rounds',
        'canteen_imports',
        'canteen_dishes',
        'canteen_meals',
        'canteens',
    ):
        op.drop_table(table)
