"""What the window says of enrolment: how a vault comes to belong to a portal, step by step, over days."""

from __future__ import annotations

from collections.abc import Mapping

ENROLMENT = "Enrolment"
INTRO = (
    "How this vault comes to belong to a portal. It may take days and can be left after every "
    "step: what was done is kept in the vault."
)
BEGIN = "Begin…"
AGAIN = "Enrol again…"
ANSWER = "Bring the answer in…"
NEW_REQUEST = "Make a new request…"
ADDRESS = "Tell the portal’s address…"
ENROLLING = "Enrolling the vault"

# -- the way there

WAY = "The way there"
MEETING = "A demo meeting with your national hotline and the portal’s people"
PAPERS = "The papers signed by your agency"
CONSENT = "The consent of the national hotline"
CODE = "An enrolment code, handed over on paper"
KEYS = "Keys made in this vault, and a request out"
ANSWERED = "The portal’s answer in, with the agreement"
BEFORE: Mapping[str, str] = {
    "meeting": MEETING,
    "papers": PAPERS,
    "consent": CONSENT,
    "code": CODE,
}
"""What happens between people, before this program can do anything, by the words of
`domain.preparation.Preparation`."""

PORTAL = "Portal"
STATION = "Station"
SINCE = "Since"
ROADS = "Roads"
BY_BOTH = "network and stick"
BY_STICK_ALONE = "stick; nobody has told the vault where the portal is on the network"
NOT_BY_STICK = "network only: enrol again, to have keys for the stick"
WAITS_SINCE = "Request out"
AS = "As"
NOT_ENROLLED = "This vault belongs to no portal yet."
WAITING = "The request is out. When its answer comes back, bring it in here."


def station_of(station: str, agency: str) -> str:
    return f"{station}, {agency}"


# -- a request

REQUEST_TITLE = "Enrol with a portal"
READY = "Before you begin"
READY_INTRO = (
    "Enrolment begins between people, and these four have to have happened first. Tick each when it "
    "has; it is kept for you, sealed, until the request goes out, and then stands in the audit log."
)
NEEDS_READY = (
    "Without them the portal will not take the request. Your national hotline begins it with you."
)


def confirmed(day: str, who: str) -> str:
    """Beneath what was ticked."""
    return f"confirmed {day} by {who}"


def has_happened(step: str, day: str, who: str) -> str:
    """On the way there."""
    return f"{step} ({confirmed(day, who)})"


WHO = "Who asks"
WHO_INTRO = (
    "The code proves that you are who you say; it stays here and is not carried along. "
    "Keys are made in this vault and never leave it."
)
STATION_NAME = "What this station is called"
AGENCY = "Agency"
CODE_FIELD = "Enrolment code"
NEEDS_NAMES = "Say what the station and the agency are called."
NEEDS_CODE = "Type the code as it stands on the paper."
WHERE = "By which road"
BY_STICK = "By stick: a file goes to the portal, its answer comes back"
BY_NETWORK = "By network: at once"
FILE = "New file on the stick"
FILE_PLACEHOLDER = "Path of a new file"
URL = "Address of the portal"
URL_PLACEHOLDER = "https://portal.example"
AUTHORITY = "The portal’s authority (file, as it was handed over)"
AUTHORITY_PLACEHOLDER = "Path of a PEM file"
NEEDS_FILE = "Say which new file the request is written to."
NEEDS_URL = "Type the address as it stands on the paper, beginning with https://."
NEEDS_AUTHORITY = "Choose the file with the portal’s authority."
CHECK_AUTHORITY = (
    "Check first that the file is the one that was handed over with the code. Nothing was kept, and "
    "the code was not sent."
)
MAKE = "Make keys and ask"
DONE = "What next"
REQUEST_SAFE = "✓ Safe to unplug"
REQUEST_WRITTEN = (
    "The request was written, flushed and read back. Bring it to the portal; the code stays with "
    "you. Days may pass."
)
REQUEST_NEXT = "When the answer is back, choose: Bring the answer in."
ENROLLED = "✓ Enrolled"
ENROLLED_NEXT = "Synchronise (F5), or carry a bundle out: the first reports come with it."
CLOSE = "Done"
REPLACES = (
    "A request is out already. A new one makes new keys, and the answer to the old one will not "
    "fit any more."
)


def enrolled_with(portal: str) -> str:
    return f"This vault belongs to {portal}. What it may do stands under In force."


# -- an answer

ANSWER_TITLE = "Bring the answer in"
ANSWER_WHICH = "Which answer"
ANSWER_INTRO = (
    "Choose the file that came back from the portal. It proves itself by the code that you hold "
    "on paper; an answer from anybody else is refused."
)
ANSWER_FILE = "File from the portal"
ANSWER_URL = "Address of the portal on the network (may stay empty)"
NEEDS_ANSWER = "Say which file came back."
TAKE_IN = "Check and take in"

# -- the address

ADDRESS_TITLE = "Where the portal is on the network"
ADDRESS_INTRO = "From then on this vault can go by network as well as by stick."
ADDRESS_KEEP = "Keep it"
