"""A recovery code: 160 random bits as a person writes them down and types them back.

    2C7K9-Q0XHW-…       eight groups of five; the fifth character of each group checks it

Twenty bits make four characters of Crockford's base 32 (no I, L, O, U). With the characters as
elements of GF(32), x⁵ + x² + 1, and a = 2, the fifth is chosen so that

    a·x₁ + a²·x₂ + a³·x₃ + a⁴·x₄ + x₅  =  number of the group, from 1

No weight is zero and no two are alike, so that one wrong character in a group, two characters
that changed places in it, and a group in another's place are always found, and found where they
are. Neighbours that changed places across a dash are one wrong character in each of two groups.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from cport_desktop.errors import RecoveryCodeMistyped

CODE_SIZE: Final = 20
"""Bytes."""
GROUPS: Final = 8
GROUP_LENGTH: Final = 5

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS: Final = 5
_DATA_BITS: Final = (GROUP_LENGTH - 1) * _BITS
_POLYNOMIAL: Final = 0b100101
_NO_CHARACTER: Final = -1
_LONGEST_TEXT: Final = 400
"""Characters read at most: ten times a code."""


def new_code(random: Callable[[int], bytes]) -> bytes:
    """20 bytes from `random`, which is `secrets.token_bytes` wherever it matters."""
    return random(CODE_SIZE)


def print_code(code: bytes) -> str:
    """`code` in eight groups with a dash between them.

    Raises:
        ValueError: if it is not 20 bytes long.
    """
    if len(code) != CODE_SIZE:
        raise ValueError("a recovery code has 160 bits")
    number = int.from_bytes(code, "big")
    groups = [
        number >> (_DATA_BITS * (GROUPS - 1 - place)) & ((1 << _DATA_BITS) - 1)
        for place in range(GROUPS)
    ]
    return "-".join(_print_group(group, place) for place, group in enumerate(groups, start=1))


def parse_code(text: str) -> bytes:
    """What `print_code` was given. Small letters, spaces, any dashes or none are forgiven, and so
    are O for 0, I or L for 1.

    Raises:
        RecoveryCodeMistyped: says in which group (the first of several).
    """
    if len(text) > _LONGEST_TEXT:
        raise RecoveryCodeMistyped(group=GROUPS, groups=GROUPS)
    words = ["".join(_symbols_of(word)) for word in _words(text)]
    symbols = "".join(words)
    fault = _first_fault(words, symbols)
    if fault is not None:
        raise RecoveryCodeMistyped(group=fault, groups=GROUPS)
    data = [symbol for place, symbol in enumerate(symbols) if (place + 1) % GROUP_LENGTH]
    number = 0
    for symbol in data:
        number = number << _BITS | _value(symbol)
    return number.to_bytes(CODE_SIZE, "big")


def _print_group(bits: int, place: int) -> str:
    values = [bits >> shift & 0x1F for shift in range(_DATA_BITS - _BITS, -1, -_BITS)]
    check = _weighed(values) ^ place
    return "".join(_ALPHABET[value] for value in [*values, check])


def _words(text: str) -> list[str]:
    """`text` cut at spaces and dashes of every kind."""
    spaced = "".join(" " if _is_separator(letter) else letter for letter in text)
    return spaced.split()


def _is_separator(letter: str) -> bool:
    return letter.isspace() or letter == "_" or unicodedata.category(letter) in {"Pd", "Cf"}


def _symbols_of(word: str) -> Iterator[str]:
    for letter in unicodedata.normalize("NFKC", word).upper():
        yield {"O": "0", "I": "1", "L": "1"}.get(letter, letter)


def _first_fault(words: Sequence[str], symbols: str) -> int | None:
    """The number of the first group that is not as it was printed; None if all are."""
    if len(words) == GROUPS:  # typed in groups: a lost character concerns its group alone
        typed: list[str] = list(words)
    else:
        typed = [
            symbols[start : start + GROUP_LENGTH]
            for start in range(0, max(len(symbols), GROUPS * GROUP_LENGTH), GROUP_LENGTH)
        ]
    for place, group in enumerate(typed, start=1):
        if place > GROUPS or not _is_sound(group, place):
            return min(place, GROUPS)
    return None


def _is_sound(group: str, place: int) -> bool:
    values = [_value(symbol) for symbol in group]
    if len(values) != GROUP_LENGTH or _NO_CHARACTER in values:
        return False
    return _weighed(values[:-1]) ^ values[-1] == place


def _value(symbol: str) -> int:
    return _ALPHABET.find(symbol)


def _weighed(values: Sequence[int]) -> int:
    """a·x₁ + a²·x₂ + … in GF(32)."""
    total, weight = 0, 1
    for value in values:
        weight = _times(weight, 2)
        total ^= _times(weight, value)
    return total


def _times(one: int, other: int) -> int:
    """The product in GF(32)."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        other >>= 1
        one <<= 1
        if one >> _BITS:
            one ^= _POLYNOMIAL
    return product
