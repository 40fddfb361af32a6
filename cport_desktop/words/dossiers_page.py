"""Sentences of the parts of the Worst-of page about dossiers: list, one of them, acts, comparison."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import tr

DOSSIERS: Final = tr("Dossiers")
DOSSIERS_INTRO: Final = tr(
    "What is put together about a domain before it is suggested, and looked at again while it is listed. Two officers stand for each: whoever submits it does not confirm it."
)
NO_DOSSIERS: Final = tr("No dossier yet")
NO_DOSSIERS_HELP: Final = tr("Begin one with the button above, or from a candidate.")
NONE_DUE: Final = tr("Nothing is to be looked at again")
NONE_DUE_HELP: Final = tr("Listed domains stand here when the day of their next look has come.")
WHICH: Final = tr("Which dossiers")
ALL: Final = tr("All dossiers")
DUE: Final = tr("To be looked at again")
PART: Final = tr("The chosen dossier")

BEGIN: Final = tr("Begin…")
BEGIN_KEY: Final = "Alt+N"
WRITE: Final = tr("Write…")
WRITE_KEY: Final = "Alt+E"
SUBMIT: Final = tr("Submit")
SUBMIT_KEY: Final = "Alt+M"
CONFIRM: Final = tr("Confirm…")
CONFIRM_KEY: Final = "Alt+C"
SEND: Final = tr("Queue the suggestion")
SEND_KEY: Final = "Alt+Q"
REVIEW: Final = tr("Looked at again")
REVIEW_KEY: Final = "Alt+K"
REMOVE: Final = tr("Suggest removal…")
REMOVE_KEY: Final = "Alt+R"
WITHDRAW: Final = tr("Withdraw…")
WITHDRAW_KEY: Final = "Alt+W"
EXPORT: Final = tr("Export…")
EXPORT_KEY: Final = "Alt+X"
CHECK: Final = tr("Check a domain…")
CHECK_KEY: Final = "Alt+D"
LISTS: Final = tr("Lists…")
LISTS_KEY: Final = "Alt+I"

BEGIN_INTRO: Final = tr("It begins with the newest reports about the domain as its evidence.")
BEGIN_NOW: Final = tr("Begin dossier")
BEGUN: Final = tr("The dossier is begun.")
WRITE_INTRO: Final = tr(
    "A criterion that is left undetermined stands as the reports say; any other word is yours."
)
WRITE_NOW: Final = tr("Keep")
KEPT: Final = tr("Kept.")
SUBMITTED: Final = tr("Submitted. Another officer confirms it.")
CONFIRM_INTRO: Final = tr(
    "You say that the dossier is whole and that the criteria are met. Name a second agency where the text of the criteria asks for one."
)
CONFIRM_NOW: Final = tr("Confirm")
CONFIRMED: Final = tr("Confirmed. The suggestion can be queued, or the dossier exported.")
AGENCY: Final = tr("Second agency, if the criteria ask for one")
AGENCY_COUNTRY: Final = tr("Its country")
REVIEWED: Final = tr("It is on record that it was looked at again.")
WHY: Final = tr("Why")
NEEDS_WHY: Final = tr("Say why.")
REMOVE_INTRO: Final = tr(
    "The suggestion goes to the portal with the next exchange. Where there is a dossier, it and its export say so too."
)
REMOVE_NOW: Final = tr("Queue the suggestion")
WITHDRAW_INTRO: Final = tr("The dossier is given up. It can be begun again.")
WITHDRAW_NOW: Final = tr("Withdraw dossier")
WITHDRAWN: Final = tr("The dossier is withdrawn.")
EXPORT_INTRO: Final = tr(
    "The file is signed by a second one beside it. It names evidence and holds no copy of it, and no internal reason."
)
EXPORT_NOW: Final = tr("Export and sign")
FILE: Final = tr("New file")
FILE_PLACEHOLDER: Final = "/media/stick/dossiers.json"
NEEDS_FILE: Final = tr("Say where the file is to be written.")
FORMAT: Final = tr("Form")
FORMATS: Final[Mapping[str, str]] = {
    "json": tr("JSON, for programs"),
    "csv": tr("CSV, for spreadsheets"),
    "pdf": tr("PDF, to read"),
}
FOR: Final = tr("Who gets it")
CHECK_INTRO: Final = tr("A domain, or a URL on it. Nothing is changed by a check.")
CHECK_NOW: Final = tr("Check")
ASKED: Final = tr("Domain or URL")
NEEDS_ASKED: Final = tr("Type a domain or a URL.")
LISTS_INTRO: Final = tr(
    "Domains are judged by lists that came with the program. A later one is put in from a file; domains of reports are then told by it."
)
LISTS_NOW: Final = tr("Put in")
LIST: Final = tr("List")
LIST_FILE: Final = tr("File of the later list")
LIST_PLACEHOLDER: Final = "/media/stick/public_suffix_list.dat"
NEEDS_LIST_FILE: Final = tr("Choose the file.")

COMPARISON: Final = tr("Comparison")
COMPARISON_INTRO: Final = tr(
    "What is known here beside what the portal told of the list: what is listed without us, what waits, what came back."
)
NO_COMPARISON: Final = tr("Nothing to compare yet")
NO_COMPARISON_HELP: Final = tr(
    "Domains stand here once the portal told of decisions, or one was suggested, or has a dossier."
)
MATCH: Final = tr("How it fits")


def exported(name: str, signature: str, signer: str) -> str:
    return tr(
        "{name} is written, and signed by {signer} in {signature}.",
        name=name,
        signature=signature,
        signer=signer,
    )


def version_of(name: str, version: str, origin: str) -> str:
    """`Public Suffix List: 2026-10-22, came with the program`."""
    return f"{name}: {version}, {origin}"


def criterion(state: str, text: str, reason: str) -> str:
    """One criterion: how it stands, what it says, and why it stands so."""
    return f"{state}: {text} – {reason}"


KEYS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        f"{BEGIN_KEY}, {WRITE_KEY}, {SUBMIT_KEY}, {CONFIRM_KEY}, {SEND_KEY}",
        tr("On dossiers: begin one, write in it, submit it, confirm it, queue its suggestion"),
        "analyst",
    ),
    (
        f"{REVIEW_KEY}, {REMOVE_KEY}, {WITHDRAW_KEY}, {EXPORT_KEY}",
        tr("On dossiers: it was looked at again, suggest its removal, withdraw it, export it"),
        "analyst",
    ),
    (
        f"{CHECK_KEY}, {LISTS_KEY}",
        tr("On dossiers: check a domain; the lists by which domains are judged"),
        "analyst",
    ),
)
"""For the key list."""
