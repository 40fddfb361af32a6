"""What a check of the audit log against heads known elsewhere may find, in one sentence each."""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import amount, tr

_KEPT: Mapping[str, str] = {
    "portal": tr("the checkpoint of {at} that the portal {holder} co-signed"),
    "export": tr("the checkpoint of {at} handed to {holder}"),
    "file": tr("the checkpoint of {at} in the file {holder}"),
    "code": tr("the code of {at} for the diary"),
    "session": tr("the checkpoint of {at} kept on this machine"),
}

READING = tr("Reading the audit log")
EXPORTING = tr("Exporting the audit log")
ERASING = tr("Erasing particulars of an entry")
PARTICULARS = tr("erasable particulars of audit entry")

GIVEN_FILE = tr("the checkpoint in this file")
GIVEN_CODE = tr("the code from the diary")


def kept_anchor(kind: str, holder: str, at: str) -> str:
    """How an anchor that the vault remembers is called within a sentence."""
    return _KEPT[kind].format(holder=holder or tr("nobody"), at=at)


def entries_missing(first: int, last: int) -> str:
    return tr("Entries {first} to {last} are missing.", first=first, last=last)


def erasure_unfounded(sequence: int, erased_by: int) -> str:
    return tr(
        "The particulars of entry {sequence} are gone, and entry {erased_by}, which should say why, does not.",
        sequence=sequence,
        erased_by=erased_by,
    )


def payload_returned(sequence: int, erased_by: int) -> str:
    return tr(
        "The particulars of entry {sequence} are there, although entry {erased_by} erased them.",
        sequence=sequence,
        erased_by=erased_by,
    )


def history_differs(says: str, first: int, last: int) -> str:
    """Entries up to `first` - 1 are vouched for by a shorter head; those up to `last` are not."""
    return tr(
        "The log is not the one that {anchor} vouches for: among entries {first} to {last} at least one was changed, removed, put in or put elsewhere, or the vault was put back to an earlier copy and went on from there.",
        anchor=says,
        first=first,
        last=last,
    )


def history_cut(says: str, known: int, found: int) -> str:
    return tr(
        "Entries {first} to {last} are missing at the end: {anchor} speaks of {known} entries, and there are {found}. The log was cut, or the vault was put back to an earlier copy.",
        first=found + 1,
        last=known,
        anchor=says,
        known=amount(known),
        found=amount(found),
    )


def anchor_unsound(says: str) -> str:
    return tr("The vault’s own record of {anchor} was changed.", anchor=says)


def anchor_unsigned(says: str) -> str:
    return tr("The signature on {anchor} is not that of this log.", anchor=says)


OTHER_VAULT = tr("This checkpoint is of the log of another vault.")
NOT_OF_A_VAULT = tr("This checkpoint is not of the log of a vault.")
NOT_SIGNED = tr(
    "This checkpoint is not signed by this log: the file is not genuine, or the log’s key was replaced."
)
PORTAL_SIGNATURE_BAD = tr("The portal’s co-signature on this checkpoint does not hold.")


def later_lineage(theirs: int, ours: int) -> str:
    return tr(
        "This checkpoint is of lineage {theirs} of the log, and the vault is in lineage {ours}: the vault was put back to an earlier copy.",
        theirs=theirs,
        ours=ours,
    )


def earlier_lineage(theirs: int, ours: int, began_at: int | None) -> str:
    if began_at is None:
        return tr(
            "This checkpoint is of lineage {theirs}. The vault is in lineage {ours}: it was restored or put back, and somebody put that on record.",
            theirs=theirs,
            ours=ours,
        )
    return tr(
        "This checkpoint is of lineage {theirs}. The vault is in lineage {ours} since entry {began_at}: it was restored or put back, and somebody put that on record.",
        theirs=theirs,
        ours=ours,
        began_at=began_at,
    )


def agrees(size: int, entries: int) -> str:
    return tr(
        "The first {size} of {entries} entries are those that it vouches for.",
        size=amount(size),
        entries=amount(entries),
    )


def cosigned(portal: str, at: str) -> str:
    return tr("The portal {portal} co-signed it at {at}.", portal=portal, at=at)


def not_cosigned() -> str:
    return tr("No co-signature of this vault’s portal is on it.")


WHOLE = tr("The log is whole and unaltered, as far as can be known from what it was compared with.")
KEEP_ELSEWHERE = tr(
    "Keep it away from this machine. What the log says up to here can no longer be changed unnoticed."
)
EXPORTED = tr(
    "The file holds the log in the clear: entries, names and particulars. HOW-TO-VERIFY.txt in it says how to check it without this product."
)


def erased(sequence: int) -> str:
    return tr(
        "The particulars of entry {sequence} are erased; the entry itself stays provable.",
        sequence=sequence,
    )


def fault_line(fault: str) -> str:
    return tr("Fault: {fault}", fault=fault)


_ANCHORING: Mapping[str, str] = {
    "cosigned": tr("The portal co-signed the head of the audit log ({size} entries)."),
    "not_offered": (
        tr(
            "Not anchored: this portal keeps no heads of audit logs. Keep one yourself: cport audit checkpoint FILE"
        )
    ),
    "rolled_back": (
        tr(
            "The audit log here has {size} entries, and the portal has co-signed one of {held}: this vault was put back to an earlier copy. Stop working with it and find the newer copy."
        )
    ),
    "inconsistent": (
        tr(
            "The audit log here ({size} entries) does not go on from the one that the portal co-signed ({held} entries): its history was changed. Run cport audit verify, and keep a copy of the vault as it is."
        )
    ),
    "failed": (
        tr(
            "The audit log was not anchored this time ({size} entries): the next exchange tries again. All else was exchanged."
        )
    ),
}


def anchoring(state: str, size: int, held_size: int | None) -> str:
    """What became of the log's head at an exchange, and what to do."""
    held = "–" if held_size is None else amount(held_size)
    return _ANCHORING[state].format(size=amount(size), held=held)
