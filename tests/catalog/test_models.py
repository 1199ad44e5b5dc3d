import pytest
from sqlalchemy import Engine, select

from catalog.database import sessions
from catalog.models import Product, Variant


@pytest.mark.parametrize(
    ("stock", "available", "in_stock"),
    [
        (3, None, True),
        (0, None, False),
        (None, None, None),
        (None, True, True),
        (None, False, False),
        (0, True, False),
    ],
)
def test_in_stock_means_the_same_in_python_and_sql(
    engine: Engine, stock: int | None, available: bool | None, in_stock: bool | None
) -> None:
    variant = Variant(id="v", stock=stock, available=available)
    assert variant.in_stock is in_stock
    with sessions(engine).begin() as session:
        session.add(Product(id="p", title="Tent", variants=[variant]))
        session.flush()
        assert session.scalars(select(Variant.in_stock)).one() is in_stock
        found = session.scalars(select(Variant.id).where(Variant.in_stock.is_(True))).all()
        assert found == (["v"] if in_stock else [])
