"""The systems that keep a shop's orders."""
