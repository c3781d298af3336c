"""Providers: contracts, areas, services, workers, capacity, people; pictures, complaints"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('providers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('phone', sa.String(length=32), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('quality', sa.Integer(), server_default='80', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_providers')),
    sa.UniqueConstraint('name', name=op.f('uq_providers_name'))
    )
    op.create_table('provider_areas',
    sa.Column('provider_id', sa.Integer(), nullable=False),
    sa.Column('region', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['provider_id'], ['providers.id'], name=op.f('fk_provider_areas_provider_id_providers')),
    sa.PrimaryKeyConstraint('provider_id', 'region', name=op.f('pk_provider_areas'))
    )
    op.create_table('provider_capacities',
    sa.Column('provider_id', sa.Integer(), nullable=False),
    sa.Column('service', sa.String(length=32), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('slot', sa.String(length=16), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.CheckConstraint('count >= 0', name=op.f('ck_provider_capacities_count')),
    sa.ForeignKeyConstraint(['provider_id'], ['providers.id'], name=op.f('fk_provider_capacities_provider_id_providers')),
    sa.PrimaryKeyConstraint('provider_id', 'service', 'weekday', 'slot', name=op.f('pk_provider_capacities'))
    )
    op.create_table('provider_contracts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('provider_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=64), nullable=False),
    sa.Column('begins', sa.Date(), nullable=False),
    sa.Column('ends', sa.Date(), nullable=False),
    sa.CheckConstraint('ends >= begins', name=op.f('ck_provider_contracts_span')),
    sa.ForeignKeyConstraint(['provider_id'], ['providers.id'], name=op.f('fk_provider_contracts_provider_id_providers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_provider_contracts'))
    )
    op.create_index(op.f('ix_provider_contracts_provider_id'), 'provider_contracts', ['provider_id'], unique=False)
    op.create_table('provider_days_off',
    sa.Column('provider_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('why', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['provider_id'], ['providers.id'], name=op.f('fk_provider_days_off_provider_id_providers')),
    sa.PrimaryKeyConstraint('provider_id', 'on', name=op.f('pk_provider_days_off'))
    )
    op.create_table('provider_events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('provider_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('by', sa.String(length=64), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['provider_id'], ['providers.id'], name=op.f('fk_provider_events_provider_id_providers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_provider_events'))
    )
    op.create_index(op.f('ix_provider_events_provider_id'), 'provider_events', ['provider_id'], unique=False)
    op.create_table('provider_services',
    sa.Column('provider_id', sa.Integer(), nullable=False),
    sa.Column('service', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['provider_id'], ['providers.id'], name=op.f('fk_provider_services_provider_id_providers')),
    sa.PrimaryKeyConstraint('provider_id', 'service', name=op.f('pk_provider_services'))
    )
    op.create_index(op.f('ix_provider_services_service'), 'provider_services', ['service'], unique=False)
    op.create_table('provider_workers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('provider_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('phone', sa.LargeBinary(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['provider_id'], ['providers.id'], name=op.f('fk_provider_workers_provider_id_providers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_provider_workers'))
    )
    op.create_index(op.f('ix_provider_workers_provider_id'), 'provider_workers', ['provider_id'], unique=False)
    op.create_table('complaints',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=True),
    sa.Column('provider_id', sa.Integer(), nullable=True),
    sa.Column('conversation_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('phone', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('owner', sa.String(length=64), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.String(length=16), nullable=True),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_complaints_conversation_id_conversations')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_complaints_order_id_orders')),
    sa.ForeignKeyConstraint(['provider_id'], ['providers.id'], name=op.f('fk_complaints_provider_id_providers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaints'))
    )
    op.create_index(op.f('ix_complaints_order_id'), 'complaints', ['order_id'], unique=False)
    op.create_index(op.f('ix_complaints_provider_id'), 'complaints', ['provider_id'], unique=False)
    op.create_index(op.f('ix_complaints_state'), 'complaints', ['state'], unique=False)
    op.create_table('provider_accounts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('provider_id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('display_name', sa.String(length=32), nullable=False),
    sa.Column('password_hash', sa.String(length=255), nullable=False),
    sa.Column('one_time_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['provider_id'], ['providers.id'], name=op.f('fk_provider_accounts_provider_id_providers')),
    sa.ForeignKeyConstraint(['worker_id'], ['provider_workers.id'], name=op.f('fk_provider_accounts_worker_id_provider_workers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_provider_accounts')),
    sa.UniqueConstraint('name', name=op.f('uq_provider_accounts_name')),
    sa.UniqueConstraint('worker_id', name=op.f('uq_provider_accounts_worker_id'))
    )
    op.create_index(op.f('ix_provider_accounts_provider_id'), 'provider_accounts', ['provider_id'], unique=False)
    op.create_table('worker_certificates',
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('expires', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['worker_id'], ['provider_workers.id'], name=op.f('fk_worker_certificates_worker_id_provider_workers')),
    sa.PrimaryKeyConstraint('worker_id', 'kind', name=op.f('pk_worker_certificates'))
    )
    op.create_table('complaint_events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('complaint_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('by', sa.String(length=64), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['complaint_id'], ['complaints.id'], name=op.f('fk_complaint_events_complaint_id_complaints')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaint_events'))
    )
    op.create_index(op.f('ix_complaint_events_complaint_id'), 'complaint_events', ['complaint_id'], unique=False)
    op.create_table('proof_pictures',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('file', sa.String(length=64), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('octets', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['provider_accounts.id'], name=op.f('fk_proof_pictures_account_id_provider_accounts')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_proof_pictures_order_id_orders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proof_pictures')),
    sa.UniqueConstraint('file', name=op.f('uq_proof_pictures_file'))
    )
    op.create_index(op.f('ix_proof_pictures_at'), 'proof_pictures', ['at'], unique=False)
    op.create_index(op.f('ix_proof_pictures_order_id'), 'proof_pictures', ['order_id'], unique=False)
    op.create_table('provider_sessions',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('why', sa.String(length=16), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['provider_accounts.id'], name=op.f('fk_provider_sessions_account_id_provider_accounts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_provider_sessions')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_provider_sessions_token_hash'))
    )
    op.create_index(op.f('ix_provider_sessions_account_id'), 'provider_sessions', ['account_id'], unique=False)


def downgrade() -> None:
    for table in (
        'provider_sessions',
        'proof_pictures',
        'complaint_events',
        'worker_certificates',
        'provider_accounts',
        'complaints',
        'provider_workers',
        'provider_services',
        'provider_events',
        'provider_days_off',
        'provider_contracts',
        'provider_capacities',
        'provider_areas',
        'providers',
    ):
        op.drop_table(table)
