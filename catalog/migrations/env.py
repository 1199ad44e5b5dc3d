"""What Alembic runs around the revisions. `catalog.schema` hands it an open transaction."""

from alembic import context

from catalog.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite cannot alter a column in place; a batch rebuilds the table.
    render_as_batch=True,
)
context.run_migrations()
