"""Sentences about updates: why one is not taken, what one brings, what stands here and how old it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from cport_desktop.words.tongue import day, tr, tr_in, tr_many

UNTRUSTED: Final[Mapping[str, str]] = {
    "format": tr("it is no bundle of updates"),
    "newer_format": tr("it was made for a later version of this program"),
    "cut": tr("the file ends too early; it was cut off when it was copied"),
    "extra": tr("something follows its end"),
    "endless": tr("it is larger than any bundle may be"),
    "digest": tr("a part is not the one that was signed"),
    "metadata": tr("its list of parts cannot be read"),
    "signature": tr("not enough of the keys that this program trusts have signed it"),
    "expired": tr(
        "its signature has run out, by this machine’s clock or by what an earlier bundle said of the time"
    ),
    "rollback": tr("it is older than what was taken in here before"),
    "mixup": tr("its parts were never signed together"),
    "data": tr("a part that it brings is none that this version can read"),
    "archive": tr("the application in it is not laid out as one"),
}
"""By the word that programs read."""

REFUSED: Final[Mapping[str, str]] = {
    "platform": tr("the application in it is for another kind of machine"),
    "older": tr("a part of it is older than what is in force"),
    "revoked": tr("this version of the application was revoked and is not run any more"),
    "demo": tr("the keys that this program trusts are those of the demo, which everybody has"),
    "nothing_before": tr("nothing was in force before that could come back"),
    "gone": tr("the version that was in force before is not here any more"),
    "busy": tr("another update is under way on this account"),
}

NO_FILE: Final = tr("it is no plain file")
NO_START: Final = tr("it does not start here")
NO_PROOF: Final = tr("it started and did not pass its own test")
OTHER_VERSION: Final = tr("it is another version than the bundle says")

KINDS: Final[Mapping[str, str]] = {
    "application": tr("Application"),
    "suffixes": tr("Public suffixes"),
    "services": tr("Legitimate services"),
    "criteria": tr("Criteria of the Worst-of list"),
    "taxonomy": tr("Code lists"),
    "region-profile": tr("Region profile"),
    "revocations": tr("Revocations"),
    "hash-list": tr("Hash list"),
}
STANDINGS: Final[Mapping[str, str]] = {
    "new": tr_in("part of an update", "new"),
    "newer": tr_in("part of an update", "newer"),
    "same": tr_in("part of an update", "as it is here"),
    "older": tr_in("part of an update", "older"),
}

NEXT_START: Final = tr("What changes is in force from the next start on.")
LEFT_APPLICATION: Final = tr(
    "The application was left as it is: this program does not run from an installed release."
)
DEMO_KEYS: Final = tr(
    "This program trusts the keys of the demo, which everybody has: whoever hands over a bundle can have signed it."
)
CLOCK_BEHIND: Final = tr(
    "This machine’s clock is behind the time at which the last update was signed: set it. Until then nobody can tell how old the parts are."
)
REVOKED_HERE: Final = tr(
    "The version in force was revoked: apply an update that brings a later one."
)
NOTHING_CHANGES: Final = tr("Nothing changes: all of it is here already.")
LISTS_WAIT: Final = tr("Hash lists are taken in with a vault: name it and apply the file again.")
OLDER_SCHEMA: Final = tr(
    "Vaults that were opened with the version in force since do not open with the one that comes back. Apply the update again, or restore a backup from before."
)
BACK: Final = tr("What was in force before is in force again, from the next start on.")


def name_of(kind: str, name: str) -> str:
    """What a part is called; of hash lists there are several."""
    return f"{KINDS[kind]} {name}".rstrip()


def age(days: int | None, made: date | None, *, is_old: bool) -> str:
    """How old a part is."""
    if made is None:
        return tr("came with the program")
    if days is None:
        return day(made)
    told = tr_many("{count} day old", "{count} days old", days)
    return tr("{age}, older than it should be", age=told) if is_old else told


def changed(name: str, version: str, before: str | None) -> str:
    """A part that an update brings."""
    if before is None:
        return tr("{part}: {version}, new here", part=name, version=version)
    return tr("{part}: {version} after {before}", part=name, version=version, before=before)


def taken(lists: int) -> str:
    return tr_many("{count} hash list was taken in.", "{count} hash lists were taken in.", lists)


def dropped_signers(signers: int) -> str:
    return tr_many(
        "{count} kept signer was removed: its certificate is revoked.",
        "{count} kept signers were removed: their certificates are revoked.",
        signers,
    )
