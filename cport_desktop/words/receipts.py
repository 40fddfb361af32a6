"""What is said of receipts, and in one. A receipt is signed and leaves for others: it is in English."""

from __future__ import annotations

from cport_desktop.words.tongue import tr

NO_RECEIPT = tr("it is no receipt as this program writes them")
RECEIPT = tr("A receipt")
DUTY = "asked for by the sender"
"""What the register keeps as the reason of a receipt."""


def receipt_subject() -> str:
    return "Receipt for an intelligence package"


def receipt_lines(
    *, title: str, sha256: str, agency: str, person: str, at: str, is_synthetic: bool
) -> list[str]:
    """The text of a receipt."""
    return [
        *(["SYNTHETIC: from a demo vault, nothing in it is real.", ""] if is_synthetic else []),
        "RECEIPT FOR AN INTELLIGENCE PACKAGE",
        "",
        f"Package: {title}",
        f"SHA-256: {sha256}",
        f"Received by {person} of {agency} on {at}.",
        "Every step of its verification passed before it was taken in.",
    ]


def already_noted() -> str:
    return tr("This was on record before; nothing was changed.")


def noted(recipient: str, person: str, moment: str) -> str:
    return tr(
        "On record: {recipient} has it; {person} received it on {moment}.",
        recipient=recipient,
        person=person,
        moment=moment,
    )


def nobody_has(reference: str) -> str:
    return tr(
        "Nothing of {reference} left from here, as far as the register tells.", reference=reference
    )
