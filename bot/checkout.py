"""The hand-off from the chat to the shop's checkout: a link that says what is in the cart.

The link is signed, so that nobody else's cart can be made up, and it expires. It holds ids and
quantities only; what they cost is looked up when it is opened.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

from bot.secret_key import read_or_create
from bot.settings import Settings
from bot.shopping.cart import Cart

PATH = "/checkout"
PARAMETER = "cart"
VALID_SECONDS = 24 * 60 * 60


class CheckoutError(Exception):
    """A link that can't be used."""

    def __init__(self, *, expired: bool) -> None:
        super().__init__("the link has expired" if expired else "the link is not one of ours")
        self.expired = expired


@dataclass(frozen=True, slots=True)
class Checkout:
    """What a link hands over."""

    cart: Cart
    voucher: str | None = None


class CheckoutLinks:
    """Makes and reads the links of one shop.

    A shop whose own checkout reads them needs its key, the file `secrets/checkout.key` in the data
    folder, and itsdangerous' `URLSafeTimedSerializer(key, salt="checkout")`.
    """

    def __init__(self, page: str, key: str) -> None:
        self._page = page
        self._serializer = URLSafeTimedSerializer(key, salt="checkout")

    @classmethod
    def of(cls, settings: Settings) -> "CheckoutLinks":
        key = read_or_create(settings.data_dir / "secrets" / "checkout.key")
        return cls(settings.checkout_url or f"{settings.service_url}{PATH}", key)

    def link(self, checkout: Checkout) -> str:
        """The address of the checkout with this cart."""
        content: dict[str, Any] = {"lines": checkout.cart.to_json()}
        if checkout.voucher:
            content["voucher"] = checkout.voucher
        token = self._serializer.dumps(content)
        separator = "&" if urlsplit(self._page).query else "?"
        return f"{self._page}{separator}{urlencode({PARAMETER: token})}"

    def read(self, token: str) -> Checkout:
        """What the link's parameter `cart` says.

        Raises:
            CheckoutError: it has expired, or was not made here.
        """
        try:
            content = self._serializer.loads(token, max_age=VALID_SECONDS)
            return _checkout(content)
        except SignatureExpired as error:
            raise CheckoutError(expired=True) from error
        except (BadData, ValueError, TypeError, KeyError, AttributeError) as error:
            raise CheckoutError(expired=False) from error


def _checkout(content: Mapping[str, Any]) -> Checkout:
    voucher = content.get("voucher")
    return Checkout(Cart.from_json(content["lines"]), None if voucher is None else str(voucher))
