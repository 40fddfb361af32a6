"""What the window says where a package that left is stamped, a receipt is taken in, or all of it is told."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import tr, tr_many

STAMP: Final = tr("Time stamp…")
STAMP_TITLE: Final = tr("Add a time stamp to a package")
STAMP_INTRO: Final = tr(
    "An authority says when the sealed file existed, and with it the signature within: that is evidence long after the certificate ended. Only its SHA-256 leaves. The stamp stands beside the package; hand it on with it."
)
STAMP_NOW: Final = tr("Go on")
PACKAGE: Final = tr("Package")
PACKAGE_HERE: Final = tr("Path of the sealed file, or of its first part")
WAY: Final = tr("By which way")
BY_NETWORK: Final = tr("By network, now")
WRITE_QUESTION: Final = tr("Write the question to a file, to be carried by stick")
TAKE_ANSWER: Final = tr("Take in the answer that came back")
AUTHORITY: Final = tr("Address of the authority")
AUTHORITY_HERE: Final = tr("https://… (RFC 3161)")
QUESTION: Final = tr("New file for the question")
QUESTION_HERE: Final = tr("Path of a new file, ending in .tsq")
ANSWER: Final = tr("Answer of the authority")
ANSWER_HERE: Final = tr("Path of its file, ending in .tsr")
NEEDS_PACKAGE: Final = tr("Say where the package is.")
NEEDS_AUTHORITY: Final = tr("Type the address of the authority.")
NEEDS_QUESTION: Final = tr("Say where the question is to be written.")
NEEDS_ANSWER: Final = tr("Say where the answer is.")
ASKING: Final = tr("Reading the package and asking the authority…")

RECEIPT: Final = tr("Receipt from a file…")
RECEIPT_TITLE: Final = tr("Take in a receipt")
RECEIPT_INTRO: Final = tr(
    "A recipient’s signed receipt (.eml) is checked and kept with the package that it names. The authority’s certificate must come from outside the receipt."
)
RECEIPT_NOW: Final = tr("Take it in")
RECEIPT_FILE: Final = tr("Receipt")
RECEIPT_HERE: Final = tr("Path of the file")
TRUST: Final = tr("Certificate of the recipient’s authority")
TRUST_HERE: Final = tr("Path of a PEM file")
FROM: Final = tr("Recipient (only where the package went to several)")
FROM_HERE: Final = tr("As the register calls them")
NEEDS_RECEIPT: Final = tr("Say where the receipt is.")
NEEDS_TRUST: Final = tr("Say where the authority’s certificate is.")
FOR_WHOM: Final = tr("For whom")
CHOOSE_WHOM: Final = tr("Choose a recipient …")
NEEDS_WHOM: Final = tr("It went to several: choose who received it.")

SHOW: Final = tr("All of it")
SHOW_INTRO: Final = tr("As it was entered when it left.")
LEFT_ON: Final = tr("Left")
KIND: Final = tr("What")
TO: Final = tr("To whom")
CLAUSE: Final = tr("Clause")
REASON: Final = tr("Reason")
DIGEST: Final = tr("SHA-256")
OUTCOME: Final = tr("Outcome")
BY: Final = tr("Let leave by")
RECEIVED: Final = tr("Received")
HELD: Final = tr("What it holds")

IMPORT_RECEIPT: Final = tr("Receipt for the sender (may be left empty)")
IMPORT_RECEIPT_HERE: Final = tr("Path of a new file, ending in .eml; signed by this station")


def question_written(name: str) -> str:
    return tr(
        "{name} holds the question. Have an authority answer it, and take the answer in here.",
        name=name,
    )


def item_line(reference: str, revision: str) -> str:
    """A report of it."""
    return tr("{reference}, revision {revision}", reference=reference, revision=revision)


def file_line(reference: str, within: str, digest: str) -> str:
    """A media file of it."""
    return tr(
        "{reference} of {within}, SHA-256 {digest}",
        reference=reference,
        within=within,
        digest=digest,
    )


def more_items(count: int) -> str:
    return tr_many(
        "And {count} more: cport disclosures show tells all.",
        "And {count} more: cport disclosures show tells all.",
        count,
    )


def receipt_written(name: str) -> str:
    return tr("The receipt for the sender stands in {name}. Hand it to them.", name=name)
