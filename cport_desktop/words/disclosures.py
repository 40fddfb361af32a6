"""What is said of the register of what left, and the words of notices to recipients."""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "package": "intelligence package",
    "operations": "message to the portal",
    "courier": "courier bundle",
    "case": "case handed over",
    "table": "table",
    "hash_list": "hash list",
    "dossier": "dossier",
    "audit_log": "audit log",
    "certificate": "certificates of erasure",
    "notice": "notice",
}

OUTCOMES: Mapping[str, str] = {
    "left": "left",
    "not_left": "did not leave",
    "unknown": "not known whether it arrived; counts as left",
}

HANDLINGS: Mapping[str, str] = {
    "open": "open",
    "notice_written": "notice written",
    "handed_over": "notice handed over",
    "acknowledged": "acknowledged",
    "not_needed": "not needed",
}

DID_NOT_LEAVE = "It did not leave, after all."
REGISTER = "Register of erasures"


def operations_sent(count: int) -> str:
    """The title of a message with operations."""
    return "1 operation" if count == 1 else f"{count} operations"


def certificates(count: int) -> str:
    """The title of certificates of erasure that were handed out."""
    return "1 certificate of erasure" if count == 1 else f"{count} certificates of erasure"


OPEN_COPIES = "recipient of an open copy"
SETTLING = "Settling what becomes of a copy"
HAND_IT_OVER = (
    "The file holds numbers, digests and reasons in the clear. Hand it over as you would a package,"
    " and note it: cport disclosures settle ID --as handed-over"
)

NOTICE_FOOT = (
    "What to do: correct or erase your copies, tell whoever has them from you, and confirm this",
    "notice to the agency. Directive (EU) 2016/680, Art. 7(3) and 16(6), asks it of both sides.",
    "",
    "How to check this notice: openssl cms -verify -in FILE -CAfile AUTHORITY.pem -purpose any",
)


def notice_head(
    *, number: str, agency: str, recipient: str, at: str, count: int, is_synthetic: bool
) -> list[str]:
    """How a notice begins."""
    things = "something that you have was" if count == 1 else f"{count} things that you have were"
    return [
        *(["SYNTHETIC: made by a demo vault, nothing in it is real", ""] if is_synthetic else []),
        f"Notice {number} of {at}",
        f"From: {agency}",
        f"To:   {recipient}",
        "",
        f"Since we gave it to you, {things} corrected or withdrawn by the hotline.",
    ]


def noticed_change(item: str, change: str, *, at: str, left: int | None, now: int | None) -> str:
    """What became of one thing."""
    had = "in a revision that was not noted" if left is None else f"in revision {left}"
    if change == "withdrawn":
        return f"{item} was withdrawn on {at}. You have it {had}."
    return f"{item} was corrected on {at}. You have it {had}; revision {now} stands."


def noticed_copy(title: str, at: str, number: str, sha256: str | None) -> str:
    """Where the recipient finds it."""
    found = "" if sha256 is None else f", SHA-256 of the file {sha256}"
    return f"  in: {title} of {at} ({number}{found})"


def noticed_reason(reason: str) -> str:
    """Why, in the hotline's words."""
    return f"  reason: {reason}"


def noticed_file(item: str, sha256: str | None) -> str:
    """A file that left with it."""
    digest = "erased here since, digest not kept" if sha256 is None else f"SHA-256 {sha256}"
    return f"  file: {item} ({digest})"


def notice_subject(number: str) -> str:
    """The subject of the message that carries a notice; no signature protects it."""
    return f"Notice {number}"


NOTHING_OPEN = (
    "Nobody has a copy of anything that was corrected or withdrawn since and not settled."
)
LEFT_OPEN = "This recipient has more open copies than one notice takes: write another."


def known_since(since: str | None) -> str:
    """From when on the register is whole."""
    return (
        f"Whole since {since}. Packages that left before that are listed as far as the audit log"
        " tells: with their reports, without revisions and files."
    )


def became(change: str, left: int | None, now: int | None) -> str:
    """What became of something that somebody has a copy of."""
    had = "?" if left is None else str(left)
    return f"withdrawn (left as {had})" if change == "withdrawn" else f"corrected: {had} → {now}"


def open_count(recipient: str, opened: int, waiting: int) -> str:
    """How much one recipient has that nobody has settled."""
    return f"{recipient}: {opened} to be told of, {waiting} under way"


def settled(count: int, handling: str) -> str:
    """It is on record."""
    return f"{'1 copy' if count == 1 else f'{count} copies'}: {handling}."
