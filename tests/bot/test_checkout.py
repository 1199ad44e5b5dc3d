import pytest
from itsdangerous import URLSafeTimedSerializer

from bot import checkout
from bot.checkout import Checkout, CheckoutError, CheckoutLinks
from bot.shopping.cart import Cart

CART = Cart().with_more("runner-red-9", 2)
LINKS = CheckoutLinks("https://shop.example/checkout?from=chat", "key")


def token_of(link: str) -> str:
    return link.rpartition("cart=")[2]


def test_a_link_hands_over_cart_and_voucher() -> None:
    link = LINKS.link(Checkout(CART, "SAVE10"))
    assert link.startswith("https://shop.example/checkout?from=chat&cart=")
    assert LINKS.read(token_of(link)) == Checkout(CART, "SAVE10")


def test_a_link_of_another_key_is_refused() -> None:
    other = CheckoutLinks("https://shop.example/checkout", "another key")
    with pytest.raises(CheckoutError) as caught:
        LINKS.read(token_of(other.link(Checkout(CART))))
    assert not caught.value.expired


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c"])
def test_a_made_up_link_is_refused(token: str) -> None:
    with pytest.raises(CheckoutError):
        LINKS.read(token)


def test_signed_content_of_another_shape_is_refused() -> None:
    token = URLSafeTimedSerializer("key", salt="checkout").dumps(["no", "object"])
    with pytest.raises(CheckoutError):
        LINKS.read(str(token))


def test_an_old_link_has_expired(monkeypatch: pytest.MonkeyPatch) -> None:
    token = token_of(LINKS.link(Checkout(CART)))
    monkeypatch.setattr(checkout, "VALID_SECONDS", -1)
    with pytest.raises(CheckoutError) as caught:
        LINKS.read(token)
    assert caught.value.expired
