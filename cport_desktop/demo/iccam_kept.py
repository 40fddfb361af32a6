"""What was imported in the ICCAM dialect, document by document, as it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from cport_desktop.demo.ledger import Ledger
from cport_desktop.domain.ids import ContentId, ReportId
from cport_desktop.formats.iccam.files import parse_document, print_document
from cport_desktop.formats.iccam.shapes import (
    Document,
    GivenContent,
    GivenReport,
    SubmittedReport,
)

REPORT: Final = "report"
CONTENT: Final = "content"
SUBMISSION: Final = "submission"


@dataclass(frozen=True, slots=True)
class Key:
    """What a document is about: a number, or the reference of a submission."""

    kind: str
    reference: str


@dataclass(frozen=True, slots=True)
class Sources:
    """All documents of one report."""

    report: GivenReport | None = None
    submission: SubmittedReport | None = None
    contents: dict[ContentId, GivenContent] = field(default_factory=dict)

    def with_document(self, document: Document) -> Sources:
        """With `document` in the place of an older one of the same thing."""
        match document:
            case GivenReport():
                return Sources(document, self.submission, self.contents)
            case SubmittedReport():
                return Sources(self.report, document, self.contents)
            case GivenContent():
                number = ContentId(document.content_id)
                return Sources(self.report, self.submission, self.contents | {number: document})


def key_of(document: Document) -> Key:
    """What `document` is about."""
    match document:
        case GivenReport():
            return Key(REPORT, str(document.report_id))
        case GivenContent():
            return Key(CONTENT, str(document.content_id))
        case SubmittedReport():
            return Key(SUBMISSION, document.hotline_reference)


def report_of(ledger: Ledger, key: Key) -> ReportId | None:
    """The report that the kept document about `key` belongs to; None if none is kept."""
    with ledger.transaction() as connection:
        row = connection.execute(
            "SELECT report FROM iccam_document WHERE kind = ? AND reference = ?",
            (key.kind, key.reference),
        ).fetchone()
    return None if row is None else ReportId(row[0])


def sources_of(ledger: Ledger, report: ReportId) -> Sources:
    """All that is kept of a report, content items in the order of their numbers."""
    with ledger.transaction() as connection:
        rows = connection.execute(
            "SELECT document FROM iccam_document WHERE report = ?"
            " ORDER BY kind, length(reference), reference",
            (report,),
        ).fetchall()
    sources = Sources()
    for (document,) in rows:
        sources = sources.with_document(parse_document(document))
    return sources


def count_submissions(ledger: Ledger) -> int:
    """How many reports got their number here."""
    with ledger.transaction() as connection:
        row = connection.execute(
            "SELECT count(*) FROM iccam_document WHERE kind = ?", (SUBMISSION,)
        ).fetchone()
    return int(row[0])


def keep(ledger: Ledger, report: ReportId, document: Document) -> None:
    """Keep `document` in the place of an older one of the same thing."""
    key = key_of(document)
    with ledger.transaction() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO iccam_document VALUES (?, ?, ?, ?)",
            (key.kind, key.reference, report, print_document(document)),
        )
