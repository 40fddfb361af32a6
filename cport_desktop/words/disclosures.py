"""What is said of the register of what left, and the words of notices to recipients."""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import tr, tr_many

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
}

OUTCOMES: Mapping[str, str] = {
    "left": tr("left"),
    "not_left": tr("did not leave"),
    "unknown": tr("not known whether it arrived; counts as left"),
}

HANDLINGS: Mapping[str, str] = {
    "open": tr("open"),
    "notice_written": tr("notice written"),
    "handed_over": tr("notice handed over"),
    "acknowledged": tr("acknowledged"),
    "not_needed": tr("not needed"),
}

DID_NOT_LEAVE = tr("It did not leave, after all.")
REGISTER = tr("Register of erasures")


def operations_sent(count: int) -> str:
    """The title of a message with operations."""
    return tr_many("{count} operation", "{count} operations", count)


def certificates(count: int) -> str:
    """The title of certificates of erasure that were handed out."""
    return tr_many("{count} certificate of erasure", "{count} certificates of erasure", count)


OPEN_COPIES = tr("recipient of an open copy")
SETTLING = tr("Settling what becomes of a copy")
HAND_IT_OVER = tr(
    "The file holds numbers, digests and reasons in the clear. Hand it over as you would a package, and note it: cport disclosures settle ID --as handed-over"
)

NOTICE_FOOT = (
    tr(
        "What to do: correct or erase your copies, tell whoever has them from you, and confirm this"
    ),
    tr(
        "notice to the agency. Directive (EU) 2016/680, Art. 7(3) and 16(6), asks it of both sides."
    ),
    "",
    tr("How to check this notice: openssl cms -verify -in FILE -CAfile AUTHORITY.pem -purpose any"),
)


def notice_head(
    *, number: str, agency: str, recipient: str, at: str, count: int, is_synthetic: bool
) -> list[str]:
    """How a notice begins."""
    things = tr_many("something that you have was", "{count} things that you have were", count)
    return [
        *(
            [tr("SYNTHETIC: made by a demo vault, nothing in it is real"), ""]
            if is_synthetic
            else []
        ),
        tr("Notice {number} of {at}", number=number, at=at),
        tr("From: {agency}", agency=agency),
        tr("To:   {recipient}", recipient=recipient),
        "",
        tr(
            "Since we gave it to you, {things} corrected or withdrawn by the hotline.",
            things=things,
        ),
    ]


def noticed_change(item: str, change: str, *, at: str, left: int | None, now: int | None) -> str:
    """What became of one thing."""
    had = (
        tr("in a revision that was not noted")
        if left is None
        else tr("in revision {left}", left=left)
    )
    if change == "withdrawn":
        return tr("{item} was withdrawn on {at}. You have it {had}.", item=item, at=at, had=had)
    return tr(
        "{item} was corrected on {at}. You have it {had}; revision {now} stands.",
        item=item,
        at=at,
        had=had,
        now=now,
    )


def noticed_copy(title: str, at: str, number: str, sha256: str | None) -> str:
    """Where the recipient finds it."""
    found = "" if sha256 is None else tr(", SHA-256 of the file {sha256}", sha256=sha256)
    return tr(
        "  in: {title} of {at} ({number}{found})", title=title, at=at, number=number, found=found
    )


def noticed_reason(reason: str) -> str:
    """Why, in the hotline's words."""
    return tr("  reason: {reason}", reason=reason)


def noticed_file(item: str, sha256: str | None) -> str:
    """A file that left with it."""
    digest = (
        tr("erased here since, digest not kept")
        if sha256 is None
        else tr("SHA-256 {sha256}", sha256=sha256)
    )
    return tr("  file: {item} ({digest})", item=item, digest=digest)


def notice_subject(number: str) -> str:
    """The subject of the message that carries a notice; no signature protects it."""
    return tr("Notice {number}", number=number)


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
    had = "?" if left is None else str(left)
    return (
        tr("withdrawn (left as {had})", had=had)
        if change == "withdrawn"
        else tr("corrected: {had} → {now}", had=had, now=now)
    )


def open_count(recipient: str, opened: int, waiting: int) -> str:
    """How much one recipient has that nobody has settled."""
    return tr(
        "{recipient}: {opened} to be told of, {waiting} under way",
        recipient=recipient,
        opened=opened,
        waiting=waiting,
    )


def settled(count: int, handling: str) -> str:
    """It is on record."""
    return f"{tr_many('{count} copy', '{count} copies', count)}: {handling}."
