"""What stands in the documents of a package, in the language of whoever sends it."""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

SUBTITLE = tr("Intelligence package: report")
BANNER = tr("SYNTHETIC")
PAGE_OF = tr("Page {page} of {pages}")
CONTENTS_TITLE = tr("Contents")
NOTHING = "–"
ABOUT = tr("About this report")
HOW_TO_READ = tr(
    "This report is for reading. What counts are the signed files beside it: reports/ holds each report with the portal’s own document, media.json describes the media, and HOWTO-VERIFY.txt says how to check all of it with common tools."
)
HOW_ADDRESSES = tr(
    "Addresses are written so that they cannot be followed (hxxp, [.]). A sign that cannot be printed here stands as its code point, for example <U+202E>."
)
HOW_TIMES = tr(
    "Every moment is told twice: in UTC, which ends in Z, and in the local time of the sender with its distance from UTC."
)
NO_PICTURES = tr("This report shows no pictures.")
VEILED_PICTURES = tr("Pictures are shown veiled: small, grey and blurred, never as they are.")

CASE = tr("Case of the sender")
COMPOSED_AT = tr("Composed")
COMPOSED_BY = tr("Composed by")
AGENCY = tr("Agency")
AGREEMENT = tr("Under agreement")
SEALED_TO = tr("Sealed to")
NATURE = tr("Nature of the data")
IS_SYNTHETIC = tr("Synthetic: generated for training and testing. It must not be used as evidence.")
REPORTS = tr("Reports")
CONTENT_ITEMS = tr("Content items")
MEDIA_FILES = tr("Media files")
MEDIA_OMITTED = tr("Media not packed")
LOG_HEAD = tr("Audit log, head")
LOG_SIZE = tr("Audit log, entries")
CODE_LISTS = tr("Code lists")
SOFTWARE = tr("Made with")

RECIPIENTS = tr("Recipients")
RECIPIENTS_HEADER = (tr("Recipient"), tr("Key to which the package is sealed (age)"))
NO_RECIPIENTS = tr("No recipient is named.")
AT_A_GLANCE = tr("Reports at a glance")
GLANCE_HEADER = (
    tr("Report"),
    tr("Hotline"),
    tr("Received"),
    tr("Classification"),
    tr("Content"),
    tr("Media"),
)
NO_REPORTS = tr("The package holds no reports.")
LEFT_OUT = tr("Redactions and what was left out")
REDACTIONS = tr("Redactions")
REDACTIONS_HEADER = (
    tr("What"),
    tr("What was done"),
    tr("Where"),
    tr("Reason"),
    tr("SHA-256 of what is here instead"),
)
NO_REDACTIONS = tr("Nothing was redacted.")
OMITTED = tr("Media that are not in this package")
OMITTED_HEADER = (tr("Media"), tr("Reason"))
NONE_OMITTED = tr("No media file was left out.")

HOTLINE = tr("Hotline")
HOTLINE_REFERENCE = tr("Hotline’s reference")
RECEIVED = tr("Received")
UPDATED = tr("Updated")
STATUS = tr("Status")
CLASSIFICATION = tr("Classification")
AGE = tr("Age")
GENDER = tr("Gender")
SITE_TYPE = tr("Site type")
COMMERCIALITY = tr("Commerciality")
REFERRER = tr("Referrer")
MEMO = tr("Memo")
WITHDRAWN_BECAUSE = tr("Withdrawn because")
UNDECIDED = tr("undecided")

CONTENT = tr("Content items")
CONTENT_HEADER = (tr("Content"), tr("Address"), tr("Hosting"), tr("Classification"))
NO_CONTENT = tr("The report has no content items.")
ACTIONS = tr("Actions")
ACTIONS_HEADER = (tr("Content"), tr("Action"), tr("When"), tr("Reason"))
NO_ACTIONS = tr("No action has been reported.")
OPERATIONS = tr("Added by this agency")
OPERATIONS_HEADER = (tr("When"), tr("By"), tr("State"), tr("What"))
NO_OPERATIONS = tr("This agency has added nothing to the report.")
MEDIA = tr("Media")
MEDIA_HEADER = (tr("Media"), tr("Bytes"), tr("Kind"), tr("SHA-256"), tr("In this package"))
NO_MEDIA = tr("No media were captured for this report.")
PICTURES = tr("Veiled pictures")

