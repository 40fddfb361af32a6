"""Media without danger: digests, and decoding in confined children that hold no keys.

Nothing outside `media.child` may import a decoder.
"""
