"""What the categories of a region mean: data with a version, never a conversion that nobody asked for.

Numbers of categories are each region's own; none means the same everywhere (`domain.md` 3.5). A
profile says which category stands for which code of classification, by an explicit table; a code
that the table has not gets no category.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class RegionProfile:
    """`region` is the word that other tools read (`Default`, `US`, `CUSTOM` …). `code_list` is the
    version of the code lists whose classifications `category_of` speaks of; `categories` are the
    neutral labels.
    """

    region: str
    version: str
    code_list: str = ""
    categories: Mapping[int, str] = field(default_factory=dict)
    of_classification: Mapping[int, int] = field(default_factory=dict)

    def category_of(self, classification: int, *, code_list: str) -> int | None:
        """The category that the table gives to this code of these lists; None if it gives none."""
        return self.of_classification.get(classification) if code_list == self.code_list else None


NO_CATEGORIES: Final = RegionProfile("Default", "1")
"""What counts where a unit chose none: everything is left without a category."""
