import pytest

from bot.shopping.english import vouchers


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I have a code SAVE10", "SAVE10"),
        ("I've got a promo code WELCOME", "WELCOME"),
        ("I got a code by mail: SPRING15", "SPRING15"),
        ("my voucher code is HELLO5", "HELLO5"),
        ("use save10", "save10"),
        ("does SAVE10 work for it", "SAVE10"),
        ("is the code SAVE10 still valid", "SAVE10"),
        ("does the code SAVE10 work with the WH-1000XM5", "SAVE10"),
        ("does the voucher work with this", None),
        ("my voucher doesn't work", None),
        ("I have a voucher code", None),
        ("can I use a voucher", None),
        ("is there a student discount", None),
    ],
)
def test_the_code_in_the_words(text: str, code: str | None) -> None:
    assert vouchers.code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("SAVE10", "SAVE10"), ("it's save10.", "save10"), ("“SPRING”", "SPRING"), ("never mind", None),
     ("thanks", None), ("red shoes please", None)],
)  # fmt: skip
def test_a_code_alone(text: str, code: str | None) -> None:
    assert vouchers.only_code(text) == code


def test_what_is_asked() -> None:
    assert vouchers.asks_for_some("do you have any vouchers")
    assert vouchers.asks_for_some("any promo codes")
    assert vouchers.asks_for_some("can I get a discount")
    assert not vouchers.asks_for_some("is my voucher valid")
    assert not vouchers.asks_for_some("I have a voucher")
    assert vouchers.removes("remove the voucher")
    assert vouchers.removes("take the code off again")
    assert not vouchers.removes("use my voucher")


def test_which_product_is_meant() -> None:
    rest = vouchers.without("does SAVE10 work with the first one?")
    assert rest == "does work with the first one?"
    assert vouchers.asks_of_product(rest)
    assert vouchers.asks_of_product(vouchers.without("how much is it with my voucher"))
    assert not vouchers.asks_of_product(vouchers.without("is the code SAVE10 still valid"))
