from decimal import Decimal
from pathlib import Path

import pytest

from catalog.importers import FeedError
from tests.catalog.importers.shop import Shop, WriteFeed

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">
<channel>
<title>Our shop</title>
<link>https://shop.example</link>
{items}
</channel>
</rss>
"""
RUNNER = """<item>
<g:id>r-9-red</g:id>
<title>Runner for the feed readers</title>
<g:title>Volant Runner</g:title>
<g:description><![CDATA[<p>Light &amp; fast.</p>]]></g:description>
<g:link>https://shop.example/r?v=1</g:link>
<g:image_link>https://shop.example/r.png</g:image_link>
<g:additional_image_link>https://shop.example/r2.png</g:additional_image_link>
<g:additional_image_link>https://shop.example/r3.png</g:additional_image_link>
<g:availability>in_stock</g:availability>
<g:price>54.00 USD</g:price>
<g:item_group_id>r</g:item_group_id>
<g:google_product_category>187</g:google_product_category>
<g:product_type>Shoes &gt; Running</g:product_type>
<g:brand>Volant</g:brand><g:color>Red</g:color><g:size>9</g:size>
<g:gender>female</g:gender><g:material>Mesh</g:material><g:age_group>adult</g:age_group>
<g:shipping><g:country>US</g:country><g:price>9.99 USD</g:price></g:shipping>
<g:product_detail>
<g:section_name>Sole</g:section_name><g:attribute_name>Drop</g:attribute_name>
<g:attribute_value>8 mm</g:attribute_value>
</g:product_detail>
</item>"""


def item(**elements: str) -> str:
    stated = {"id": "t", "title": "Tent"} | elements
    return "<item>" + "".join(f"<g:{n}>{v}</g:{n}>" for n, v in stated.items()) + "</item>"


def rss(feed: WriteFeed, *items: str) -> Path:
    return feed(RSS.format(items="\n".join(items)), name="feed.xml")


def test_rss_with_everything(shop: Shop, feed: WriteFeed) -> None:
    report = shop.load(rss(feed, RUNNER))
    assert (report.read, report.added, report.rejections) == (1, 1, [])
    product = shop.products()["r"]
    assert product.title == "Volant Runner"
    assert product.description == "Light & fast."
    assert (product.brand, product.category) == ("Volant", "Shoes > Running")
    assert (product.gender, product.material) == ("female", "Mesh")
    assert product.attributes == {"age group": "adult", "Drop": "8 mm"}
    assert product.images == [f"https://shop.example/r{n}.png" for n in ("", "2", "3")]
    (variant,) = product.variants
    assert (variant.id, variant.color, variant.size) == ("r-9-red", "Red", "9")
    assert (variant.price, variant.currency) == (Decimal(54), "USD")
    assert (variant.stock, variant.in_stock) == (None, True)
    assert variant.url == "https://shop.example/r?v=1"
    assert variant.image == "https://shop.example/r.png"


def test_atom(shop: Shop, feed: WriteFeed) -> None:
    shop.load(
        feed(
            '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">',
            "<title>Our shop</title><link href='https://shop.example'/>",
            "<entry><g:id>t</g:id><title>Tent</title><link href='https://shop.example/t'/>",
            "<summary>Two persons.</summary><g:price>1,299.00 USD</g:price>",
            "<author><name>Ada</name></author></entry>",
            "</feed>",
            name="feed.xml",
        )
    )
    product = shop.products()["t"]
    assert (product.title, product.description) == ("Tent", "Two persons.")
    assert product.variants[0].url == "https://shop.example/t"
    assert product.variants[0].price == 1299
    assert product.attributes == {}


def test_tab_separated(shop: Shop, feed: WriteFeed) -> None:
    report = shop.load(
        feed(
            "id\ttitle\timage link\tavailability\tprice\titem group id\tadditional image link"
            "\tproduct detail",
            "a\tTent\ta.png\tout of stock\t54.00 USD\tt\tb.png,c.png\tSize:Persons:2,:Poles:steel",
            "b\tBig tent\tb.png\tin stock\t64.00 USD\tt\t\t",
            "c\tLamp\tc.png\tsometimes\t5.00 USD\t\t\t",
            name="feed.txt",
        )
    )
    assert [(each.line, each.id) for each in report.rejections] == [(4, "c")]
    assert "availability “sometimes”" in report.rejections[0].reason
    product = shop.products()["t"]
    assert product.images == ["a.png", "b.png", "c.png"]
    assert product.attributes == {"Persons": "2", "Poles": "steel"}
    assert [variant.in_stock for variant in product.variants] == [False, True]


@pytest.mark.parametrize(
    ("availability", "quantity", "in_stock", "stock"),
    [
        ("in_stock", "", True, None),
        ("in_stock", "4", True, 4),
        ("out_of_stock", "", False, None),
        ("backorder", "", False, None),
        ("", "", None, None),
    ],
)
def test_availability(
    shop: Shop,
    feed: WriteFeed,
    availability: str,
    quantity: str,
    in_stock: bool | None,
    stock: int | None,
) -> None:
    shop.load(rss(feed, item(availability=availability, quantity=quantity)))
    (variant,) = shop.products()["t"].variants
    assert (variant.in_stock, variant.stock) == (in_stock, stock)


@pytest.mark.parametrize(
    ("elements", "price"),
    [
        ({"price": "54 USD", "sale_price": "39 USD"}, 39),
        ({"price": "54 USD", "sale_price": "60 USD"}, 54),
        ({"price": "54 USD", "sale_price": ""}, 54),
        (
            {
                "price": "54 USD",
                "sale_price": "39 USD",
                "sale_price_effective_date": "2020-01-01T00:00+00:00/2020-02-01T00:00+00:00",
            },
            54,
        ),
        (
            {
                "price": "54 USD",
                "sale_price": "39 USD",
                "sale_price_effective_date": "2020-01-01T00:00+00:00/2999-02-01T00:00",
            },
            39,
        ),
        (
            {"price": "54 USD", "sale_price": "39 USD", "sale_price_effective_date": "soon"},
            54,
        ),
    ],
)
def test_the_price_is_what_a_customer_pays_today(
    shop: Shop, feed: WriteFeed, elements: dict[str, str], price: int
) -> None:
    shop.load(rss(feed, item(**elements)))
    assert shop.products()["t"].variants[0].price == price


def test_a_bad_item_is_reported_with_its_line(shop: Shop, feed: WriteFeed) -> None:
    report = shop.load(
        rss(feed, RUNNER, item(id="a", price="abc"), item(id="", title="x"), item(id="b"))
    )
    first = RSS.splitlines().index("{items}") + 1 + len(RUNNER.splitlines())
    assert [(each.line, each.id) for each in report.rejections] == [(first, "a"), (first + 1, "")]
    assert set(shop.products()) == {"r", "b"}


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (
            '<!DOCTYPE rss [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss><channel><item><id>&b;</id>'
            "</item></channel></rss>",
            "declares a document type or entities",
        ),
        (
            '<!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/passwd">]><rss><channel><item>'
            "<id>t</id><title>&file;</title></item></channel></rss>",
            "declares a document type or entities",
        ),
        (
            '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/feed.dtd"><rss></rss>',
            "declares a document type or entities",
        ),
        ("<html><body>Not found</body></html>", "not a product feed: it begins with <html>"),
        ("<rss><channel><item>", "Line 1 is not well-formed XML"),
        ("<rss>&undefined;</rss>", "not well-formed XML"),
    ],
)
def test_xml_that_is_no_feed_is_refused(shop: Shop, tmp_path: Path, xml: str, reason: str) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(xml)
    with pytest.raises(FeedError, match=reason):
        shop.load(path)
    assert shop.products() == {}


def test_what_stands_before_broken_xml_is_kept_and_nothing_removed(
    shop: Shop, feed: WriteFeed
) -> None:
    shop.load(rss(feed, item(id="old")))
    path = feed(RSS.partition("{items}")[0], item(id="a"), item(id="b"), "<item><", name="feed.xml")
    with pytest.raises(FeedError, match=r"well-formed XML .* 2 products before that were imported"):
        shop.load(path, replace=True)
    assert set(shop.products()) == {"old", "a", "b"}


def test_another_encoding_is_read_as_the_xml_declares_it(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    xml = RSS.format(items=item(title="Größe")).replace("UTF-8", "ISO-8859-1")
    path.write_bytes(xml.encode("latin-1"))
    shop.load(path)
    assert shop.products()["t"].title == "Größe"


def test_a_rejected_rows_damaged_id_keeps_everything(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "feed.tsv"
    head = "id\ttitle\tprice\timage_link\n"
    path.write_text(f"{head}größe\tTent\t9 USD\t\n")
    shop.load(path, "merchant")
    path.write_bytes(
        f"{head}é\tStove\t9 USD\t\ngr\udcf6e\tTent\tx\t\n".encode(errors="surrogateescape")
    )
    report = shop.load(path, "merchant", replace=True)
    assert (report.rejected, report.removed) == (1, 0)
    assert report.kept_because is not None
