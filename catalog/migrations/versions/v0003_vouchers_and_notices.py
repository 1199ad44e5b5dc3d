"""Vouchers, and requests to be told when a product is back or costs less."""

import sqlalchemy as sa
from alembic import op

from catalog.types import Money, SurrogateKey, UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "vouchers",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("value", Money(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("threshold", Money(), nullable=True),
        sa.Column("cap", Money(), nullable=True),
        sa.Column("brand", sa.String(length=255), nullable=False),
        sa.Column("valid_from", UtcDateTime(), nullable=True),
        sa.Column("valid_until", UtcDateTime(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_vouchers"),
    )
    op.create_table(
        "notices",
        sa.Column("id", SurrogateKey, nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("variant_id", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("price", Money(), nullable=True),
        sa.Column("below", Money(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )
    op.create_index("ix_notices_variant_id", "notices", ["variant_id"], unique=False)
    op.create_index(
        "uq_notices_open",
        "notices",
        ["email", "variant_id", "kind"],
        unique=True,
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )
