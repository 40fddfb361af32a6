"""What the Exchange page says: what was exchanged with the portal, when, and by which road."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

EXCHANGE = "Exchange"
PARTS = "Parts of the Exchange page"

# -- the history

HISTORY = "History"
HISTORY_INTRO = (
    "Every exchange with the portal, by network and by stick, with what came of it. "
    "Both roads carry the same messages, and you may go by either at any time."
)
NO_HISTORY = "No exchange yet"
NO_HISTORY_HELP = (
    "An exchange brings reports here and takes your operations out. Begin one by network (F5), or "
    "carry it on a stick (By stick)."
)
SYNC_NOW = "Sync now"
SYNC_METADATA = "Without media"

WHEN = "When"
ROAD = "Road"
TOOK = "Took"
BROUGHT = "What it did"
OUTCOME = "Outcome"
WHO = "Who"
UNDER_WAY = "→ under way"
DONE = "✓ done"
CUT_OFF = "◆ cut off"
STOPPED = "◆ stopped"
CUT_OFF_MESSAGE = "The program or the power ended while it was under way."
CUT_OFF_HINT = "Nothing is lost or doubled: the next exchange goes on from what had arrived."
STOPPED_MESSAGE = "A person stopped it."
STOPPED_HINT = "What had arrived stays; the next exchange goes on from there."
DONE_MESSAGE = "It said and heard all that it had to."
UNDER_WAY_MESSAGE = "It is under way."

ROADS: Mapping[str, str] = {
    "https": "network",
    "courier": "stick",
    "in process": "in process",
}
DIRECTIONS: Mapping[str, str] = {
    "both": "",
    "out": "written out",
    "in": "read in",
}
_COUNTED: tuple[tuple[str, str, str], ...] = (
    ("reports_new", "new report", "new reports"),
    ("reports_changed", "corrected", "corrected"),
    ("reports_withdrawn", "withdrawn", "withdrawn"),
    ("records_changed", "other record", "other records"),
    ("media_new", "media file", "media files"),
    ("media_not_granted", "media file not granted", "media files not granted"),
    ("hits_new", "found on a hash list", "found on hash lists"),
    ("hits_ended", "on a hash list no more", "on hash lists no more"),
    ("operations_sent", "operation sent", "operations sent"),
    ("operations_settled", "settled", "settled"),
    ("operations_rejected", "rejected", "rejected"),
)
"""Counts under the names that the command line gives them, and how they are told."""


def road(name: str, direction: str, bundle: int | None) -> str:
    """`network`; `stick no. 118, read in`."""
    told = ROADS.get(name, name)
    if bundle is not None:
        told = f"{told} no. {bundle}"
    way = DIRECTIONS.get(direction, direction)
    return f"{told}, {way}" if way else told


def brought(facts: Mapping[str, object]) -> str:
    """`41 new reports, 64 media files, 2 operations sent`; empty if no count is known."""
    parts = []
    for name, one, many in _COUNTED:
        number = facts.get(name)
        if isinstance(number, int) and number > 0:
            parts.append(f"{number:,} {one if number == 1 else many}")
    return ", ".join(parts)


NOT_YET = "nothing yet"
NOTHING = "nothing"
NOTHING_NEW = "nothing new on either side"
NOTHING_NEW_IN = "nothing new: receipts only"
KNOWN_BEFORE = "what had been brought in before"
ONLY_RECEIPTS = "no operation; receipts only"


def asks_for(media: int) -> str:
    files = "one media file" if media == 1 else f"{media:,} media files"
    return f"no operation; receipts, and a request for {files}"


def did(direction: str, outcome: str | None, facts: Mapping[str, object]) -> str:
    """What an exchange did, in few words: its counts, or what it was where there is none."""
    counted = brought(facts)
    if counted:
        return counted
    if outcome is None:
        return NOT_YET
    if outcome != "done":
        return NOTHING
    if direction == "out":
        media = facts.get("media_pending")
        return asks_for(media) if isinstance(media, int) and media > 0 else ONLY_RECEIPTS
    if direction == "in":
        return KNOWN_BEFORE if facts.get("already_applied") else NOTHING_NEW_IN
    return NOTHING_NEW


def length(seconds: float) -> str:
    """`under 1 s`, `42 s`, `3 min`, `2 h 5 min`."""
    if seconds < 1:
        return "under 1 s"
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"


_SHORT: Mapping[str, str] = {
    "road.unreachable": "no answer",
    "road.name_not_found": "name not found",
    "road.proxy_refused": "proxy refused",
    "road.certificate": "certificate refused",
    "road.clock_skew": "clocks differ",
    "road.session_expired": "session ended",
    "road.access_revoked": "access revoked",
    "road.portal_busy": "portal busy",
    "road.transfer_cut": "cut on the way",
    "refused.agreement": "agreement forbids",
    "refused.agreement_lapsed": "agreement lapsed",
    "refused.not_enrolled": "not enrolled",
    "refused.sandbox": "media wait",
    "refused.sandbox_unproven": "media wait",
    "untrusted.signature": "wrong signature",
    "untrusted.mixup": "not meant for us",
    "untrusted.digest": "bytes differ",
    "vault.storage_full": "disk full",
}
_FAMILIES: Mapping[str, str] = {
    "road": "road failed",
    "untrusted": "not trusted",
    "refused": "refused",
    "vault": "vault’s disk",
    "drive": "drive failed",
}


def short_of(code: str) -> str:
    """A few words for the code of an error; its family's for one that has none."""
    return _SHORT.get(code) or _FAMILIES.get(code.partition(".")[0], code)


