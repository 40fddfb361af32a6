"""Cures as the window tells them: where `words.errors` names a command, what to do with keys and
buttons; and the one thing that a notice can offer at once.

Never is the same thing offered again where repeating does not help.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from cport_desktop.errors import CportError
from cport_desktop.words.errors import Sentence, explain, fill
from cport_desktop.words.tongue import tr


class Place(StrEnum):
    """Where in the window something can be done about an error."""

    STICK = "stick"
    AGREEMENT = "agreement"
    HEALTH = "health"
    SYNC = "sync"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a button beside the sentence says, and where it leads."""

    label: str
    place: Place


WHAT_HELPS = tr("What helps")
_BY_STICK = Offer(tr("Go by stick"), Place.STICK)
_SIGN_IN = Offer(tr("Sign in and sync"), Place.SYNC)
_GO_ON = Offer(tr("Go on from there"), Place.SYNC)
_AGREEMENT = Offer(tr("Open the agreement"), Place.AGREEMENT)
_ENROL = Offer(tr("Go to enrolment"), Place.AGREEMENT)
_HEALTH = Offer(tr("Open Health"), Place.HEALTH)

OFFERS: Mapping[str, Offer] = {
    "road.no_network": _BY_STICK,
    "road.unreachable": _BY_STICK,
    "road.name_not_found": _BY_STICK,
    "road.proxy_refused": _BY_STICK,
    "road.proxy_password": _BY_STICK,
    "road.certificate": _BY_STICK,
    "road.certificate_expired": _BY_STICK,
    "road.address_unknown": _BY_STICK,
    "road.session_expired": _SIGN_IN,
    "road.transfer_cut": _GO_ON,
    "road.access_revoked": _AGREEMENT,
    "road.station_certificate": _ENROL,
    "road.station_certificate_expired": _ENROL,
    "refused.agreement": _AGREEMENT,
    "refused.agreement_lapsed": _AGREEMENT,
    "refused.policy": _AGREEMENT,
    "refused.not_enrolled": _ENROL,
    "refused.courier_unready": _ENROL,
    "refused.sandbox": _HEALTH,
    "refused.sandbox_unproven": _HEALTH,
    "vault.damaged": _HEALTH,
    "vault.document": _HEALTH,
}
"""By the code of the error. What has none can only be read."""

CURES: Mapping[str, str] = {
    "usage.vault": tr("Open a vault from the folder that it is in."),
    "usage.passphrase": tr("Type the passphrase of one of the key slots."),
    "usage.recovery_undecided": tr("Say where the sheet is to be written."),
    "vault": tr("The Vault page says under Health what is wrong."),
    "refused.held": tr(
        "The Vault page lists under Holds who placed it and why. A supervisor can release it."
    ),
    "refused.erased": tr(
        "The Vault page lists under Erasures when and why. Nothing of its content is left here."
    ),
    "refused.unsettled": tr(
        "Sync first. Or choose to take them back unsent; their texts are erased too."
    ),
    "road.time_stamp": tr("Check its address and try again."),
    "refused.search_exists": tr("Choose another name, or say that it is to be replaced."),
    "refused.searches_full": tr("Remove one that is not used any more."),
    "untrusted.package_unproven": tr(
        "Nothing was changed. Ask the sender for the file again and compare its SHA-256; the authority’s certificate comes from the authority, never with the package."
    ),
    "untrusted.searches": tr(
        "Nothing of it was taken. Such a file is written where searches are given away."
    ),
    "refused.count": tr("Look at them again, then type the number that is shown."),
    "refused.break": tr(
        "{until} What is due can be put off once, for some minutes, where the window says that it is due."
    ),
    "refused.clock": tr(
        "Sync, or set the clock. If the date is right, read it off elsewhere and type it."
    ),
    "refused.role": tr(
        "An administrator of this vault can give it ({givers}), on the Vault page under Analysts."
    ),
    "refused.slot_exists": tr("Choose another name; the Vault page lists the slots."),
    "refused.agreement": tr(
        "{who} can change it. The Agreement page says why, and what would be allowed."
    ),
    "refused.not_enrolled": tr("The Agreement page leads through enrolment."),
    "refused.policy": tr(
        "Repeating does not help. The national hotline can explain it or change it."
    ),
    "refused.nothing_waits": tr("The Agreement page says which revisions there are."),
    "refused.request_under_way": tr(
        "Wait for the answer, or say there that you mean to begin anew."
    ),
    "refused.no_request": tr(
        "The answer belongs to another vault, or its request was replaced. Make a new one on the Agreement page."
    ),
    "refused.courier_unready": tr(
        "Enrol it again on the Agreement page, with a code from the portal; it stays the same station."
    ),
    "refused.sandbox": tr(
        "Media wait; everything else was done. The Vault page says under Health what this machine lacks."
    ),
    "refused.sandbox_unproven": tr(
        "Media wait; everything else was done. Look at media on a workstation with Linux."
    ),
    "refused.nothing_to_turn": tr("Each analyst undoes their own acts, the newest first."),
    "refused.deed_stays": tr(
        "The outbox lists under Done what you did: each older act can be undone there by itself."
    ),
    "refused.in_hand": tr(
        "Read on, or decide in triage, which F8 turns on: N takes the next one, and a digit and then Ctrl+Y decides this one all the same."
    ),
    "refused.second_reading": tr("The outbox shows what waits for a second reader."),
    "refused.purpose": tr("Say what for. The purpose is kept in the audit log."),
    "vault.not_a_vault": tr("Check the folder, or make a vault there."),
    "vault.token_module": tr(
        "Install it, or name its file. To unlock, a passphrase or the recovery code does without it."
    ),
    "vault.damaged": tr(
        "Keep a copy of the folder as it is, then run a deep check on the Vault page."
    ),
    "vault.database_put_back": tr(
        "Find the newer copy of the folder and open that. If there is none, say why this one is opened all the same; the gap goes on record."
    ),
    "vault.rolled_back": tr(
        "Find the newer copy of the folder and open that. If there is none, say why this one is opened all the same; the gap goes on record."
    ),
    "vault.document": tr(
        "Nothing was written. Try with fewer reports; if it repeats, the Vault page says under Health what is wrong."
    ),
    "road.proxy_refused": tr(
        "Ask whoever runs it to allow connections to the portal, set another one under Links, or go by stick."
    ),
    "road.proxy_password": tr("Name them with the proxy’s address under Links, or go by stick."),
    "road.address_unknown": tr("Go by stick, or tell it the portal’s address."),
    "road.drive_full": tr(
        "Nothing of it was left there. Free some space, use a larger drive, or split it over several."
    ),
    "road.drive_file_size": tr("Nothing of it was left there. Split it: choose parts for FAT32."),
    "untrusted.bundle_portal": tr(
        "Nothing of it was applied. The Agreement page says with which portal this station is enrolled."
    ),
    "untrusted.bundle_outdated": tr("Nothing was changed. Carry a new bundle out."),
}
"""By code, where the sentence for the command line names a command."""


def explain_here(error: CportError) -> Sentence:
    """The sentence for `error`, with a cure that can be done in the window."""
    sentence = explain(error)
    cure = CURES.get(error.code)
    return sentence if cure is None else replace(sentence, hint=fill(cure, error))


def offer(error: CportError) -> Offer | None:
    """The one thing that helps and can be begun at once, if there is one."""
    return OFFERS.get(error.code)
