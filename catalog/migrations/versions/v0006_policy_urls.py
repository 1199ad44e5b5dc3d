"""Where the shop itself has a help page that was imported."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("policies", sa.Column("url", sa.Text(), nullable=False, server_default=""))
