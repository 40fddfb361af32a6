"""What the Exchange page says: what was exchanged with the portal, when, and by which road."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

EXCHANGE = tr("Exchange")
PARTS = tr("Parts of the Exchange page")

# -- the history

HISTORY = tr("History")
HISTORY_INTRO = tr(
    "Every exchange with the portal, by network and by stick, with what came of it. Both roads carry the same messages, and you may go by either at any time."
)
NO_HISTORY = tr("No exchange yet")
NO_HISTORY_HELP = tr(
    "An exchange brings reports here and takes your operations out. Begin one by network (F5), or carry it on a stick (By stick)."
)
SYNC_NOW = tr("Sync now")
SYNC_METADATA = tr("Without media")

WHEN = tr("When")
ROAD = tr("Road")
TOOK = tr_in("how long an exchange took", "Took")
BROUGHT = tr("What it did")
OUTCOME = tr("Outcome")
WHO = tr("Who")
UNDER_WAY = tr("→ under way")
DONE = tr("✓ done")
CUT_OFF = tr("◆ cut off")
STOPPED = tr("◆ stopped")
CUT_OFF_MESSAGE = tr("The program or the power ended while it was under way.")
CUT_OFF_HINT = tr("Nothing is lost or doubled: the next exchange goes on from what had arrived.")
STOPPED_MESSAGE = tr("A person stopped it.")
STOPPED_HINT = tr("What had arrived stays; the next exchange goes on from there.")
DONE_MESSAGE = tr("It said and heard all that it had to.")
UNDER_WAY_MESSAGE = tr("It is under way.")

ROADS: Mapping[str, str] = {
    "https": tr("network"),
    "courier": tr("stick"),
    "in process": tr("in process"),
}
DIRECTIONS: Mapping[str, str] = {
    "both": "",
    "out": tr("written out"),
    "in": tr("read in"),
}
_COUNTED: Mapping[str, Callable[[int], str]] = {
    "reports_new": lambda n: tr_many("{count} new report", "{count} new reports", n),
    "reports_changed": lambda n: tr_many("{count} corrected", "{count} corrected", n),
    "reports_withdrawn": lambda n: tr_many("{count} withdrawn", "{count} withdrawn", n),
    "records_changed": lambda n: tr_many("{count} other record", "{count} other records", n),
    "media_new": lambda n: tr_many("{count} media file", "{count} media files", n),
    "media_not_granted": lambda n: tr_many(
        "{count} media file not granted", "{count} media files not granted", n
    ),
    "hits_new": lambda n: tr_many("{count} found on a hash list", "{count} found on hash lists", n),
    "hits_ended": lambda n: tr_many(
        "{count} on a hash list no more", "{count} on hash lists no more", n
    ),
    "operations_sent": lambda n: tr_many("{count} operation sent", "{count} operations sent", n),
    "operations_settled": lambda n: tr_many("{count} settled", "{count} settled", n),
    "operations_rejected": lambda n: tr_many("{count} rejected", "{count} rejected", n),
}
"""Counts under the names that the command line gives them, and how they are told."""


def road(name: str, direction: str, bundle: int | None) -> str:
    """`network`; `stick no. 118, read in`."""
    told = ROADS.get(name, name)
    if bundle is not None:
        told = tr("{road} no. {bundle}", road=told, bundle=bundle)
    way = DIRECTIONS.get(direction, direction)
    return f"{told}, {way}" if way else told


def brought(facts: Mapping[str, object]) -> str:
    """`41 new reports, 64 media files, 2 operations sent`; empty if no count is known."""
    parts = []
    for name, told in _COUNTED.items():
        number = facts.get(name)
        if isinstance(number, int) and number > 0:
            parts.append(told(number))
    return ", ".join(parts)


NOT_YET = tr("nothing yet")
NOTHING = tr("nothing")
NOTHING_NEW = tr("nothing new on either side")
NOTHING_NEW_IN = tr("nothing new: receipts only")
KNOWN_BEFORE = tr("what had been brought in before")
ONLY_RECEIPTS = tr("no operation; receipts only")


def asks_for(media: int) -> str:
    return tr_many(
        "no operation; receipts, and a request for one media file",
        "no operation; receipts, and a request for {count} media files",
        media,
    )


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
        return tr("under 1 s")
    if seconds < 100:
        return tr("{seconds} s", seconds=amount(seconds))
    minutes = round(seconds / 60)
    if minutes < 100:
        return tr("{minutes} min", minutes=minutes)
    return tr("{hours} h {minutes} min", hours=amount(minutes // 60), minutes=minutes % 60)


_SHORT: Mapping[str, str] = {
    "road.unreachable": tr("no answer"),
    "road.name_not_found": tr("name not found"),
    "road.proxy_refused": tr("proxy refused"),
    "road.certificate": tr("certificate refused"),
    "road.clock_skew": tr("clocks differ"),
    "road.session_expired": tr("session ended"),
    "road.access_revoked": tr("access revoked"),
    "road.portal_busy": tr("portal busy"),
    "road.transfer_cut": tr("cut on the way"),
    "refused.agreement": tr("agreement forbids"),
    "refused.agreement_lapsed": tr("agreement lapsed"),
    "refused.not_enrolled": tr("not enrolled"),
    "refused.sandbox": tr("media wait"),
    "refused.sandbox_unproven": tr("media wait"),
    "untrusted.signature": tr("wrong signature"),
    "untrusted.mixup": tr("not meant for us"),
    "untrusted.digest": tr("bytes differ"),
    "vault.storage_full": tr("disk full"),
}
_FAMILIES: Mapping[str, str] = {
    "road": tr("road failed"),
    "untrusted": tr("not trusted"),
    "refused": tr("refused"),
    "vault": tr("vault’s disk"),
    "drive": tr("drive failed"),
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
        tr("The portal gave no answer."),
        tr("Check the network, or go by stick. What you did waits in the outbox."),
    ),
    "road.name_not_found": (
        tr("The portal’s name has no address on this network."),
        tr("Check the network’s name service and the address of the portal, or go by stick."),
    ),
    "road.certificate": (
        tr("The portal’s certificate was not accepted."),
        tr("Do not go on by network. Ask the portal whether its authority changed."),
    ),
    "road.clock_skew": (
        tr("This machine’s clock and the portal’s differ."),
        tr("Set the clock of this machine; then sync."),
    ),
    "road.session_expired": (
        tr("The portal ended the session."),
        tr("The next exchange signs in anew. If it ends again, ask the portal about this station."),
    ),
    "road.access_revoked": (
        tr("The portal does not know this station any more."),
        tr("Speak to your national hotline; trying again will not help."),
    ),
    "road.portal_busy": (tr("The portal was busy."), tr("Leave it some minutes; then sync.")),
    "road.transfer_cut": (
        tr("The connection was cut while something travelled."),
        tr("The next exchange goes on from the last whole part."),
    ),
    "refused.agreement": (
        tr("The agreement does not allow it."),
        tr("The Agreement page says which clause, and who can change it."),
    ),
    "refused.agreement_lapsed": (
        tr("The agreement has run out."),
        tr("Speak to your national hotline about a new one; everything here stays."),
    ),
    "refused.not_enrolled": (
        tr("The vault knows no portal."),
        tr("The Agreement page leads through enrolment."),
    ),
    "refused.sandbox": (
        tr("Everything but media was exchanged: nothing here may decode them."),
        tr("The Vault page says under Health what the decoder lacks."),
    ),
    "refused.sandbox_unproven": (
        tr("Everything but media was exchanged: nothing here may decode them."),
        tr("Look at media on a workstation with Linux."),
    ),
    "untrusted": (
        tr("What was received cannot be trusted. Nothing of it was applied; it is kept aside."),
        tr("Do not try it again and again. Report it to the portal."),
    ),
    "untrusted.mixup": (
        tr(
            "A message was not the one that comes next for this station. Nothing of it was applied."
        ),
        tr("Sync again once; if it repeats, report it to the portal."),
    ),
    "vault": (
        tr("The vault could not be written."),
        tr("The Vault page says under Health what is wrong with its disk."),
    ),
    "drive": (
        tr("The drive did not do what it should."),
        tr("Look at the stick; everything can be written or read again."),
    ),
    "road": (tr("The road failed."), tr("Try later, or by the other road.")),
    "refused": (
        tr("A rule or the agreement refused it."),
        tr("The Agreement page says what is allowed."),
    ),
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
    return Ended(*(known or (tr("It ended with {code}.", code=outcome), "")))


def brought_told(brought: str) -> str:
    """What the counts say, as a sentence."""
    return tr("In all: {counts}.", counts=brought) if brought else tr("Nothing new came of it.")


def did_told(direction: str, outcome: str | None, facts: Mapping[str, object]) -> str:
    """What an exchange did, as a sentence; empty while it is under way and nothing has come."""
    told = did(direction, outcome, facts)
    return "" if told == NOT_YET else tr("In all: {counts}.", counts=told)
