"""What customers saw in the chat, and what they looked at."""

import sqlalchemy as sa
from alembic import op

from catalog.types import SurrogateKey, UtcDateTime

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "behaviour",
        sa.Column("id", SurrogateKey, nullable=False),
        sa.Column("conversation_id", sa.String(length=255), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("product_id", sa.String(length=255), nullable=False),
        sa.Column("query", sa.String(length=1000), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("position >= 1", name="ck_behaviour_position"),
        sa.PrimaryKeyConstraint("id", name="pk_behaviour"),
    )
    op.create_index("ix_behaviour_conversation_id", "behaviour", ["conversation_id"])
