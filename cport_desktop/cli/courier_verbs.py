"""Verbs of the removable-media road, on both sides."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from cport_desktop.cli.answer import Answer, Json, Record
from cport_desktop.cli.portal_verbs import sync_answer
from cport_desktop.cli.printing import facts, table
from cport_desktop.cli.session import Session
from cport_desktop.clock import iso_utc
from cport_desktop.demo.courier_desk import CourierDesk, Terms
from cport_desktop.demo.gateway import open_gateway
from cport_desktop.sync.drive import parts_at
from cport_desktop.usecases.courier_status import CourierStatus, courier_status
from cport_desktop.usecases.receive_by_courier import Reception, receive_by_courier
from cport_desktop.usecases.send_by_courier import Dispatch, send_by_courier
from cport_desktop.usecases.synchronise import SyncResult
from cport_desktop.usecases.unit_rules import media_rules
from cport_desktop.words import courier as words


def send(session: Session) -> Answer:
    """`cport courier send FILE [--part-size SIZE] [--media LIMIT]`."""
    options = session.options
    with session.vault() as vault, session.progress() as announce:
        sent = send_by_courier(
            vault,
            Dispatch(
                path=options.needed_path("file"),
                part_size=_part_size(session),
                media_limit=_media_limit(session),
                announce=announce,
                is_cancelled=session.is_cancelled,
            ),
        )
    result = SyncResult(
        media_pending=sent.media_pending,
        media_not_granted=sent.media_not_granted,
        operations_sent=sent.operations_sent,
        cursor=sent.cursor,
    )
    fields: dict[str, Json] = {
        "bundle": sent.bundle,
        "sequence": sent.sequence,
        "files": _paths(sent.files),
        **_counts(result),
        "bytes": sent.bytes,
        "safe_to_unplug": True,
    }
    told = ("bundle", "sequence", "files", "bytes", "operations_sent", "media_pending")
    text = _text({name: fields[name] for name in told})
    return Answer(fields, words.lines(text, words.SAFE_TO_UNPLUG, words.TO_CARRY))


def receive(session: Session) -> Answer:
    """`cport courier receive FILE…`."""
    paths = _given(session)
    with (
        session.vault() as vault,
        closing(session.workstation.sandbox(media_rules(vault))) as sandbox,
        session.progress() as announce,
    ):
        received = receive_by_courier(
            vault, Reception(paths, sandbox, announce, session.is_cancelled)
        )
    result = sync_answer(received.result)
    fields: dict[str, Json] = {
        "bundle": received.bundle,
        "sequence": received.sequence,
        **result.fields,
        "already_applied": not received.is_new,
        "passed_over": received.passed_over,
    }
    said = words.RECEIVED if received.is_new else words.ALREADY_APPLIED
    more = words.from_later_version(received.passed_over)
    return Answer(fields, words.lines(said, more, result.text), result.exit_status)


def status(session: Session) -> Answer:
    """`cport courier status`."""
    with session.vault() as vault:
        found = courier_status(vault)
    items = [_sent(found, number) for number in range(len(found.sent))]
    received = found.received
    fields: dict[str, Json] = {
        "bundle": None if received is None else received.bundle,
        "sequence": 0 if received is None else received.sequence,
        "received_at": None if received is None else iso_utc(received.received_at),
        "issued_at": None if received is None else iso_utc(received.issued_at),
        "operations_waiting": found.operations_waiting,
        "media_pending": found.media_pending,
        "media_not_granted": found.media_not_granted,
        "cursor": found.cursor,
        "sent": items,
    }
    text = words.lines(
        _text({name: value for name, value in fields.items() if name != "sent"}),
        "",
        table(
            ("Sent", "Begun", "Written", "Operations", "Answered"),
            [
                (
                    str(bundle.sequence),
                    iso_utc(bundle.begun_at),
                    iso_utc(bundle.written_at) if bundle.written_at else words.CUT_OFF,
                    str(bundle.operations),
                    iso_utc(bundle.answered_at) if bundle.answered_at else words.NOT_ANSWERED,
                )
                for bundle in found.sent
            ],
        ),
    )
    return Answer(fields, text)


def answer(session: Session) -> Answer:
    """`cport gateway courier --data DIR IN… OUT`."""
    options = session.options
    gateway = open_gateway(
        options.needed_path("data"),
        reports=options.number("reports"),
        clock=session.workstation.clock,
    )
    with closing(gateway), session.progress() as announce:
        answered = CourierDesk(gateway).answer(
            _given(session),
            options.needed_path("out"),
            Terms(
                announce=announce,
                is_cancelled=session.is_cancelled,
                part_size=_part_size(session),
                media_limit=_media_limit(session),
            ),
        )
    fields: dict[str, Json] = {
        "station": answered.station,
        "sequence": answered.sequence,
        "files": _paths(answered.files),
        "batches": answered.batches,
        "media": answered.media,
        "operations": answered.operations,
        "is_again": answered.is_again,
        "safe_to_unplug": True,
    }
    is_enrolment = answered.sequence is None
    told = ("station", "files") if is_enrolment else tuple(fields)
    text = words.lines(
        words.SAME_ANSWER if answered.is_again else "",
        _text({name: fields[name] for name in told}),
        words.SAFE_TO_UNPLUG,
        words.TO_ENROL if is_enrolment else words.TO_BRING_BACK,
    )
    return Answer(fields, text)


def _sent(found: CourierStatus, number: int) -> Record:
    bundle = found.sent[number]
    return {
        "id": str(bundle.sequence),
        "bundle": bundle.bundle,
        "sequence": bundle.sequence,
        "begun_at": iso_utc(bundle.begun_at),
        "written_at": None if bundle.written_at is None else iso_utc(bundle.written_at),
        "answered_at": None if bundle.answered_at is None else iso_utc(bundle.answered_at),
        "parts": bundle.parts,
        "operations": bundle.operations,
    }


def _counts(result: SyncResult) -> Record:
    return {
        name: value
        for name, value in sync_answer(result).fields.items()
        if name not in ("anchoring", "bytes")
    }


def _given(session: Session) -> tuple[Path, ...]:
    files = (Path(text) for text in session.options.texts("files"))
    return tuple(part for path in files for part in parts_at(path))


def _part_size(session: Session) -> int | None:
    text = session.options.text("part_size")
    return None if text is None else int(text)


def _media_limit(session: Session) -> int | None:
    limit = session.options.number("media")
    return None if limit < 0 else limit


def _paths(files: tuple[Path, ...]) -> list[Json]:
    return [str(file.absolute()) for file in files]


def _text(fields: Record) -> str:
    shown = [
        (name.replace("_", " "), ", ".join(map(str, value)) if isinstance(value, list) else value)
        for name, value in fields.items()
        if name not in ("safe_to_unplug", "is_again")
    ]
    return facts([(name, words.NO_BUNDLE if value is None else value) for name, value in shown])
