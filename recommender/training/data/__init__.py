"""What a model learns from: judgments, queries written from products, and how they are split."""
