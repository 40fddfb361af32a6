"""What a person reads about exchanges and enrolments by removable media."""

from __future__ import annotations

from cport_desktop.words.tongue import tr, tr_many

SAFE_TO_UNPLUG = tr("Every byte was read back from the drive. It is safe to unplug.")
ALREADY_APPLIED = tr("All of this bundle was here already; nothing was changed.")
SAME_ANSWER = tr("This bundle was answered before; the same answer was written again.")
RECEIVED = tr("The bundle was taken in.")
NO_BUNDLE = tr("none yet")
CUT_OFF = tr("cut off")
NOT_ANSWERED = tr("not answered yet")

ADDRESS_KEPT = tr("The vault knows where its portal is now. Next: cport sync")
ENROL_HOW = tr("either --answer FILE, or --url, --ca and a code")
ENROL_EITHER = tr(
    "--answer is the road by stick; --code, --code-file, --station, --agency, --confirm and --renew belong to the other"
)

REQUEST_REPLACED = tr("The earlier request was replaced: its answer will not fit any more.")
REQUEST_WRITTEN = tr(
    "Bring the file to the portal; the enrolment code stays with you. With its answer: cport portal enrol --answer FILE"
)
TO_BRING_BACK = tr("Bring the answer back to the station: cport courier receive FILE")
TO_ENROL = tr("Bring the answer back to the station: cport portal enrol --answer FILE")
TO_CARRY = tr("Bring the file(s) to the portal, and its answer back: cport courier receive FILE")


def bundle_title(sequence: int) -> str:
    """What the register of what left calls a bundle: it is kept, stands in notices, and is not
    translated.
    """
    return f"courier bundle {sequence}"


def lines(*sentences: str) -> str:
    """One sentence a line, without empty ones."""
    return "\n".join(sentence for sentence in sentences if sentence)


def from_later_version(count: int) -> str:
    """A sentence if there were any."""
    if not count:
        return ""
    return tr_many(
        "{count} part of the bundle is of a kind that a later version knows; it was passed over.",
        "{count} parts of the bundle are of a kind that a later version knows; they were passed over.",
        count,
    )
