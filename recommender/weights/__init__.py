"""Weights: MiniLM's own, and what `aisle train` changed of them."""
