"""What the indexes are made from, read from the database."""

from sqlalchemy import Engine, select
from sqlalchemy.orm import selectinload

from catalog.database import sessions
from catalog.models import Product
from recommender.product_text import embedding_text, lexical_text
from recommender.retrieval.lexical import LexicalText


class IndexedTexts:
    """The texts of products as they are now, by pk."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessions(engine)

    def read(self, pks: list[int]) -> tuple[dict[int, str], dict[int, LexicalText]]:
        """What is embedded, and what words are found, of those of these products that exist."""
        texts, words = {}, {}
        with self._sessions() as session:
            for product in session.scalars(
                select(Product).where(Product.pk.in_(pks)).options(selectinload(Product.variants))
            ):
                texts[product.pk] = embedding_text(product)
                words[product.pk] = lexical_text(product)
        return texts, words
