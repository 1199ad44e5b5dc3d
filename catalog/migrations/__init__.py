"""The history of the database's schema, one Alembic revision a file in `versions/`.

`catalog.schema` runs them. A new revision is written by hand beside the last one; the tests compare
what all of them together build with `catalog.models`, on every database.
"""
