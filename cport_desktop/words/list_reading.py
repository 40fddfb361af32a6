"""Sentences of the dialog that reads a hash list in: kinds of files, a preview, columns, what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_in

KIND = tr("Kind of file")
BY_CONTENT = tr("Told by its content")
KINDS: Final[Mapping[str, str]] = {
    "vics": tr("VICS, JSON"),
    "icse": tr("ICSE, table"),
    "csv": tr("Table (CSV)"),
    "md5sum": tr("Text as of md5sum"),
    "nsrl-rds3": tr("NSRL RDS version 3, database"),
    "nsrl-rds2": tr("NSRL RDS version 2, table"),
    "kdb": tr("Autopsy, database"),
    "encase": tr("EnCase, set of digests"),
    "hashkeeper": tr("HashKeeper, table"),
    "stix": tr("STIX 2.1, bundle"),
    "misp": tr("MISP, event"),
    "pdq": tr("PDQ, text"),
    "threatexchange": tr("ThreatExchange, local file"),
}
PROFILE, PROFILE_PLACEHOLDER = tr("Region of its categories"), tr("as the file says")
PREVIEW = tr("The first rows, as they are understood")
COLUMNS = tr("What its columns have")
COLUMNS_HELP = tr("Chosen otherwise, the file is tried again.")
REJECTS = tr("A new file for what is refused")
REJECTS_PLACEHOLDER = "/media/stick/refused.txt"
REJECTS_HELP = tr(
    "It is written in the clear, names of files in it included. Keep it where the list itself is kept."
)


def recognised(kind: str, profile: str) -> str:
    """What a file was recognised as."""
    named = KINDS.get(kind, kind)
    if profile:
        return tr("Read as: {kind}. Region: {profile}.", kind=named, profile=profile)
    return tr("Read as: {kind}.", kind=named)


def row_number(line: int) -> str:
    """Which row of the file."""
    return tr_in("of a file", "Row {number}", number=amount(line))


def row_understood(
    digest: str, *, others: Sequence[str], name: str | None, category: str | None
) -> str:
    """A row: its digest, which other digests it has, its name, its category."""
    parts = [digest]
    if others:
        parts.append(tr("and {algorithms}", algorithms=", ".join(others)))
    if category is not None:
        parts.append(tr("category {code}", code=category))
    if name:
        parts.append(name)
    return " · ".join(parts)


def row_refused(reason: str) -> str:
    """A row that is refused."""
    return tr("refused: {reason}", reason=reason)


def column_named(number: int, heading: str) -> str:
    """A column, by its heading if it has one."""
    if heading:
        return tr("Column {number}: {heading}", number=amount(number), heading=heading)
    return tr("Column {number}", number=amount(number))
