"""Verbs of the register of what left: looked at, and chased."""

from __future__ import annotations

from datetime import UTC, datetime

from cport_desktop.cli.answer import Answer, Json, listing
from cport_desktop.cli.freshness import dated, heard
from cport_desktop.cli.printing import facts, table
from cport_desktop.cli.session import Session, media_id, report_id
from cport_desktop.clock import iso_utc
from cport_desktop.domain.disclosure import (
    MEDIA,
    REPORT,
    Affected,
    AffectedId,
    DisclosedItem,
    DisclosureId,
    DisclosureKind,
    EnteredDisclosure,
    Handling,
    Received,
    Recipient,
)
from cport_desktop.domain.freshness import Table
from cport_desktop.domain.ids import media_reference, report_reference
from cport_desktop.errors import ValueUnknown
from cport_desktop.usecases import chase, read_disclosures
from cport_desktop.usecases import compose_package as packages
from cport_desktop.usecases.chase import NoticeOrder
from cport_desktop.vault.disclosures import Wanted
from cport_desktop.words import disclosures as words
from cport_desktop.words import receipts


def show_all(session: Session) -> Answer:
    """`cport disclosures list [--recipient R] [--report REF] [--kind K]`."""
    options = session.options
    with session.vault() as vault:
        found = read_disclosures.list_disclosures(
            vault, _wanted(session), limit=options.number("limit"), after=options.text("after")
        )
    since = None if found.since is None else iso_utc(found.since)
    text = table(
        ("Id", "Left (UTC)", "What", "Title", "To", "Items", "Affected", "State"),
        [_line(entered) for entered in found.page.rows],
    )
    return listing(
        [_entered(entered) for entered in found.page.rows],
        text=f"{text}\n\n{words.known_since(since)}",
        total=None,
        next_cursor=found.page.next_cursor,
        elapsed_ms=found.page.elapsed_ms,
        more={"known_since": since},
    )


def show_one(session: Session) -> Answer:
    """`cport disclosures show D-…`."""
    number = DisclosureId(session.options.required("disclosure"))
    with session.vault() as vault:
        record = read_disclosures.show_disclosure(vault, number)
    fields: dict[str, Json] = {
        **_entered(record.entered),
        "actor": record.actor,
        "receipts": [receipt_fields(one) for one in record.received],
        "contents": [_item(item) for item in record.items],
    }
    apart = ("contents", "receipts")
    shown = [(name, _flat(value)) for name, value in fields.items() if name not in apart]
    shown += [
        ("received", receipts.noted(one.recipient, one.received_by, iso_utc(one.received_at)))
        for one in record.received
    ]
    rows = [
        (
            item.reference,
            item.kind,
            item.within or "",
            "" if item.revision is None else str(item.revision),
            item.sha256 or "",
        )
        for item in record.items
    ]
    held = table(("Item", "Kind", "With", "Revision", "SHA-256"), rows)
    return Answer(fields, f"{facts(shown)}\n\n{held}")


def receipt_fields(one: Received) -> dict[str, Json]:
    """One receipt, as `show` and `who` tell it."""
    return {
        "recipient": one.recipient,
        "received_by": one.received_by,
        "received_at": iso_utc(one.received_at),
        "signer": one.signer,
        "noted_by": one.noted_by,
        "noted_at": iso_utc(one.noted_at),
    }


def affected(session: Session) -> Answer:
    """`cport disclosures affected [--recipient R] [--settled]`."""
    options = session.options
    with session.vault() as vault:
        found = read_disclosures.list_affected(
            vault,
            limit=options.number("limit"),
            after=options.text("after"),
            recipient=options.text("recipient"),
            with_settled=options.flag("settled"),
        )
        freshness = heard(session, vault)
    text = table(
        ("Id", "Item", "What became of it", "Left in", "To", "State", "Reason"),
        [_copy_line(copy) for copy in found.page.rows],
    )
    counts = [
        words.open_count(count.recipient, count.open, count.waiting) for count in found.by_recipient
    ]
    answer = listing(
        [_copy(copy) for copy in found.page.rows],
        text="\n".join([text, "", *(counts or [words.NOTHING_OPEN])]),
        total=None,
        next_cursor=found.page.next_cursor,
        elapsed_ms=found.page.elapsed_ms,
        more={
            "by_recipient": [
                {"recipient": count.recipient, "open": count.open, "waiting": count.waiting}
                for count in found.by_recipient
            ]
        },
    )
    return dated(answer, freshness, Table.REPORTS)


def notice(session: Session) -> Answer:
    """`cport disclosures notice RECIPIENT --out FILE [--again]`."""
    options = session.options
    with session.vault() as vault:
        order = NoticeOrder(
            recipient=options.required("recipient"),
            path=options.needed_path("out"),
            signer=packages.own_signer(vault, session.workstation.signer),
            again=options.flag("again"),
        )
        written = chase.write_notice(vault, order)
    fields: dict[str, Json] = {
        "notice": written.notice_id,
        "file": str(written.path.absolute()),
        "sha256": written.sha256,
        "recipient": order.recipient,
        "copies": list(written.copies),
        "left_open": written.left_open,
        "signer": written.signer,
    }
    lines = [
        facts([(name, _flat(value)) for name, value in fields.items()]),
        "",
        words.HAND_IT_OVER,
    ]
    lines += [words.LEFT_OPEN] if written.left_open else []
    return Answer(fields, "\n".join(lines))


