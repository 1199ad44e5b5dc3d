"""Returns and refunds of orders, and what was done to orders in chat."""

import sqlalchemy as sa
from alembic import op

from catalog.types import Money, SurrogateKey, UtcDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "order_audit",
        sa.Column("id", SurrogateKey, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("order_number", sa.String(length=64), nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("verified_by", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_order_audit"),
    )
    for column in ("at", "order_number", "conversation_id"):
        op.create_index(f"ix_order_audit_{column}", "order_audit", [column], unique=False)
    op.create_table(
        "order_requests",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("order_number", sa.String(length=64), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("audit_id", SurrogateKey, nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["order_audit.id"], name="fk_order_requests_audit_id"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_order_requests"),
    )
    for column in ("started_at", "audit_id"):
        op.create_index(f"ix_order_requests_{column}", "order_requests", [column], unique=False)
    op.create_index(
        "uq_order_requests_open",
        "order_requests",
        ["order_number"],
        unique=True,
        sqlite_where=sa.text("result IS NULL"),
        postgresql_where=sa.text("result IS NULL"),
    )
    op.create_table(
        "order_returns",
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("order_number", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("label_url", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_number"],
            ["orders.number"],
            name="fk_order_returns_order_number",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("number", name="pk_order_returns"),
    )
    op.create_index("ix_order_returns_order_number", "order_returns", ["order_number"])
    op.create_table(
        "order_return_lines",
        sa.Column("return_number", sa.String(length=80), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("order_number", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("condition", sa.String(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("exchange_variant_id", sa.String(length=255), nullable=True),
        sa.ForeignKeyConstraint(
            ["return_number"],
            ["order_returns.number"],
            name="fk_order_return_lines_return_number",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["order_number", "position"],
            ["order_lines.order_number", "order_lines.position"],
            name="fk_order_return_lines_order_number_position",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["exchange_variant_id"],
            ["variants.id"],
            name="fk_order_return_lines_exchange_variant_id",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("return_number", "item", name="pk_order_return_lines"),
    )
    op.create_index(
        "ix_order_return_lines_order_number_position",
        "order_return_lines",
        ["order_number", "position"],
    )
    op.create_index(
        "ix_order_return_lines_exchange_variant_id", "order_return_lines", ["exchange_variant_id"]
    )
    op.create_table(
        "order_refunds",
        sa.Column("id", SurrogateKey, nullable=False),
        sa.Column("order_number", sa.String(length=64), nullable=False),
        sa.Column("amount", Money(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_number"],
            ["orders.number"],
            name="fk_order_refunds_order_number",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_order_refunds"),
    )
    op.create_index("ix_order_refunds_order_number", "order_refunds", ["order_number"])
