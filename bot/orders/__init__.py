"""What a verified customer may ask of their orders, whichever system keeps them."""