def settle(session: Session) -> Answer:
    """`cport disclosures settle ID… --as handed-over|acknowledged|not-needed [--reason R]`."""
    options = session.options
    copies = tuple(AffectedId(text) for text in options.texts("copies"))
    handling = _handling(options.required("handling"))
    with session.vault() as vault:
        chase.settle(vault, copies, handling, reason=options.text("reason"))
    fields: dict[str, Json] = {"copies": list(copies), "handling": handling.value}
    return Answer(fields, words.settled(len(copies), words.HANDLINGS[handling.value]))


def _wanted(session: Session) -> Wanted:
    options = session.options
    report, kind = options.text("report"), options.text("kind")
    media, sha256 = options.text("media"), options.text("sha256")
    item = None if report is None else (REPORT, report_reference(report_id(report)))
    if media is not None:
        item = (MEDIA, media_reference(media_id(media)))
    return Wanted(
        recipient=options.text("recipient"),
        kind=None if kind is None else _kind(kind),
        item=item,
        text=options.text("words"),
        sha256=None if sha256 is None else _sha256(sha256),
        since=_moment(session, "since"),
        until=_moment(session, "until"),
    )


def _sha256(text: str) -> str:
    digest = text.strip().lower()
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise ValueUnknown(what="digest", value=text, accepted="SHA-256")
    return digest


def _moment(session: Session, name: str) -> datetime | None:
    """A date is its beginning, and UTC."""
    text = session.options.text(name)
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        accepted = "2026-12-24, 2026-12-24T12:00:00Z"
        raise ValueUnknown(what="time", value=text, accepted=accepted) from error
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _kind(text: str) -> DisclosureKind:
    word = text.replace("-", "_")
    if word not in set(DisclosureKind):
        accepted = ", ".join(kind.value for kind in DisclosureKind)
        raise ValueUnknown(what="kind of disclosure", value=text, accepted=accepted)
    return DisclosureKind(word)


def _handling(text: str) -> Handling:
    word = text.replace("-", "_")
    if word not in {one.value for one in chase.SETTLED_AS}:
        accepted = ", ".join(one.value.replace("_", "-") for one in chase.SETTLED_AS)
        raise ValueUnknown(what="settling", value=text, accepted=accepted)
    return Handling(word)


def _line(entered: EnteredDisclosure) -> tuple[str, ...]:
    return (
        entered.disclosure_id,
        iso_utc(entered.at),
        words.KINDS[entered.kind.value],
        entered.title,
        ", ".join(recipient.name for recipient in entered.recipients),
        f"{entered.items:,}",
        str(entered.open_items or ""),
        words.OUTCOMES[entered.outcome.value],
    )


def _copy_line(copy: Affected) -> tuple[str, ...]:
    return (
        copy.affected_id,
        copy.reference,
        words.became(copy.change.value, copy.revision_left, copy.revision_now),
        f"{copy.title} ({copy.disclosure_id})",
        copy.recipient,
        words.HANDLINGS[copy.handling.value],
        copy.reason or "",
    )


def _entered(entered: EnteredDisclosure) -> dict[str, Json]:
    return {
        "id": entered.disclosure_id,
        "at": iso_utc(entered.at),
        "kind": entered.kind.value,
        "title": entered.title,
        "recipients": [_recipient(recipient) for recipient in entered.recipients],
        "clause": entered.clause,
        "reason": entered.reason,
        "sha256": entered.sha256,
        "outcome": entered.outcome.value,
        "items": entered.items,
        "affected_open": entered.open_items,
        "is_from_log": entered.is_from_log,
    }


def _recipient(recipient: Recipient) -> dict[str, Json]:
    return {"name": recipient.name, "key": recipient.key}


def _item(item: DisclosedItem) -> dict[str, Json]:
    return {
        "kind": item.kind,
        "item": item.reference,
        "revision": item.revision,
        "sha256": item.sha256,
        "within": item.within,
    }


def _copy(copy: Affected) -> dict[str, Json]:
    return {
        "id": copy.affected_id,
        "disclosure": copy.disclosure_id,
        "title": copy.title,
        "left_at": iso_utc(copy.left_at),
        "recipient": copy.recipient,
        "kind": copy.kind,
        "item": copy.reference,
        "change": copy.change.value,
        "revision_left": copy.revision_left,
        "revision_now": copy.revision_now,
        "changed_at": iso_utc(copy.changed_at),
        "heard_at": iso_utc(copy.heard_at),
        "reason": copy.reason,
        "handling": copy.handling.value,
        "note": copy.note,
        "notice": copy.notice,
    }


def _flat(value: Json) -> object:
    if isinstance(value, list | tuple):
        return ", ".join(
            str(part["name"]) if isinstance(part, dict) and "name" in part else str(part)
            for part in value
        )
    return "" if value is None else value
