"""What people read about signers of packages and about time stamps."""

from __future__ import annotations

from cport_desktop.words.tongue import tr


def question_written(name: str) -> str:
    return tr(
        "{name} holds the question. Have an authority answer it, and give the answer with --answer.",
        name=name,
    )


def stamped(name: str, authority: str, moment: str) -> str:
    return tr(
        "{name}: {authority} says that the package existed at {moment}. Hand it on beside the package.",
        name=name,
        authority=authority,
        moment=moment,
    )


def pin_of(label: str) -> str:
    return tr("PIN of {label}: ", label=label)
