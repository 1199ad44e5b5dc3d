"""Triggers that log every change of a product or variant to `product_changes`.

Triggers, so that whatever writes to the shop's database is seen: Aisle, the shop's own jobs, or
someone at a SQL prompt. On SQLite, a batch migration that rebuilds `products` or `variants` drops
their triggers and has to make them again.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

_SQLITE = """
CREATE TRIGGER products_insert AFTER INSERT ON products BEGIN
    INSERT INTO product_changes (product_pk) VALUES (NEW.pk);
END;
CREATE TRIGGER products_update AFTER UPDATE ON products BEGIN
    INSERT INTO product_changes (product_pk) VALUES (NEW.pk);
    INSERT INTO product_changes (product_pk) SELECT OLD.pk WHERE OLD.pk <> NEW.pk;
END;
CREATE TRIGGER products_delete AFTER DELETE ON products BEGIN
    INSERT INTO product_changes (product_pk) VALUES (OLD.pk);
END;
CREATE TRIGGER variants_insert AFTER INSERT ON variants BEGIN
    INSERT INTO product_changes (product_pk) VALUES (NEW.product_pk);
END;
CREATE TRIGGER variants_update AFTER UPDATE ON variants BEGIN
    INSERT INTO product_changes (product_pk) VALUES (NEW.product_pk);
    INSERT INTO product_changes (product_pk) SELECT OLD.product_pk
        WHERE OLD.product_pk <> NEW.product_pk;
END;
CREATE TRIGGER variants_delete AFTER DELETE ON variants BEGIN
    INSERT INTO product_changes (product_pk) VALUES (OLD.product_pk);
END;
"""

# A follower that has read up to some seq must never see a smaller one appear later. So a writer
# holds a lock from before it draws its first seq until it commits. It is taken before the statement
# locks any row: two writers wait for each other here, not in a deadlock later.
_POSTGRESQL = """
CREATE FUNCTION aisle_lock_product_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7241002);
    RETURN NULL;
END $$;
"""

_POSTGRESQL_TABLE = """
CREATE FUNCTION aisle_log_change_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        INSERT INTO product_changes (product_pk) SELECT DISTINCT {key} FROM {table};
    END IF;
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        INSERT INTO product_changes (product_pk) VALUES (NEW.{key});
    END IF;
    IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND OLD.{key} <> NEW.{key} THEN
        INSERT INTO product_changes (product_pk) VALUES (OLD.{key});
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER {table}_lock_changes BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION aisle_lock_product_changes();
CREATE TRIGGER {table}_log_change AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION aisle_log_change_of_{table}();
CREATE TRIGGER {table}_log_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION aisle_log_change_of_{table}();
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in _SQLITE.split("END;\n")[:-1]:
            op.execute(f"{statement}END")
    else:
        op.execute(_POSTGRESQL)
        for table, key in (("products", "pk"), ("variants", "product_pk")):
            op.execute(_POSTGRESQL_TABLE.format(table=table, key=key))
