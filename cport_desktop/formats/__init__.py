"""Every parser of foreign bytes: bounded, strict on shape, and able to pass on the unknown."""
