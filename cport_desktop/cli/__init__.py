"""The command line: the second face of the product, by the same use cases as the window."""
