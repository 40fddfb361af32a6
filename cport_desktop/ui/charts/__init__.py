"""Charts: drawings of `domain.drawing`, painted in the colours of a theme."""
