"""The Public Suffix List as a file (https://github.com/publicsuffix/list/wiki/Format).

UTF-8; a rule is what stands before the first blank of a line; lines that begin with `//` are comments,
of which these mean something:

    // VERSION: 2026-01-31_08-00-00_UTC       the moment of this version, which the list states itself
    // ===BEGIN PRIVATE DOMAINS===            from here on the private division
    // ===END PRIVATE DOMAINS===

A file without the version or without either division is none: whoever replaces the list must be able
to say of which day the one in force is.
"""

from __future__ import annotations

import re
from typing import Final

from cport_desktop.domain.hosts import LONGEST_HOST, normalised_host
from cport_desktop.domain.public_suffixes import PublicSuffixes
from cport_desktop.errors import SuffixListUnreadable
from cport_desktop.words import suffixes as words

LONGEST: Final = 4 * 1024 * 1024
"""Bytes; the list of 2026 has a third of a mebibyte with its comments."""
MOST_RULES: Final = 100_000
"""Rules; the list of 2026 has some ten thousand."""

_VERSION: Final = re.compile(r"//\s*VERSION:\s*(\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_UTC)\s*\Z")
_DIVISION: Final = re.compile(r"//\s*===(BEGIN|END) (ICANN|PRIVATE) DOMAINS===\s*\Z")
_RULE: Final = re.compile(
    r"(!|\*\.)?([a-z0-9_]([a-z0-9_-]{0,62})(?:\.[a-z0-9_][a-z0-9_-]{0,62})*)\Z"
)


def parse_suffixes(untrusted: bytes) -> PublicSuffixes:
    """The rules in the file.

    Raises:
        SuffixListUnreadable: it is no such list, is greater than any, or states no version.
    """
    if len(untrusted) > LONGEST:
        raise SuffixListUnreadable(cause=words.too_large(LONGEST))
    try:
        lines = untrusted.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise SuffixListUnreadable(cause=words.NOT_UTF8) from error
    reading = _Reading()
    for number, line in enumerate(lines, start=1):
        reading.take(line.strip(), number)
    return reading.result()


class _Reading:
    """Rules as they come, line by line."""

    def __init__(self) -> None:
        self._version = ""
        self._division = ""
        self._divisions: set[str] = set()
        self._kinds: dict[str, set[str]] = {"": set(), "*.": set(), "!": set()}
        self._private: set[str] = set()

    def take(self, line: str, number: int) -> None:
        if line.startswith("//"):
            self._comment(line)
        elif line:
            self._rule(line.split(None, 1)[0], number)

    def result(self) -> PublicSuffixes:
        if self._divisions != {"ICANN", "PRIVATE"} or not self._kinds[""]:
            raise SuffixListUnreadable(cause=words.NO_DIVISIONS)
        if not self._version:
            raise SuffixListUnreadable(cause=words.NO_VERSION)
        return PublicSuffixes(
            version=self._version,
            rules=frozenset(self._kinds[""]),
            wildcards=frozenset(self._kinds["*."]),
            exceptions=frozenset(self._kinds["!"]),
            private=frozenset(self._private),
        )

    def _comment(self, line: str) -> None:
        if found := _VERSION.match(line):
            self._version = self._version or found[1]
        elif found := _DIVISION.match(line):
            edge, name = found.groups()
            if edge == "BEGIN":
                self._division = name
            else:
                if self._division == name:
                    self._divisions.add(name)
                self._division = ""

    def _rule(self, untrusted_rule: str, number: int) -> None:
        mark = "*." if untrusted_rule.startswith("*.") else untrusted_rule[:1]
        mark = mark if mark in self._kinds else ""
        name = normalised_host(untrusted_rule[len(mark) :])
        if not self._division or len(name) > LONGEST_HOST or _RULE.match(mark + name) is None:
            raise SuffixListUnreadable(cause=words.no_rule(number))
        self._kinds[mark].add(name)
        if self._division == "PRIVATE":
            self._private.add(f"*.{name}" if mark == "*." else name)
        if sum(map(len, self._kinds.values())) > MOST_RULES:
            raise SuffixListUnreadable(cause=words.too_many(MOST_RULES))
