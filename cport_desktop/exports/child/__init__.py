"""The child that sets documents: JSON in, PDF out, no keys, no vault, no network."""
