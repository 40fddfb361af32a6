"""Words and parts of URLs, as the two full-text indexes want to be asked.

`report_words` answers words, phrases and prefixes. `url_parts` keeps three letters at a time
and no positions: it is a sieve, and what it lets through is compared with the URLs themselves.
Letter case is put aside for ASCII letters only, in URLs and their index alike; in names and notes, which
people wrote, for those of all scripts.
"""

from __future__ import annotations

from collections.abc import Sequence

from cport_desktop.domain.query import Words

_GRAM = 3
MOST_GRAMS = 40
"""Three-letter pieces that are looked up of one part; more would hardly sieve finer."""

_ASCII_LOWER = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def words_expression(words: Sequence[Words]) -> str:
    """The FTS5 expression for reports that have all of `words`."""
    return " AND ".join(_phrase(condition) for condition in words)


def part_expression(text: str) -> str | None:
    """The FTS5 expression for URLs that may hold `text`; None where it is too short to sieve."""
    grams = list(dict.fromkeys(_grams(text)))
    step = max(1, len(grams) // MOST_GRAMS)
    return " AND ".join(_quoted(gram) for gram in grams[::step][:MOST_GRAMS]) or None


def folded(text: str) -> str:
    """`text` as SQLite's `lower()` gives it: ASCII letters only."""
    return text.translate(_ASCII_LOWER)


def plain(text: str) -> str:
    """`text`, letter case aside; every connection has it as a function of SQL."""
    return text.casefold()


def _grams(text: str) -> list[str]:
    return [text[start : start + _GRAM] for start in range(len(text) - _GRAM + 1)]


def _phrase(condition: Words) -> str:
    star = " *" if condition.is_prefix else ""
    return _quoted(" ".join(condition.words)) + star


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""').replace("\0", " ") + '"'
