from bot.shopping.cart import MOST_LINES, MOST_OF_ONE, Cart


def test_a_variant_has_one_line() -> None:
    cart = Cart().with_more("a", 2, "Boot").with_more("b").with_more("a")
    assert [(line.id, line.quantity) for line in cart.lines] == [("a", 3), ("b", 1)]
    assert cart.lines[0].title == "Boot"


def test_none_takes_it_out() -> None:
    assert not Cart().with_more("a").with_quantity("a", 0)
    assert Cart().with_quantity("a", -1) == Cart()


def test_a_cart_has_limits() -> None:
    assert Cart().with_more("a", 1000).quantity_of("a") == MOST_OF_ONE
    full = Cart()
    for number in range(MOST_LINES):
        full = full.with_more(str(number))
    assert full.is_full
    assert full.with_more("one too many") == full


def test_an_exchange_keeps_the_place_and_the_quantity() -> None:
    cart = Cart().with_more("a", 2).with_more("b").exchanged("a", "c")
    assert [(line.id, line.quantity) for line in cart.lines] == [("c", 2), ("b", 1)]
    assert cart.exchanged("c", "b").lines[0].quantity == 3


def test_the_slot_and_back() -> None:
    cart = Cart().with_more("a", 2, "Boot")
    assert Cart.from_json(cart.to_json()) == cart
    assert Cart.from_json([{"id": "a", "quantity": 2}]).quantity_of("a") == 2