CUSTODY = tr("Custody: what the sender’s audit log says")
CUSTODY_HEADER = (tr("Item"), tr("Entry"), tr("When"), tr("What"), tr("By whom, to whom and why"))
NO_CUSTODY = tr("The audit log says nothing of this report.")

_STATUS: Mapping[str, str] = {
    "new": tr_in("status of a report", "new"),
    "corrected": tr_in("status of a report", "corrected"),
    "withdrawn": tr_in("status of a report", "withdrawn"),
}
_STATE: Mapping[str, str] = {
    "queued": tr_in("state of an operation", "waiting to be sent"),
    "sending": tr_in("state of an operation", "being sent"),
    "settled": tr_in("state of an operation", "accepted by the portal"),
    "rejected": tr_in("state of an operation", "rejected by the portal"),
    "needs_you": tr_in("state of an operation", "not settled with the portal"),
    "set_aside": tr_in("state of an operation", "set aside"),
}
_REASON: Mapping[str, str] = {
    "not chosen": tr("not chosen"),
    "wanted": tr("not here yet"),
    "redacted": tr("redacted"),
    "no veil": tr("there is no veiled picture of it"),
    "refused": tr("refused: not the bytes that were announced"),
}
_PACKED: Mapping[str, str] = {
    "veil": tr("as a veiled picture; the digest is that of the original"),
    "redacted": tr("redacted; the digest is that of the file that is here"),
}
_ACTS: Mapping[str, str] = {
    "collection": tr_in("custody", "collected"),
    "disclosure": tr_in("custody", "handed on"),
    "erasure": tr_in("custody", "erased"),
    "consultation": tr_in("custody", "looked at"),
    "alteration": tr_in("custody", "worked on"),
    "combination": tr_in("custody", "compared or combined with other data"),
}
_HOW: Mapping[str, str] = {
    "pixels": tr("Parts of the picture were painted over, and what its file said was removed"),
    "metadata": tr("What the file said beside the picture was removed"),
    "field": tr("A field was removed"),
    "left_out": tr("Left out"),
}


def footer(agency: str, moment: str) -> str:
    return f"{agency} · {moment}"


def files_with_bytes(files: int, size: int) -> str:
    return tr_many(
        "{count} file with {size} bytes",
        "{count} files with {size} bytes",
        files,
        size=amount(size),
    )


def source_page(content_id: int) -> str:
    """The number of the content item that is the page on which the others were found."""
    return tr("{number} (page)", number=content_id)


def only_first(sections: int, reports: int) -> str:
    """Said where a report leaves reports to the files beside it."""
    return tr(
        "Sections follow for the first {sections} of {reports} reports. All of them are in reports/ and in reports.csv.",
        sections=amount(sections),
        reports=amount(reports),
    )


def only_rows(shown: int, rows: int) -> str:
    """Said where a table leaves rows to the files beside it."""
    return tr(
        "The first {shown} of {rows} are listed here; all of them are in the files beside this report.",
        shown=amount(shown),
        rows=amount(rows),
    )


def status(word: str) -> str:
    return _STATUS.get(word, word)


def state(word: str) -> str:
    return _STATE.get(word, word)


def how_redacted(word: str) -> str:
    return _HOW.get(word, word)


def act(word: str) -> str:
    """What was done to an item, in the words of a table of custody."""
    return _ACTS.get(word, word)


def by_whom(name: str) -> str:
    return tr("by {name}", name=name)


def to_whom(name: str) -> str:
    return tr("to {name}", name=name)


def times(count: int) -> str:
    return tr_many("{count} time", "{count} times", count)


def reason(word: str) -> str:
    """Why a media file is not packed: a code of ours, or what somebody wrote."""
    return _REASON.get(word, word)


def assessed(content_id: int, label: str) -> str:
    return tr("Content {content_id} assessed as {label}", content_id=content_id, label=label)


def packed_as(derived: str | None) -> str:
    return _PACKED.get(derived or "", tr("yes"))


def left_out(why: str | None) -> str:
    return tr("no: {reason}", reason=reason(why)) if why else tr("no")
