"""Sentences about the Public Suffix List, by which a domain is told from the hosts beneath it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_many

NOT_UTF8: Final = tr("the file is no text in UTF-8")
NO_DIVISIONS: Final = tr("the file has not the two divisions of a Public Suffix List")
NO_VERSION: Final = tr("the list does not state its version")
NOT_OLDER: Final = tr(
    "the list in force is of a later day; an older one would bring back rules that were mended since"
)


def no_rule(line: int) -> str:
    return tr("line {line} is no rule of a Public Suffix List", line=amount(line))


def too_large(limit: int) -> str:
    return tr_many(
        "the file has more than {count} byte", "the file has more than {count} bytes", limit
    )


def too_many(limit: int) -> str:
    return tr_many(
        "the list has more than {count} rule", "the list has more than {count} rules", limit
    )


def no_such_list(name: str) -> str:
    return _NO_SUCH_LIST[name]


_NO_SUCH_LIST: Final[Mapping[str, str]] = {
    "suffixes": tr("it is no Public Suffix List"),
    "services": tr("it is no list of legitimate services"),
    "criteria": tr("it holds no texts of criteria"),
}
NAMES: Final[Mapping[str, str]] = {
    "suffixes": tr("Public Suffix List"),
    "services": tr("Legitimate services"),
    "criteria": tr("Texts of the criteria"),
}
BUNDLED: Final = tr("came with the program")
OWN: Final = tr("put in here")
NONE: Final = tr("none")


def replaced(before: str, after: str, divided: int) -> str:
    """What became of a list, and of the domains of reports by it."""
    if divided == 0:
        return tr(
            "Version {after} is in force (before: {before}).", after=after, before=before or NONE
        )
    return tr_many(
        "Version {after} is in force (before: {before}); {count} content item has another domain by it.",
        "Version {after} is in force (before: {before}); {count} content items have another domain by it.",
        divided,
        after=after,
        before=before or NONE,
    )
