"""What stands in the documents of a package."""

from __future__ import annotations

SUBTITLE = "Intelligence package: summary"
BANNER = "SYNTHETIC"
PAGE_OF = "Page {page} of {pages}"
NOTHING = "–"
HOW_TO_READ = (
    "This summary is for reading. What counts are the signed files beside it: reports/ holds "
    "each report with the portal’s own document, media.json describes the media, and "
    "HOWTO-VERIFY.txt says how to check all of it with common tools. Addresses are written so "
    "that they cannot be followed (hxxp, [.]). Times are UTC."
)

COMPOSED_AT = "Composed"
COMPOSED_BY = "Composed by"
AGENCY = "Agency"
AGREEMENT = "Under agreement"
RECIPIENTS = "Sealed to"
REPORTS = "Reports"
CONTENT_ITEMS = "Content items"
MEDIA_FILES = "Media files"
MEDIA_OMITTED = "Media not packed"
LOG_HEAD = "Audit log, head"
LOG_SIZE = "Audit log, entries"
CODE_LISTS = "Code lists"
SOFTWARE = "Made with"

HOTLINE = "Hotline"
HOTLINE_REFERENCE = "Hotline’s reference"
RECEIVED = "Received"
UPDATED = "Updated"
STATUS = "Status"
CLASSIFICATION = "Classification"
AGE = "Age"
GENDER = "Gender"
SITE_TYPE = "Site type"
COMMERCIALITY = "Commerciality"
REFERRER = "Referrer"
MEMO = "Memo"
WITHDRAWN_BECAUSE = "Withdrawn because"

CONTENT = "Content items"
CONTENT_HEADER = ("Content", "Address", "Hosting", "Classification")
NO_CONTENT = "The report has no content items."
SOURCE_PAGE = "(page)"
ACTIONS = "Actions"
ACTIONS_HEADER = ("Content", "Action", "When", "Reason")
NO_ACTIONS = "No action has been reported."
OPERATIONS = "Added by this agency"
OPERATIONS_HEADER = ("When", "By", "State", "What")
MEDIA = "Media"
MEDIA_HEADER = ("Media", "Bytes", "Kind", "SHA-256", "In this package")
NO_MEDIA = "No media were captured for this report."
IN_PACKAGE = "yes"


def footer(agency: str, moment: str) -> str:
    return f"{agency} · {moment}"


def files_with_bytes(files: int, size: int) -> str:
    return f"{files} ({size} bytes)"


def only_first(sections: int, reports: int) -> str:
    """Said where a summary leaves reports to the files beside it."""
    return (
        f"Sections follow for the first {sections} of {reports} reports. "
        "All of them are in reports/ and in reports.csv."
    )


def status(word: str) -> str:
    return {"new": "new", "corrected": "corrected", "withdrawn": "withdrawn"}.get(word, word)


def assessed(content_id: int, label: str) -> str:
    return f"Content {content_id} assessed as {label}"


def left_out(reason: str | None) -> str:
    return f"no: {reason}" if reason else "no"
