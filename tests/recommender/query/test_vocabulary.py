from sqlalchemy import Engine

from catalog.database import sessions
from catalog.models import Product, Variant
from recommender.query.parser import QueryParser
from recommender.query.vocabulary import Vocabulary


def test_vocabulary_is_what_the_catalogue_says(filled: Engine) -> None:
    with sessions(filled)() as session:
        vocabulary = Vocabulary.from_session(session)

    assert vocabulary.brands == ("Halden", "Hearthside", "Oakmere", "Sonavox", "Veloce")
    assert vocabulary.colors == ("Black", "Brown", "Light Blue", "Navy", "Red")
    assert set(vocabulary.sizes) == {"9", "10"}
    assert vocabulary.genders == ("men", "women")
    assert vocabulary.materials == ("Ceramic", "Full-grain leather")
    assert vocabulary.title_words["running"] == 2
    assert "leather" in vocabulary.other_words
    assert vocabulary.category_words["Shoes > Running"] >= {"swift", "comet", "road"}


def test_empty_catalogue_has_an_empty_vocabulary(engine: Engine) -> None:
    with sessions(engine)() as session:
        assert Vocabulary.from_session(session) == Vocabulary()


def test_brand_that_descriptions_write_in_lower_case_is_a_word(engine: Engine) -> None:
    with sessions(engine).begin() as session:
        session.add_all(
            [
                Product(id="a", title="Hoodie", brand="Lantern", variants=[Variant(id="a")]),
                Product(id="b", title="Tent", description="Hang a lantern. Made by Veloce.",
                        brand="Veloce", variants=[Variant(id="b")]),
            ]
        )  # fmt: skip
    with sessions(engine)() as session:
        parser = QueryParser(Vocabulary.from_session(session))

    assert parser.parse("camping lantern").filters.brand == ()
    assert parser.parse("hoodie by lantern").filters.brand == ("Lantern",)
    assert parser.parse("veloce tent").filters.brand == ("Veloce",)
