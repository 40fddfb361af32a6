"""Code lists that belong to others: versioned data with gaps, never an enum.

A code that no list knows is still shown (`code 19`), filtered by and passed on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """`key` is the neutral word of the query language (`image-host`), `label` for people."""

    number: int
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class CodeList:
    """`unknown` is what stands for a code that the list has not, with the place of its `{number}`."""

    name: str
    codes: tuple[Code, ...]
    unknown: str = "code {number}"

    def label(self, number: int | None) -> str:
        """The label of `number`; `code 19` (or as `unknown` has it) for a strange one; an en dash for None."""
        if number is None:
            return "–"
        for code in self.codes:
            if code.number == number:
                return code.label
        return self.unknown.format(number=number)

    def key(self, number: int) -> str:
        """The query word of `number`, or its digits."""
        for code in self.codes:
            if code.number == number:
                return code.key
        return str(number)

    def number(self, word: str) -> int | None:
        """The number that `word` (a key, a label or digits) stands for; None if none."""
        folded = word.casefold()
        for code in self.codes:
            if folded in (code.key, code.label.casefold()):
                return code.number
        return int(folded) if folded.isascii() and folded.isdigit() and len(folded) < 10 else None


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All lists of one version: `classification`, `site_type`, `commerciality`,
    `payment_method`, `action`, `action_reason`, `age`, `gender`, `content_type`.
    """

    version: str
    lists: Mapping[str, CodeList]

    def __getitem__(self, name: str) -> CodeList:
        return self.lists[name]


BASELINE = 1
NATIONAL = 2
NOT_ILLEGAL = 4
UNDECIDED = 0
"""Not a code of the portal: stands for «no assessment yet» in columns and queries."""
