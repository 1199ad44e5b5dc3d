"""The demo shop's own pages, rendered on the server: shelves, products, policies."""
