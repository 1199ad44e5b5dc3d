import pytest

from catalog.demo import source
from catalog.models import Product


@pytest.fixture(scope="module")
def products() -> list[Product]:
    return source.products()
