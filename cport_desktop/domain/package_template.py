"""How packages are put together again and again, under a name: for whom, how much, and why.

A template holds no report and nothing of one: what goes is chosen each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.package import ALL_OF_IT, Given

LONGEST_NAME: Final = 100
LONGEST_TEXT: Final = 500
"""Characters of a title, or of a reason."""
MOST_RECIPIENTS: Final = 100
MOST_TEMPLATES: Final = 200


@dataclass(frozen=True, slots=True)
class TemplateShare:
    """A recipient, by name and public key, and what they get."""

    name: str
    public: str
    given: Given = ALL_OF_IT


@dataclass(frozen=True, slots=True)
class PackageTemplate:
    """`reason` is stated with each package unless another is; `part_size`: bytes of one file at most,
    None: one file. Names differ by more than letter case.
    """

    name: str
    title: str
    shares: tuple[TemplateShare, ...]
    reason: str | None = None
    part_size: int | None = None
