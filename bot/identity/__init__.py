"""Who a conversation's customer is, once that was proved."""
