"""The order of names that people type and read: Ägypten beside Ajax, Zoë before Zorn.

The primary order of CLDR's root collation (Unicode Technical Standard 35, part 5), which is the same
for English, French, German and Dutch: case and marks do not count, digits stand before letters, and
punctuation (by its code points) before digits. Names that differ in nothing else stand by their code
points, so that the order never depends on what was there before.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe"}
)
"""Letters that Unicode does not take apart and that are primary equals all the same (Unicode
Collation Algorithm, `allkeys.txt` of version 13).
"""

_BEFORE_DIGITS: Final = {"Z": "\x01", "P": "\x02", "S": "\x03"}
"""By the first letter of the general category: white space, punctuation and symbols, in this order."""

NameKey = tuple[str, str]


@lru_cache(maxsize=8_192)
def name_key(name: str) -> NameKey:
    """What `name` is sorted by."""
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS)
    return "".join(map(_weight, unicodedata.normalize("NFKD", plain))), name


def compare_names(one: str, other: str) -> int:
    """-1, 0 or 1: `one` stands before `other`, is the same, or behind it."""
    left, right = name_key(one), name_key(other)
    return (left > right) - (left < right)


def _weight(sign: str) -> str:
    """Nothing for marks and what cannot be seen."""
    match unicodedata.category(sign)[0]:
        case "M" | "C":
            return ""
        case "Z" | "P" | "S" as kind:
            return _BEFORE_DIGITS[kind] + sign
    return str(unicodedata.decimal(sign, sign))
