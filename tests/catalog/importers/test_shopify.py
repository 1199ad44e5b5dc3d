from decimal import Decimal

import pytest

from catalog.importers import FeedError
from tests.catalog.importers.shop import Shop, WriteFeed

OLDER = (
    "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,"
    "Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory Tracker,"
    "Variant Inventory Qty,Variant Price,Image Src,Variant Image,Status,"
    "Fabric (product.metafields.shopify.fabric)"
)
TEE = (
    'tee,Plain Tee,"<p>Soft.</p><p>Washable.</p>",Hem,Apparel > Shirts,T-shirt,"cotton, basic",'
    "true,Colour,Red,Size,S,TEE-R-S,shopify,4,18.00,tee.png,tee-red.png,active,Cotton",
    "tee,,,,,,,,,Red,,M,TEE-R-M,shopify,-2,18.00,tee-2.png,tee-red.png,,",
    "tee,,,,,,,,,Blue,,S,TEE-B-S,,,19.50,,,,",
    "tee,,,,,,,,,,,,,,,,tee-3.png,,,",
)


def test_a_products_rows_become_its_variants(shop: Shop, feed: WriteFeed) -> None:
    report = shop.load(feed(OLDER, *TEE))
    assert (report.read, report.added, report.rejections) == (3, 3, [])
    product = shop.products()["tee"]
    assert product.title == "Plain Tee"
    assert product.description == "Soft.\nWashable."
    assert (product.brand, product.category) == ("Hem", "Apparel > Shirts")
    assert product.attributes == {"type": "T-shirt", "tags": "cotton, basic", "fabric": "Cotton"}
    assert set(product.images) == {"tee-red.png", "tee.png", "tee-2.png", "tee-3.png"}
    red_small, red_medium, blue = product.variants
    assert red_small.id == "tee:red:s"
    assert (red_small.color, red_small.size) == ("Red", "S")
    assert (red_small.price, red_small.stock) == (Decimal(18), 4)
    assert red_small.attributes == {"sku": "TEE-R-S"}
    assert red_small.image == "tee-red.png"
    assert (red_medium.stock, red_medium.in_stock) == (0, False)
    assert (blue.stock, blue.in_stock) == (None, True)
    assert blue.image == "tee.png"


def test_the_newer_columns(shop: Shop, feed: WriteFeed) -> None:
    shop.load(
        feed(
            "Title,URL handle,Description,Vendor,Type,Status,SKU,Option1 name,Option1 value,Price,"
            "Inventory quantity,Product image URL",
            "Mug,mug,<b>Stoneware</b>,Hem,Mugs,Active,MUG-1,Title,Default Title,12.00,7,mug.png",
        )
    )
    product = shop.products()["mug"]
    assert (product.description, product.category) == ("Stoneware", "Mugs")
    (variant,) = product.variants
    assert (variant.id, variant.stock, variant.attributes) == ("mug", 7, {"sku": "MUG-1"})


def test_other_options_tell_variants_apart(shop: Shop, feed: WriteFeed) -> None:
    shop.load(
        feed(
            "Handle,Title,Option1 Name,Option1 Value,Variant Price",
            "desk,Desk,Top,Oak,300",
            "desk,,,Walnut,350",
        )
    )
    variants = shop.products()["desk"].variants
    assert [variant.attributes for variant in variants] == [{"Top": "Oak"}, {"Top": "Walnut"}]


def test_only_active_published_products_are_sold(shop: Shop, feed: WriteFeed) -> None:
    path = feed(
        "Handle,Title,Published,Option1 Name,Option1 Value,Variant Price,Status",
        "mug,Mug,true,Title,Default Title,12,active",
        "cup,Cup,true,Title,Default Title,12,draft",
        "jug,Jug,false,Title,Default Title,12,active",
    )
    report = shop.load(path)
    assert [(each.line, each.reason) for each in report.rejections] == [
        (3, "status is draft: only active products are sold"),
        (4, "the product is not published in the online store"),
    ]
    assert set(shop.products()) == {"mug"}


def test_a_product_that_became_a_draft_goes_with_replace(shop: Shop, feed: WriteFeed) -> None:
    header = "Handle,Title,Variant Price,Status"
    shop.load(feed(header, "mug,Mug,12,active", "cup,Cup,12,active"))
    report = shop.load(feed(header, "mug,Mug,12,active", "cup,Cup,12,draft"), replace=True)
    assert report.removed == 1
    assert set(shop.products()) == {"mug"}


def test_a_bad_row_costs_its_variant_only(shop: Shop, feed: WriteFeed) -> None:
    report = shop.load(
        feed(
            "Handle,Title,Option1 Name,Option1 Value,Variant Price",
            "tee,Tee,Size,S,18",
            "tee,,,M,abc",
            "tee,,,L,18",
            ",Nameless,,,1",
            "tee,,,S,18",
        )
    )
    assert [(each.line, each.id) for each in report.rejections] == [
        (5, ""),
        (3, "tee:m"),
        (6, "tee:s"),
    ]
    assert shop.variant_ids() == {"tee": ["tee:s", "tee:l"]}


def test_a_header_without_a_handle_is_refused(shop: Shop, feed: WriteFeed) -> None:
    with pytest.raises(FeedError, match="no column handle"):
        shop.load(feed("id,title", "t,Tent"), "shopify")
