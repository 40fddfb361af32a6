"""Sentences about hash lists that leave: formats, what they lose, versions, withdrawal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_many

A_VERSION = tr("version of the list")
A_FORMAT = tr("format of a hash list")
NONE_NAMED = tr("none has a name")
EXPORTING = tr("Exporting a hash list")
MAKING = tr("Making a hash list")

_LOST: Final[Mapping[str, str]] = {
    "entry": tr("whole entries, since they have no digest of this format"),
    "removed": tr("that entries are on the list no more"),
    "name": tr("names of files"),
    "name_changed": tr("names as they are: what ends a line is written out"),
    "guarded": tr("texts as they are: an apostrophe keeps them from being formulas"),
    "size": tr("sizes"),
    "media_type": tr("kinds of files"),
    "category": tr("categories"),
    "region": tr("of which region categories are"),
    "quality": tr("quality of digests"),
    "classification": tr("classes"),
    "source": tr("who contributed them"),
    "feedback": tr("feedback"),
    "more": tr("particulars of their own list"),
}


def lost(what: str, count: int) -> str:
    """What a format could not carry (a word, or `digest:` and an algorithm), of how many entries."""
    kind, _, algorithm = what.partition(":")
    told = tr("digests ({algorithm})", algorithm=algorithm) if algorithm else _LOST.get(kind, kind)
    return tr_many("{what}: {count} entry", "{what}: {count} entries", count, what=told)


def all_lost(losses: Iterable[tuple[str, int]]) -> str:
    """All of it in one sentence; empty if there was nothing."""
    told = "; ".join(lost(what, count) for what, count in losses)
    return tr("Not carried by this format: {losses}.", losses=told) if told else ""


def exported(entries: int, removed: int) -> str:
    """What stands in the file."""
    told = tr_many("{count} entry is in the file.", "{count} entries are in the file.", entries)
    if not removed:
        return told
    return f"{told} " + tr_many(
        "{count} of them is marked as removed.", "{count} of them are marked as removed.", removed
    )


def title(name: str, version: str, form: str) -> str:
    """What the register calls a list that left; in English, as the register is kept."""
    return f"{name} {version}".strip() + f" ({form})"


MADE_HERE = tr("it was made here of contents: make another, and withdraw this one")


def superseded(version: str) -> str:
    """Why an earlier version stands no more; in English, as the register is kept."""
    return f"superseded by version {version}" if version else "superseded by a newer version"


UNSIGNED = tr("The manifest is not signed, since no signer was named.")


def change_of_version(added: int, removed: int) -> str:
    """How a version differs from the one before it."""
    return tr("{added} added, {removed} removed", added=amount(added), removed=amount(removed))


TOO_LARGE = tr("it is longer than a list of entries may be")


def reached(
    *, entries: int, contents: int, no_more: int, copies: int, contributions: int
) -> list[str]:
    """What a withdrawal changes, a sentence each."""
    told = [
        tr_many("{count} entry stands no more.", "{count} entries stand no more.", entries),
        tr_many("{count} file was found by it.", "{count} files were found by it.", contents)
        + " "
        + tr_many(
            "{count} of them is on no other list, and is known no more.",
            "{count} of them are on no other list, and are known no more.",
            no_more,
        ),
    ]
    if copies:
        told.append(
            tr_many(
                "{count} thing that left has it, or a file that was known by it: its recipients are to be told.",
                "{count} things that left have it, or a file that was known by it: their recipients are to be told.",
                copies,
            )
        )
    else:
        told.append(tr("Nobody has a copy of it."))
    if contributions:
        told.append(
            tr_many(
                "{count} contribution to a shared list has digests of it: give notice of a false positive there.",
                "{count} contributions to shared lists have digests of it: give notice of a false positive there.",
                contributions,
            )
        )
    return told


def unknown_lines(count: int) -> str:
    """Lines that named nothing."""
    return tr_many(
        "{count} line names no entry that stands.",
        "{count} lines name no entry that stands.",
        count,
    )
