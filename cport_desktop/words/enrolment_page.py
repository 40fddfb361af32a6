"""What the window says of enrolment: how a vault comes to belong to a portal, step by step, over days."""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import tr, tr_in

ENROLMENT = tr("Enrolment")
INTRO = tr(
    "How this vault comes to belong to a portal. It may take days and can be left after every step: what was done is kept in the vault."
)
BEGIN = tr("Begin…")
AGAIN = tr("Enrol again…")
ANSWER = tr("Bring the answer in…")
NEW_REQUEST = tr("Make a new request…")
ADDRESS = tr("Tell the portal’s address…")
ENROLLING = tr("Enrolling the vault")

# -- the way there

WAY = tr("The way there")
MEETING = tr("A demo meeting with your national hotline and the portal’s people")
PAPERS = tr("The papers signed by your agency")
CONSENT = tr("The consent of the national hotline")
CODE = tr("An enrolment code, handed over on paper")
KEYS = tr("Keys made in this vault, and a request out")
ANSWERED = tr("The portal’s answer in, with the agreement")
BEFORE: Mapping[str, str] = {
    "meeting": MEETING,
    "papers": PAPERS,
    "consent": CONSENT,
    "code": CODE,
}
"""What happens between people, before this program can do anything, by the words of
`domain.preparation.Preparation`."""

PORTAL = tr("Portal")
STATION = tr("Station")
SINCE = tr_in("when it was enrolled", "Since")
ROADS = tr("Roads")
BY_BOTH = tr("network and stick")
BY_STICK_ALONE = tr("stick; nobody has told the vault where the portal is on the network")
NOT_BY_STICK = tr("network only: enrol again, to have keys for the stick")
WAITS_SINCE = tr("Request out")
AS = tr_in("the station and agency for which a request was made", "As")
NOT_ENROLLED = tr("This vault belongs to no portal yet.")
WAITING = tr("The request is out. When its answer comes back, bring it in here.")


def station_of(station: str, agency: str) -> str:
    return f"{station}, {agency}"


# -- a request

REQUEST_TITLE = tr("Enrol with a portal")
READY = tr("Before you begin")
READY_INTRO = tr(
    "Enrolment begins between people, and these four have to have happened first. Tick each when it has; it is kept for you, sealed, until the request goes out, and then stands in the audit log."
)
NEEDS_READY = tr(
    "Without them the portal will not take the request. Your national hotline begins it with you."
)


def confirmed(day: str, who: str) -> str:
    """Beneath what was ticked."""
    return tr("confirmed {day} by {who}", day=day, who=who)


def has_happened(step: str, day: str, who: str) -> str:
    """On the way there."""
    return f"{step} ({confirmed(day, who)})"


WHO = tr("Who asks")
WHO_INTRO = tr(
    "The code proves that you are who you say; it stays here and is not carried along. Keys are made in this vault and never leave it."
)
STATION_NAME = tr("What this station is called")
AGENCY = tr("Agency")
CODE_FIELD = tr("Enrolment code")
NEEDS_NAMES = tr("Say what the station and the agency are called.")
NEEDS_CODE = tr("Type the code as it stands on the paper.")
WHERE = tr("By which road")
BY_STICK = tr("By stick: a file goes to the portal, its answer comes back")
BY_NETWORK = tr("By network: at once")
FILE = tr("New file on the stick")
FILE_PLACEHOLDER = tr("Path of a new file")
URL = tr("Address of the portal")
URL_PLACEHOLDER = "https://portal.example"
AUTHORITY = tr("The portal’s authority (file, as it was handed over)")
AUTHORITY_PLACEHOLDER = tr("Path of a PEM file")
NEEDS_FILE = tr("Say which new file the request is written to.")
NEEDS_URL = tr("Type the address as it stands on the paper, beginning with https://.")
NEEDS_AUTHORITY = tr("Choose the file with the portal’s authority.")
CHECK_AUTHORITY = tr(
    "Check first that the file is the one that was handed over with the code. Nothing was kept, and the code was not sent."
)
MAKE = tr("Make keys and ask")
DONE = tr("What next")
REQUEST_SAFE = tr("✓ Safe to unplug")
REQUEST_WRITTEN = tr(
    "The request was written, flushed and read back. Bring it to the portal; the code stays with you. Days may pass."
)
REQUEST_NEXT = tr("When the answer is back, choose: Bring the answer in.")
ENROLLED = tr("✓ Enrolled")
ENROLLED_NEXT = tr("Synchronise (F5), or carry a bundle out: the first reports come with it.")
CLOSE = tr_in("a dialog is left", "Done")
REPLACES = tr(
    "A request is out already. A new one makes new keys, and the answer to the old one will not fit any more."
)


def enrolled_with(portal: str) -> str:
    return tr(
        "This vault belongs to {portal}. What it may do stands under In force.", portal=portal
    )


# -- an answer

ANSWER_TITLE = tr("Bring the answer in")
ANSWER_WHICH = tr("Which answer")
ANSWER_INTRO = tr(
    "Choose the file that came back from the portal. It proves itself by the code that you hold on paper; an answer from anybody else is refused."
)
ANSWER_FILE = tr("File from the portal")
ANSWER_URL = tr("Address of the portal on the network (may stay empty)")
NEEDS_ANSWER = tr("Say which file came back.")
TAKE_IN = tr("Check and take in")

# -- the address

ADDRESS_TITLE = tr("Where the portal is on the network")
ADDRESS_INTRO = tr("From then on this vault can go by network as well as by stick.")
ADDRESS_KEEP = tr("Keep it")
