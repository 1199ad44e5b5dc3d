"""Product feeds into the catalogue: CSV, TSV, JSON Lines, Google Merchant, Shopify."""

from catalog.importers.importer import FORMATS, import_products
from catalog.importers.report import FeedError, ImportReport, Rejection

__all__ = ["FORMATS", "FeedError", "ImportReport", "Rejection", "import_products"]
