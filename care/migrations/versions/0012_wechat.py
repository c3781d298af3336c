"""WeChat: messages, what goes out, tokens, bindings and codes"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

_OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table('wechat_users',
    sa.Column('openid', sa.String(length=64), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=True),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('follows', sa.Boolean(), nullable=False),
    sa.Column('wrote_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_since_wrote', sa.Integer(), nullable=False),
    sa.Column('clicked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_since_clicked', sa.Integer(), nullable=False),
    sa.Column('voice_replies', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_wechat_users_conversation_id_conversations')),
    sa.PrimaryKeyConstraint('openid', name=op.f('pk_wechat_users'))
    )
    op.create_index(op.f('ix_wechat_users_conversation_id'), 'wechat_users', ['conversation_id'], unique=False)

    op.create_table('wechat_messages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('openid', sa.String(length=64), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('body', sa.JSON(), nullable=True),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('owner', sa.String(length=32), nullable=True),
    sa.Column('held_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('utterance_id', sa.Integer(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('delivery', sa.String(length=16), nullable=True),
    sa.ForeignKeyConstraint(['utterance_id'], ['utterances.id'], name=op.f('fk_wechat_messages_utterance_id_utterances')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wechat_messages')),
    sa.UniqueConstraint('key', name=op.f('uq_wechat_messages_key'))
    )
    op.create_index(op.f('ix_wechat_messages_at'), 'wechat_messages', ['at'], unique=False)
    op.create_index(op.f('ix_wechat_messages_state'), 'wechat_messages', ['state'], unique=False)
    op.create_index('ix_wechat_messages_openid_state', 'wechat_messages', ['openid', 'state'], unique=False)

    op.create_table('wechat_outbox',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('openid', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('topic', sa.String(length=16), nullable=True),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('owner', sa.String(length=32), nullable=True),
    sa.Column('held_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('error', sa.String(length=32), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wechat_outbox')),
    sa.UniqueConstraint('key', name=op.f('uq_wechat_outbox_key'))
    )
    op.create_index(op.f('ix_wechat_outbox_state'), 'wechat_outbox', ['state'], unique=False)
    op.create_index('ix_wechat_outbox_openid_state', 'wechat_outbox', ['openid', 'state'], unique=False)

    op.create_table('wechat_tokens',
    sa.Column('appid', sa.String(length=32), nullable=False),
    sa.Column('token', sa.Text(), nullable=True),
    sa.Column('good_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('rejected', sa.Text(), nullable=True),
    sa.Column('owner', sa.String(length=32), nullable=True),
    sa.Column('held_until', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('appid', name=op.f('pk_wechat_tokens'))
    )

    op.create_table('wechat_bindings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('openid', sa.String(length=64), nullable=False),
    sa.Column('elder_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('consent', sa.String(length=80), nullable=False),
    sa.Column('bound_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['elder_id'], ['elders.id'], name=op.f('fk_wechat_bindings_elder_id_elders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wechat_bindings'))
    )
    op.create_index(op.f('ix_wechat_bindings_elder_id'), 'wechat_bindings', ['elder_id'], unique=False)
    op.create_index(op.f('ix_wechat_bindings_openid'), 'wechat_bindings', ['openid'], unique=False)
    op.create_index('uq_wechat_bindings_open', 'wechat_bindings', ['openid', 'elder_id'], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)

    op.create_table('wechat_opt_ins',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('binding_id', sa.Integer(), nullable=False),
    sa.Column('topic', sa.String(length=16), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['binding_id'], ['wechat_bindings.id'], name=op.f('fk_wechat_opt_ins_binding_id_wechat_bindings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wechat_opt_ins')),
    sa.UniqueConstraint('binding_id', 'topic', name=op.f('uq_wechat_opt_ins_binding_id'))
    )
    op.create_index(op.f('ix_wechat_opt_ins_binding_id'), 'wechat_opt_ins', ['binding_id'], unique=False)

    op.create_table('wechat_codes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('elder_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('consent', sa.String(length=80), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['elder_id'], ['elders.id'], name=op.f('fk_wechat_codes_elder_id_elders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wechat_codes'))
    )
    op.create_index(op.f('ix_wechat_codes_elder_id'), 'wechat_codes', ['elder_id'], unique=False)
    op.create_index(op.f('ix_wechat_codes_expires_at'), 'wechat_codes', ['expires_at'], unique=False)

    op.create_table('wechat_tries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('openid', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wechat_tries'))
    )
    op.create_index(op.f('ix_wechat_tries_at'), 'wechat_tries', ['at'], unique=False)
    op.create_index(op.f('ix_wechat_tries_openid'), 'wechat_tries', ['openid'], unique=False)


def downgrade() -> None:
    for table, indexes in (
        ('wechat_tries', ['openid', 'at']),
        ('wechat_codes', ['expires_at', 'elder_id']),
        ('wechat_opt_ins', ['binding_id']),
        ('wechat_bindings', ['openid', 'elder_id']),
        ('wechat_tokens', []),
        ('wechat_outbox', ['state', 'openid_state']),
        ('wechat_messages', ['openid_state', 'state', 'at']),
        ('wechat_users', ['conversation_id']),
    ):
        for column in indexes:
            op.drop_index(op.f(f'ix_{table}_{column}'), table)
        if table == 'wechat_bindings':
            op.drop_index('uq_wechat_bindings_open', table)
        op.drop_table(table)
