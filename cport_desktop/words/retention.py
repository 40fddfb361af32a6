"""What is said about holds, periods and erasures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import tr, tr_many

TAKEN_BACK: Final = tr("Taken back here before the portal answered: the report was erased.")

A_HOLD: Final = tr("Placing a hold")
A_RELEASE: Final = tr("Releasing a hold")
AN_ERASURE: Final = tr("Erasing")

DOUBTS: Final[Mapping[str, str]] = {
    "behind_portal": tr("the portal has signed a later moment already."),
    "behind_log": tr("the vault’s own log has a later entry, so the clock went back."),
    "not_vouched": (
        tr("the portal has said nothing for more than seven days that would show it to be right.")
    ),
}
"""By the words of `domain.retention.ClockDoubt`."""

STANDINGS: Final[Mapping[str, str]] = {
    "due": tr("due"),
    "later": tr("later"),
    "held": tr("due, but under a legal hold"),
    "unsettled": tr("due, but an operation waits for the portal"),
    "unlimited": tr("no period applies"),
}
"""By the words of `domain.retention.Standing`."""


def period_ended(days: int) -> str:
    return tr_many(
        "The period of {count} day that the agreement states has ended.",
        "The period of {count} days that the agreement states has ended.",
        days,
    )


NOT_FINISHED: Final = tr(
    "Keys and rows are gone. What is left in files goes at the next opening of the vault; the certificate is made then."
)
FINISHING: Final = tr("the finishing of an erasure (its certificate is made at the next opening)")
NOTHING_DUE: Final = tr("Nothing was due.")


def due(count: int, *, is_all: bool) -> str:
    """`--count` takes the plain figure, so it stands there without marks."""
    told = tr_many(
        "{count} report is due. To erase it: --run --count {plain}.",
        "{count} reports are due. To erase them: --run --count {plain}.",
        count,
        plain=count,
    )
    return told if is_all else " ".join((told, tr("More are due than one run takes.")))


def unknown_scope(scope: str, clause: str) -> str:
    return tr(
        "Clause {clause} states a period for “{scope}”, which this version of the program does not know: it erases nothing by it, and somebody has to see to it.",
        clause=clause,
        scope=scope,
    )


def dry_run(count: int) -> str:
    return tr_many(
        "Nothing was erased. To erase it: --reason REASON --count {plain}.",
        "Nothing was erased. To erase them: --reason REASON --count {plain}.",
        count,
        plain=count,
    )


def erased(erasure: str, reports: int, media: int) -> str:
    return tr(
        "{erasure}: {reports} and {media_items} were erased.",
        erasure=erasure,
        reports=tr_many("{count} report", "{count} reports", reports),
        media_items=tr_many("{count} media item", "{count} media items", media),
    )
