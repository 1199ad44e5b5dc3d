"""Whether the cart or the wish list is meant, which intents alone do not tell apart."""

from bot.shopping import english

_OF_LISTS = frozenset({"add_to_cart", "remove_from_cart", "save_product", "view_cart"})


def act_of(name: str, text: str) -> str:
    """The act for words about a list: "add it to my wish list" saves it."""
    if name not in _OF_LISTS:
        return name
    if english.puts_in_cart(text) and name == "save_product":
        return "add_to_cart"
    if english.takes_off_wish_list(text) or (
        name == "add_to_cart" and english.puts_on_wish_list(text)
    ):
        return "save_product"
    if english.puts_on_wish_list(text) and name == "save_product":
        return name
    if english.sees_wish_list(text) and name in ("save_product", "view_cart"):
        return "view_saved"
    return name
