"""Products, customers, orders and policies.

Money, UtcDateTime and SurrogateKey stand for BIGINT, TIMESTAMP WITH TIME ZONE and a 64-bit INTEGER.
"""

import sqlalchemy as sa
from alembic import op

from catalog.types import Money, SurrogateKey, UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "customers",
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_customers"),
        sa.UniqueConstraint("email", name="uq_customers_email"),
    )
    op.create_table(
        "policies",
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_policies"),
    )
    op.create_table(
        "product_changes",
        sa.Column("seq", SurrogateKey, nullable=False),
        sa.Column("product_pk", SurrogateKey, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_product_changes"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_product_changes_product_pk", "product_changes", ["product_pk"], unique=False
    )
    op.create_table(
        "products",
        sa.Column("pk", SurrogateKey, nullable=False),
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("brand", sa.String(length=255), nullable=False),
        sa.Column("category", sa.String(length=512), nullable=False),
        sa.Column("material", sa.String(length=255), nullable=False),
        sa.Column("gender", sa.String(length=32), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.Column("images", sa.JSON(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name="pk_products"),
        sa.UniqueConstraint("id", name="uq_products_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_products_brand", "products", ["brand"], unique=False)
    op.create_index("ix_products_category", "products", ["category"], unique=False)
    op.create_table(
        "orders",
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("customer_id", sa.String(length=255), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("placed_at", UtcDateTime(), nullable=False),
        sa.Column("expected_at", UtcDateTime(), nullable=True),
        sa.Column("delivered_at", UtcDateTime(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("shipping", Money(), nullable=False),
        sa.Column("total", Money(), nullable=False),
        sa.Column("carrier", sa.String(length=255), nullable=False),
        sa.Column("tracking_number", sa.String(length=255), nullable=False),
        sa.Column("tracking_url", sa.Text(), nullable=False),
        sa.Column("shipping_address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_orders_customer_id"),
        sa.PrimaryKeyConstraint("number", name="pk_orders"),
    )
    op.create_index("ix_orders_customer_id", "orders", ["customer_id"], unique=False)
    op.create_table(
        "variants",
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("product_pk", SurrogateKey, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("color", sa.String(length=255), nullable=False),
        sa.Column("size", sa.String(length=255), nullable=False),
        sa.Column("price", Money(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("available", sa.Boolean(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("image", sa.Text(), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_pk"], ["products.pk"], name="fk_variants_product_pk", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_variants"),
    )
    op.create_index("ix_variants_color", "variants", ["color"], unique=False)
    op.create_index("ix_variants_price", "variants", ["price"], unique=False)
    op.create_index("ix_variants_product_pk", "variants", ["product_pk"], unique=False)
    op.create_index("ix_variants_size", "variants", ["size"], unique=False)
    op.create_table(
        "order_lines",
        sa.Column("order_number", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("variant_id", sa.String(length=255), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price", Money(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_number"],
            ["orders.number"],
            name="fk_order_lines_order_number",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variants.id"], name="fk_order_lines_variant_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("order_number", "position", name="pk_order_lines"),
    )
    op.create_index("ix_order_lines_variant_id", "order_lines", ["variant_id"], unique=False)
