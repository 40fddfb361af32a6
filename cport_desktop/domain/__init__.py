"""What this product knows: types and rules, with no I/O and no foreign library."""
