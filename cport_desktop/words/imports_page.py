"""What the window says of packages from colleagues, and of who has what left."""

from __future__ import annotations

from cport_desktop.words.tongue import tr, tr_in, tr_many

TITLE = tr("From colleagues")
INTRO = tr(
    "Packages that other agencies composed and that were taken in here, after every check. What they brought is marked as imported (is:imported) until the portal tells of it itself."
)
NONE = tr("No package was taken in yet")
NONE_HELP = tr("A colleague’s package comes as a file, sealed to your identity.")
WHEN = tr_in("when a package was taken in", "Taken in")
AGENCY = tr("Agency")
PACKAGE = tr("Package")
SIGNER = tr("Signer")
REPORTS = tr("Reports")
MEDIA = tr("Media")
TAKE_IN = tr("Take in a package…")
ASK_TITLE = tr("Take in a colleague’s package")
ASK_INTRO = tr(
    "It is verified, every step, and you see what it would do before anything is changed. The authority’s certificate must come from outside the package."
)
LOOK = tr("Look at it")
FILE = tr("Package")
FILE_PLACEHOLDER = tr("Path of the file, sealed (.age) or opened (.asice)")
IDENTITY = tr("Your identity")
IDENTITY_PLACEHOLDER = tr("Path of the age identity that opens it; none for an opened one")
AUTHORITY = tr("Certificate of the sender’s authority")
AUTHORITY_PLACEHOLDER = tr("Path of a PEM file")
CASE = tr("Case (may be left empty)")
CASE_PLACEHOLDER = tr("C-3")
NEEDS_FILE = tr("Say where the package is.")
NEEDS_AUTHORITY = tr("Say where the authority’s certificate is.")
NEEDS_CASE = tr("This is no number of a case, such as C-3.")
STOPPED = tr("Stopped. Nothing was changed.")
LOOKING = tr("Verifying the package")
TAKING_IN = tr("Taking in the package")
PREVIEW_TITLE = tr("Take it in?")
TAKE_IN_NOW = tr("Take it in")
NOTHING_NEW = tr("It would bring nothing new.")

SEARCH = tr("Search what left")
SEARCH_PLACEHOLDER = tr("Words, a recipient, HL-…, M-…, a SHA-256, kind:package")
NONE_FOUND = tr("Nothing of the kind left")
NONE_FOUND_HELP = tr("Search for other words, or empty the line to see all of it.")
WHO = tr("Who has…")
WHO_TITLE = tr("Who has this item?")
WHO_INTRO = tr(
    "A report, a media item, or the digest of a file. Every copy that left is told; that you asked is on record."
)
WHO_FIELD = tr("Report, media item or digest")
WHO_PLACEHOLDER = tr("HL-884179, M-20417, or an MD5, SHA-1 or SHA-256")
WHO_NOW = tr("Ask")
NEEDS_ITEM = tr("Say which item is meant.")
NOBODY = tr("Nobody has it, as far as the register tells.")
RECEIVED = tr("Received…")
RECEIVED_TITLE = tr("Who received it?")
RECEIVED_INTRO = tr(
    "As you were told, by letter or by telephone. It stays on record with your name."
)
RECEIVED_BY = tr("Person who received it")
RECEIVED_ON = tr("Day")
NEEDS_PERSON = tr("Say who received it.")
PUT_ON_RECORD = tr("Put on record")
RECEIVING = tr("Putting a receipt on record")

COPIES = tr("Copies elsewhere")
NO_COPIES = tr("Nothing of this report left.")


def people_have(count: int) -> str:
    return tr_many("{count} recipient has it:", "{count} recipients have it:", count)


def copy_of(recipient: str, what: str, title: str, moment: str) -> str:
    """One copy, on a line."""
    return tr(
        "{recipient}: {what} “{title}”, left {moment}",
        recipient=recipient,
        what=what,
        title=title,
        moment=moment,
    )


def copy_received(line: str, person: str, moment: str) -> str:
    """The same, where it is known that it came."""
    return tr("{copy}; received by {person}, {moment}", copy=line, person=person, moment=moment)


def came_from(agency: str, title: str, signer: str, moment: str) -> str:
    return tr(
        "It came in the package “{title}” of {agency}, signed by {signer}, taken in {moment}.",
        agency=agency,
        title=title,
        signer=signer,
        moment=moment,
    )


def not_told_yet() -> str:
    return tr("The portal has not told of it itself: what stands here is as the colleague had it.")


def more_differ(count: int) -> str:
    return tr_many("And {count} more that differs.", "And {count} more that differ.", count)


def differs(reference: str, theirs: str, here: str) -> str:
    return tr(
        "{reference}: revision {theirs} in the package, {here} here; that stays.",
        reference=reference,
        theirs=theirs,
        here=here,
    )