@dataclass(frozen=True, slots=True)
class Ended:
    """How an exchange ended: `message` says what happened, `cure` what to do."""

    message: str
    cure: str


_SENTENCES: Mapping[str, tuple[str, str]] = {
    "road.unreachable": (
        "The portal gave no answer.",
        "Check the network, or go by stick. What you did waits in the outbox.",
    ),
    "road.name_not_found": (
        "The portal’s name has no address on this network.",
        "Check the network’s name service and the address of the portal, or go by stick.",
    ),
    "road.certificate": (
        "The portal’s certificate was not accepted.",
        "Do not go on by network. Ask the portal whether its authority changed.",
    ),
    "road.clock_skew": (
        "This machine’s clock and the portal’s differ.",
        "Set the clock of this machine; then sync.",
    ),
    "road.session_expired": (
        "The portal ended the session.",
        "The next exchange signs in anew. If it ends again, ask the portal about this station.",
    ),
    "road.access_revoked": (
        "The portal does not know this station any more.",
        "Speak to your national hotline; trying again will not help.",
    ),
    "road.portal_busy": ("The portal was busy.", "Leave it some minutes; then sync."),
    "road.transfer_cut": (
        "The connection was cut while something travelled.",
        "The next exchange goes on from the last whole part.",
    ),
    "refused.agreement": (
        "The agreement does not allow it.",
        "The Agreement page says which clause, and who can change it.",
    ),
    "refused.agreement_lapsed": (
        "The agreement has run out.",
        "Speak to your national hotline about a new one; everything here stays.",
    ),
    "refused.not_enrolled": (
        "The vault knows no portal.",
        "The Agreement page leads through enrolment.",
    ),
    "refused.sandbox": (
        "Everything but media was exchanged: nothing here may decode them.",
        "The Vault page says under Health what the decoder lacks.",
    ),
    "refused.sandbox_unproven": (
        "Everything but media was exchanged: nothing here may decode them.",
        "Look at media on a workstation with Linux.",
    ),
    "untrusted": (
        "What was received cannot be trusted. Nothing of it was applied; it is kept aside.",
        "Do not try it again and again. Report it to the portal.",
    ),
    "untrusted.mixup": (
        "A message was not the one that comes next for this station. Nothing of it was applied.",
        "Sync again once; if it repeats, report it to the portal.",
    ),
    "vault": (
        "The vault could not be written.",
        "The Vault page says under Health what is wrong with its disk.",
    ),
    "drive": (
        "The drive did not do what it should.",
        "Look at the stick; everything can be written or read again.",
    ),
    "road": ("The road failed.", "Try later, or by the other road."),
    "refused": ("A rule or the agreement refused it.", "The Agreement page says what is allowed."),
}


def ended(outcome: str | None) -> Ended:
    """The sentence for how an exchange ended, from what the history keeps of it."""
    if outcome is None:
        return Ended(UNDER_WAY_MESSAGE, "")
    if outcome == "done":
        return Ended(DONE_MESSAGE, "")
    if outcome == "cut off":
        return Ended(CUT_OFF_MESSAGE, CUT_OFF_HINT)
    if outcome == "road.cancelled":
        return Ended(STOPPED_MESSAGE, STOPPED_HINT)
    known = _SENTENCES.get(outcome) or _SENTENCES.get(outcome.partition(".")[0])
    return Ended(*(known or (f"It ended with {outcome}.", "")))


def brought_told(brought: str) -> str:
    """What the counts say, as a sentence."""
    return f"In all: {brought}." if brought else "Nothing new came of it."


def did_told(direction: str, outcome: str | None, facts: Mapping[str, object]) -> str:
    """What an exchange did, as a sentence; empty while it is under way and nothing has come."""
    told = did(direction, outcome, facts)
    return "" if told == NOT_YET else f"In all: {told}."
