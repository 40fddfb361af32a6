"""Cryptography of the product, on top of well-kept libraries only."""
