"""What is said of the register of what left, and the words of notices to recipients.

Titles that the register keeps, and notices, which are signed and leave for other people, are in
English whatever language is spoken here.
"""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

KINDS: Mapping[str, str] = {
    "package": tr("intelligence package"),
    "operations": tr("message to the portal"),
    "courier": tr("courier bundle"),
    "case": tr("case handed over"),
    "table": tr("table"),
    "hash_list": tr("hash list"),
    "dossier": tr("dossier"),
    "audit_log": tr("audit log"),
    "certificate": tr("certificates of erasure"),
    "notice": tr("notice"),
    "provider_notice": tr("notice to a provider"),
    "receipt": tr("receipt for a package"),
}

OUTCOMES: Mapping[str, str] = {
    "left": tr_in("outcome", "left"),
    "not_left": tr_in("outcome", "did not leave"),
    "unknown": tr("not known whether it arrived; counts as left"),
}

HANDLINGS: Mapping[str, str] = {
    "open": tr_in("how a copy is dealt with", "open"),
    "notice_written": tr("notice written"),
    "handed_over": tr("notice handed over"),
    "acknowledged": tr_in("how a copy is dealt with", "acknowledged"),
    "not_needed": tr_in("how a copy is dealt with", "not needed"),
}

DID_NOT_LEAVE = "It did not leave, after all."
"""The reason that the register keeps."""
REGISTER = "Register of erasures"


def operations_sent(count: int) -> str:
    """The title of a message with operations."""
    return f"{count:,} {'operation' if count == 1 else 'operations'}"


def certificates(count: int) -> str:
    """The title of certificates of erasure that were handed out."""
    return f"{count:,} {'certificate' if count == 1 else 'certificates'} of erasure"


OPEN_COPIES = tr("recipient of an open copy")
SETTLING = tr("Settling what becomes of a copy")
HAND_IT_OVER = tr(
    "The file holds numbers, digests and reasons in the clear. Hand it over as you would a package, and note it: cport disclosures settle ID --as handed-over"
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
    things = "something that you have was" if count == 1 else f"{count:,} things that you have were"
    synthetic = ["SYNTHETIC: made by a demo vault, nothing in it is real", ""]
    return [
        *(synthetic if is_synthetic else []),
        f"Notice {number} of {at}",
        f"From: {agency}",
        f"To:   {recipient}",
        "",
        f"Since we gave it to you, {things} corrected or withdrawn.",
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


NOTHING_OPEN = tr(
    "Nobody has a copy of anything that was corrected or withdrawn since and not settled."
)
LEFT_OPEN = tr("This recipient has more open copies than one notice takes: write another.")


def known_since(since: str | None) -> str:
    """From when on the register is whole."""
    return tr(
        "Whole since {since}. Packages that left before that are listed as far as the audit log tells: with their reports, without revisions and files.",
        since=since,
    )


def became(change: str, left: int | None, now: int | None) -> str:
    """What became of something that somebody has a copy of."""
    revision = "?" if left is None else str(left)
    if change == "withdrawn":
        return tr("withdrawn (left as {revision})", revision=revision)
    return tr("corrected: {revision} → {now}", revision=revision, now=now)


def open_count(recipient: str, opened: int, waiting: int) -> str:
    """How much one recipient has that nobody has settled."""
    return tr(
        "{recipient}: {opened} to be told of, {waiting} under way",
        recipient=recipient,
        opened=amount(opened),
        waiting=amount(waiting),
    )


def settled(count: int, handling: str) -> str:
    """It is on record."""
    copies = tr_many("{count} copy", "{count} copies", count)
    return f"{copies}: {handling}."
