"""Pictures and papers that a customer adds to a return: taken, kept, and shown to the shop."""
