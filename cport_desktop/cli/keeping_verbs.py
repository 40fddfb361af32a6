"""Verbs that keep a vault: backup, restore, drill, check, rebuild."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from cport_desktop.cli.answer import CHECK_FAILED, Answer, Json
from cport_desktop.cli.printing import facts, safe, table
from cport_desktop.cli.session import PROGRAM, Session
from cport_desktop.domain.keeping import BackedUp, Finding, Restored
from cport_desktop.errors import KeyFileMalformed, ValueUnknown
from cport_desktop.formats.erasure_notes import LONGEST_REGISTER
from cport_desktop.usecases import inspect_vault
from cport_desktop.usecases.back_up import back_up
from cport_desktop.usecases.drill_restore import DrillOrder, drill_restore
from cport_desktop.usecases.rebuild_derivatives import rebuild_derivatives
from cport_desktop.usecases.restore_vault import RestoreOrder, restore_vault
from cport_desktop.usecases.unit_rules import media_rules
from cport_desktop.vault.soundness import Part
from cport_desktop.words import keeping as words


def backup(session: Session) -> Answer:
    """`cport vault backup FILE [--since BASE]`: exit 7 if the vault itself has lost something."""
    options = session.options
    with session.vault() as vault, session.progress() as announce:
        done = back_up(
            vault,
            options.needed_path("file"),
            since=options.path("since"),
            announce=announce,
            is_cancelled=session.is_cancelled,
        )
    status = CHECK_FAILED if done.faults else 0
    fields: dict[str, Json] = {**asdict(done), "path": str(done.path.absolute())}
    return Answer({**fields, "verified": True}, _of_backup(done), status)


def restore(session: Session) -> Answer:
    """`cport vault restore FILE DIR [--base FILE …]`: exit 7 if something was found wrong."""
    options = session.options
    order = RestoreOrder(
        file=options.needed_path("file"),
        directory=options.needed_path("directory"),
        secret=session.secret(),
        bases=_paths(session, "base"),
        slot=options.slot,
        erasures=tuple(_register(path) for path in _paths(session, "erasures")),
        marks=session.workstation.settings.marks,
    )
    with session.progress() as announce:
        done = restore_vault(
            order,
            clock=session.workstation.clock,
            program=PROGRAM,
            announce=announce,
            is_cancelled=session.is_cancelled,
        )
    fields: dict[str, Json] = {
        **asdict(done),
        "directory": str(done.directory.absolute()),
        "findings": _findings(done.findings),
    }
    return Answer(fields, _of_restore(done), CHECK_FAILED if done.findings else 0)


def drill(session: Session) -> Answer:
    """`cport vault drill [FILE]`: exit 7 if the backup does not give back what it should."""
    options, secret = session.options, session.secret()
    with session.vault(secret=secret) as vault, session.progress() as announce:
        order = DrillOrder(
            file=options.path("file"),
            bases=_paths(session, "base"),
            secret=secret,
            slot=options.slot,
        )
        done = drill_restore(vault, order, announce=announce, is_cancelled=session.is_cancelled)
    fields: dict[str, Json] = {
        "ok": not done.findings,
        "file": str(done.file.absolute()),
        "backup": done.backup,
        "made_at": done.made_at,
        "blobs": done.blobs,
        "size": done.size,
        "proved": list(done.proved),
        "findings": _findings(done.findings),
    }
    lines = [words.drilled(done.backup, done.made_at), *(f"✓ {said}" for said in done.proved)]
    text = "\n".join([*lines, *_lines_of(done.findings)])
    return Answer(fields, text, CHECK_FAILED if done.findings else 0)


def check(session: Session) -> Answer:
    """`cport vault check [--deep] [--part N/M] [--restart]`: exit 7 if anything is wrong."""
    options = session.options
    part = _part(options.text("part"))
    with session.vault() as vault, session.progress() as announce:
        findings = inspect_vault.check_vault(
            vault,
            deep=options.flag("deep") or part is not None,
            announce=announce,
            is_cancelled=session.is_cancelled,
            part=part,
            restart=options.flag("restart"),
        )
    fields: dict[str, Json] = {"ok": not findings, "findings": _findings(findings)}
    if not findings:
        return Answer(fields, words.NO_FAULT)
    return Answer(fields, _table_of(findings), CHECK_FAILED)


def rebuild(session: Session) -> Answer:
    """`cport vault rebuild`: exit 7 if pictures of some files could not be made."""
    with (
        session.vault() as vault,
        closing(session.workstation.sandbox(media_rules(vault))) as sandbox,
        session.progress() as announce,
    ):
        done = rebuild_derivatives(
            vault, sandbox, announce=announce, is_cancelled=session.is_cancelled
        )
    fields: dict[str, Json] = {
        "made": done.made,
        "failed": list(done.failed),
        "begun_anew": done.begun_anew,
    }
    text = words.rebuilt(done.made, done.failed)
    return Answer(fields, text, CHECK_FAILED if done.failed else 0)


def _of_backup(done: BackedUp) -> str:
    lines: list[tuple[str, object]] = [
        ("backup", str(done.path)),
        ("id", done.backup),
        ("made", done.made_at),
        ("bytes", done.size),
        ("sha256", done.sha256),
        ("media files", f"{done.blobs:,} ({done.blobs_here:,} in this file)"),
        ("needs for restoring", words.files_needed(done.needed)),
    ]
    faults = [f"! {safe(fault)}" for fault in done.faults]
    told = [words.READ_BACK, words.KEEPS_ITS_KEY]
    if done.is_on_same_disk:
        told.append(words.SAME_DISK)
    return "\n".join([facts(lines), *told, *faults])


def _of_restore(done: Restored) -> str:
    lines: list[tuple[str, object]] = [
        ("vault", str(done.directory)),
        ("id", done.vault),
        ("state of", done.made_at),
        ("media files", done.blobs),
        ("entries of the log", done.log_size),
        ("reports erased again", done.erased_again),
        ("lineage of the log", done.lineage),
    ]
    return "\n".join([facts(lines), words.RESTORED, *_lines_of(done.findings)])


def _findings(findings: Sequence[Finding]) -> list[Json]:
    return [{"where": found.where, "what": found.what} for found in findings]


def _lines_of(findings: Sequence[Finding]) -> list[str]:
    return [_table_of(findings)] if findings else []


def _table_of(findings: Sequence[Finding]) -> str:
    return table(("Where", "What"), [(found.where, found.what) for found in findings])


def _paths(session: Session, name: str) -> tuple[Path, ...]:
    return tuple(Path(text) for text in session.options.texts(name))


def _register(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST_REGISTER + 1)
    except OSError as error:
        raise KeyFileMalformed(what=path.name) from error


def _part(text: str | None) -> Part | None:
    if text is None:
        return None
    number, _, count = text.partition("/")
    try:
        return Part(int(number), int(count))
    except ValueError as error:
        raise ValueUnknown(what=words.A_PART, value=text, accepted="1/40 … 40/40") from error
