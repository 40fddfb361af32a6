"""Kinds of files of digests: each reads its own, and `kinds` tells which one a file is."""
