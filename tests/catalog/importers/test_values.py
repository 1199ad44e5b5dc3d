from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.importers.values import (
    RowError,
    category_path,
    one_line,
    parse_price,
    parse_stock,
    plain_text,
)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("54", "54", ""),
        ("54.00", "54", ""),
        (" 54.5 ", "54.5", ""),
        ("0", "0", ""),
        ("$54.00", "54", "USD"),
        ("54.00 USD", "54", "USD"),
        ("usd 54", "54", "USD"),
        ("1,299.00", "1299", ""),
        ("1,299", "1299", ""),
        ("1,234,567.89", "1234567.89", ""),
        ("54,00 €", "54", "EUR"),
        ("€54,5", "54.5", "EUR"),
        ("1.299,00 EUR", "1299", "EUR"),
        ("1 299,00 kr".replace("kr", "SEK"), "1299", "SEK"),
        ("1 299,00 EUR", "1299", "EUR"),
        ("1'299.00 CHF", "1299", "CHF"),
        ("0.999", "0.999", ""),
        ("1299.000", "1299", ""),
        ("1.299 KWD", "1.299", "KWD"),
        ("£12", "12", "GBP"),
    ],
)
def test_a_price_is_read_exactly(text: str, amount: str, currency: str) -> None:
    assert parse_price(text) == (Decimal(amount), currency)


def test_no_price_is_none_and_not_zero() -> None:
    assert parse_price("  ", "usd") == (None, "USD")


@pytest.mark.parametrize(
    ("text", "currency", "expected"),
    [("54", "eur", "EUR"), ("$54", "CAD", "CAD"), ("¥5400", "JPY", "JPY"), ("€54", "EUR", "EUR")],
)
def test_a_stated_currency_and_the_prices_own_agree(
    text: str, currency: str, expected: str
) -> None:
    assert parse_price(text, currency)[1] == expected


@pytest.mark.parametrize(
    ("text", "currency", "reason"),
    [
        ("abc", "", "not a number"),
        ("free", "", "not a number"),
        ("-5", "", "negative"),
        ("$-5.00", "", "negative"),
        ("NaN", "", "not a number"),
        ("1e5", "", "not a number"),
        ("1.299", "", "could be 1299.00 or 1.2990"),
        ("12,34,5", "", "not a number"),
        ("1.2.3", "", "not a number"),
        ("54.00001", "", "more than 4 decimals"),
        ("9" * 30, "", "too large"),
        ("9" * 5000, "", "too large"),
        ("¥5400", "", "yen or yuan"),
        ("€54", "USD", "not in USD"),
        ("54 EUR", "USD", "not in USD"),
        ("54", "dollars", "code of three letters"),
        ("(54)", "", "no known currency"),
        ("54 USD 60", "", "not a number"),
    ],
)
def test_a_price_in_doubt_is_refused(text: str, currency: str, reason: str) -> None:
    with pytest.raises(RowError, match=reason):
        parse_price(text, currency)


@given(st.decimals(0, 10**9, places=2, allow_nan=False), st.sampled_from(["", "USD", "EUR"]))
def test_a_price_with_cents_and_groups_comes_back(amount: Decimal, currency: str) -> None:
    for text in (f"{amount:.2f}", f"{amount:,.2f}", f"{amount:,.2f} {currency}"):
        assert parse_price(text, currency) == (amount, currency)


@given(st.text(max_size=40))
def test_any_text_is_a_price_or_a_reason(text: str) -> None:
    try:
        amount, _ = parse_price(text)
    except RowError as error:
        assert str(error)
    else:
        assert (amount is None) == (not text.strip())
        assert amount is None or amount >= 0


@pytest.mark.parametrize(
    ("text", "stock"),
    [("", None), ("  ", None), ("0", 0), ("12", 12), ("12.0", 12), ("1,200", 1200)],
)
def test_stock_is_a_count_or_unknown(text: str, stock: int | None) -> None:
    assert parse_stock(text) == stock


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-3", "whole number"),
        ("1.5", "whole number"),
        ("many", "whole number"),
        ("1,2", "whole number"),
        ("3000000000", "too large"),
        ("9" * 10_000, "too large"),
    ],
)
def test_stock_that_is_no_count_is_refused(text: str, reason: str) -> None:
    with pytest.raises(RowError, match=reason):
        parse_stock(text)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Soft &amp; warm.</p><p>Washable</p>", "Soft & warm.\nWashable"),
        ("<ul><li>One</li>\n<li>Two</li></ul>", "One\nTwo"),
        ("Red<br>Green<br/>Blue", "Red\nGreen\nBlue"),
        ("<script>alert('x')</script>Safe<style>p{}</style>", "Safe"),
        ("Caf&eacute; &#8211; caf&#xe9;", "Café – café"),
        ("a <b>bold</b> word", "a bold word"),
        ("3 < 5 and 7 > 6", "3 < 5 and 7 > 6"),
        ("Black & Decker", "Black & Decker"),
        ("AT&T; R&D", "AT&T; R&D"),
        ("<p>never closed", "never closed"),
        ("two\nlines stay", "two\nlines stay"),
    ],
)
def test_html_becomes_plain_text(html: str, text: str) -> None:
    assert plain_text(html) == text


@given(st.text(st.characters(exclude_characters="<&", exclude_categories=["Cs"])))
def test_text_without_markup_is_only_stripped(text: str) -> None:
    assert plain_text(text) == text.strip()


def test_a_title_is_one_line() -> None:
    assert one_line(" Tent,\n  <b>big</b>\u00a0one ") == "Tent, big one"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Shoes>Running", "Shoes > Running"),
        (" Shoes  >  > Running ", "Shoes > Running"),
        ("Home &amp; Garden &gt; Tools", "Home & Garden > Tools"),
        ("", ""),
    ],
)
def test_a_category_path_has_one_spelling(text: str, path: str) -> None:
    assert category_path(text) == path
