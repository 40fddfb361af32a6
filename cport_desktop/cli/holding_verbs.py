"""Who has it, and how that is known: `disclosures who`, `receipt`, `received`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from cport_desktop.cli.answer import Answer, Json
from cport_desktop.cli.disclosure_verbs import receipt_fields
from cport_desktop.cli.key_files import read_key_file
from cport_desktop.cli.printing import table
from cport_desktop.cli.session import Session
from cport_desktop.clock import iso_utc
from cport_desktop.domain.disclosure import DisclosureId, Holding
from cport_desktop.domain.imported import ImportRecord
from cport_desktop.errors import ValueUnknown
from cport_desktop.usecases import package_receipts
from cport_desktop.usecases.package_receipts import Noted
from cport_desktop.usecases.who_has import who_has
from cport_desktop.words import disclosures as words
from cport_desktop.words import known_acts, receipts


def who(session: Session) -> Answer:
    """`cport disclosures who REF`."""
    with session.vault() as vault:
        found = who_has(vault, session.options.required("ref"))
    fields: dict[str, Json] = {
        "ref": found.named.reference,
        "sha256": found.named.sha256,
        "recipients": list(found.recipients),
        "items": [_copy(copy) for copy in found.copies],
        "senders": [_sender(each) for each in found.senders],
        "total": len(found.copies),
        "next": None,
        "elapsed_ms": session.elapsed_ms,
    }
    brought = _brought(found.senders)
    if not found.copies:
        return Answer(fields, "\n\n".join([receipts.nobody_has(found.named.reference), *brought]))
    lines = [
        (
            copy.recipient.name,
            iso_utc(copy.at),
            words.KINDS[copy.kind.value],
            copy.title,
            copy.disclosure_id,
            "" if copy.item is None else copy.item.reference,
            "" if copy.item is None or copy.item.revision is None else str(copy.item.revision),
            "" if copy.handling is None else words.HANDLINGS[copy.handling.value],
            ", ".join(one.received_by for one in copy.received),
        )
        for copy in found.copies
    ]
    heads = ("To", "Left (UTC)", "What", "Title", "Id", "Item", "Revision", "Affected", "Received")
    return Answer(fields, "\n\n".join([table(heads, lines), *brought]))


def take_in_receipt(session: Session) -> Answer:
    """`cport disclosures receipt FILE --trust CA [--recipient NAME]`."""
    options = session.options
    trust = read_key_file(options.needed_path("trust"))
    with session.vault() as vault:
        noted, _ = package_receipts.take_in_receipt(
            vault, options.needed_path("file"), trust=trust, recipient=options.text("recipient")
        )
    return _noted(noted)


def note_receipt(session: Session) -> Answer:
    """`cport disclosures received D-… --by PERSON --on WHEN [--recipient NAME]`."""
    options = session.options
    with session.vault() as vault:
        noted, _ = package_receipts.note_receipt(
            vault,
            DisclosureId(options.required("disclosure")),
            recipient=options.text("recipient"),
            received_by=options.required("by"),
            received_at=_moment(options.required("on")),
        )
    return _noted(noted)


def _noted(noted: Noted) -> Answer:
    fields: dict[str, Json] = {
        "disclosure": noted.disclosure_id,
        "recipient": noted.recipient,
        "received_by": noted.received_by,
        "received_at": iso_utc(noted.received_at),
        "signer": noted.signer,
        "is_new": noted.is_new,
    }
    text = receipts.noted(noted.recipient, noted.received_by, iso_utc(noted.received_at))
    return Answer(fields, text if noted.is_new else receipts.already_noted())


def _brought(senders: Sequence[ImportRecord]) -> list[str]:
    """The packages that brought it, if any did."""
    if not senders:
        return []
    rows = [(each.agency, iso_utc(each.at), each.title, each.signer) for each in senders]
    told = table(("From", "Taken in (UTC)", "Package", "Signer"), rows)
    return [f"{known_acts.senders(len(senders))}\n{told}"]


def _sender(each: ImportRecord) -> dict[str, Json]:
    return {
        "agency": each.agency,
        "title": each.title,
        "signer": each.signer,
        "taken_in_at": iso_utc(each.at),
        "sha256": each.sha256,
    }


def _copy(copy: Holding) -> dict[str, Json]:
    item = copy.item
    return {
        "id": copy.disclosure_id,
        "recipient": copy.recipient.name,
        "key": copy.recipient.key,
        "at": iso_utc(copy.at),
        "kind": copy.kind.value,
        "title": copy.title,
        "outcome": copy.outcome.value,
        "item": None if item is None else item.reference,
        "revision": None if item is None else item.revision,
        "sha256": None if item is None else item.sha256,
        "within": None if item is None else item.within,
        "affected": None if copy.handling is None else copy.handling.value,
        "receipts": [receipt_fields(one) for one in copy.received],
    }


def _moment(text: str) -> datetime:
    """A date is its beginning, and UTC."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        accepted = "2026-12-24, 2026-12-24T12:00:00Z"
        raise ValueUnknown(what="time", value=text, accepted=accepted) from error
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
