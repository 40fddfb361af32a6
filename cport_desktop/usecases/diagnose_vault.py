"""How an open vault is kept: who can open it, when it was backed up, tried and checked last."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime, timedelta

from cport_desktop.clock import iso_utc
from cport_desktop.domain.agreement_versions import StateKind
from cport_desktop.domain.keeping import Diagnosis, Verdict
from cport_desktop.usecases.agreement_state import agreement_notice
from cport_desktop.usecases.rebuild_derivatives import missing_of
from cport_desktop.vault import keeping
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.keeping import KeepingRecord, Kept
from cport_desktop.vault.migrations import schema_version
from cport_desktop.vault.restoring import SPARE
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.vault.vault_files import faults_of_folder
from cport_desktop.words import diagnosis as words

BACKUP_DAYS = 7
"""What somebody would have to do again, at worst: a week's work."""
DRILL_DAYS = 90
CHECK_DAYS = 30
KEY_DAYS = 730
"""Judgement: people leave, and what they saw should age."""


def diagnose_vault(vault: Vault, *, now: datetime) -> tuple[Diagnosis, ...]:
    """Everything about the open vault that whoever keeps it should know."""
    with vault.reader() as reader:
        return (
            _slots(vault, reader),
            _key_age(vault, now),
            _backup(keeping.last(reader, Kept.BACKUP), now),
            _drill(keeping.last(reader, Kept.DRILL), now),
            _check(vault, keeping.last(reader, Kept.CHECK), now),
            _files(vault),
            _pictures(vault),
            _schema(reader),
            _room_for_a_copy(vault),
            _mark(vault),
            *_agreement(vault),
        )


def _agreement(vault: Vault) -> tuple[Diagnosis, ...]:
    """None in a vault that is not enrolled. One that is over is no fault of this machine."""
    notice = agreement_notice(vault)
    if notice.state.version is None:
        return ()
    is_fine = notice.state.kind is StateKind.IN_FORCE and notice.state.waiting is None
    verdict = Verdict.OK if is_fine else Verdict.WARNING
    return (Diagnosis("vault.agreement", words.AGREEMENT, verdict, notice.sentence, notice.advice),)


def _slots(vault: Vault, reader: Reader) -> Diagnosis:
    rows = reader.connection.execute("SELECT slot, opened_at, tested_at FROM slot_use").fetchall()
    used = {slot: (opened, tested) for slot, opened, tested in rows}
    told = []
    for slot in vault.header.slots:
        opened, tested = used.get(slot.slot, (None, None))
        told.append(words.slot(slot.kind, slot.name, _day(opened), _day(tested)))
    has_recovery = any(slot.kind == "recovery" for slot in vault.header.slots)
    verdict = Verdict.OK if has_recovery else Verdict.WARNING
    advice = "" if has_recovery else words.NO_RECOVERY
    return Diagnosis("vault.slots", words.SLOTS, verdict, "; ".join(told), advice)


def _key_age(vault: Vault, now: datetime) -> Diagnosis:
    made_at = datetime.fromisoformat(vault.header.header.rekeyed_at)
    found = _aged(made_at, now)
    code, name = "vault.key_age", words.KEY_AGE
    if now - made_at > timedelta(days=KEY_DAYS):
        return Diagnosis(code, name, Verdict.WARNING, found, words.REKEY)
    return Diagnosis(code, name, Verdict.OK, found)


def _backup(record: KeepingRecord | None, now: datetime) -> Diagnosis:
    code, name = "vault.backup", words.BACKUP
    if record is None:
        return Diagnosis(code, name, Verdict.WARNING, words.NEVER, words.MAKE_A_BACKUP)
    found = words.with_place(_aged(record.at, now), str(record.facts.get("path", "")))
    if not record.is_sound:
        found = words.found_wrong(found, record.verdict)
        return Diagnosis(code, name, Verdict.WARNING, found, words.BACKUP_FAULTS)
    fine = Diagnosis(code, name, Verdict.OK, found)
    return _unless_old(fine, record, now, days=BACKUP_DAYS, advice=words.MAKE_A_BACKUP)


def _drill(record: KeepingRecord | None, now: datetime) -> Diagnosis:
    code, name = "vault.drill", words.DRILL
    if record is None:
        return Diagnosis(code, name, Verdict.WARNING, words.NEVER, words.MAKE_A_DRILL)
    found = _aged(record.at, now)
    if not record.is_sound:
        found = words.found_wrong(found, record.verdict)
        return Diagnosis(code, name, Verdict.WARNING, found, words.MAKE_A_BACKUP)
    fine = Diagnosis(code, name, Verdict.OK, found)
    return _unless_old(fine, record, now, days=DRILL_DAYS, advice=words.MAKE_A_DRILL)


def _check(vault: Vault, record: KeepingRecord | None, now: datetime) -> Diagnosis:
    """A vault that is known to be damaged fails a hard requirement."""
    code, name = "vault.check", words.CHECK
    if vault.check_progress.load() is not None:
        found = words.NEVER if record is None else _aged(record.at, now)
        return Diagnosis(code, name, Verdict.WARNING, found, words.CHECK_GOES_ON)
    if record is None:
        return Diagnosis(code, name, Verdict.WARNING, words.NEVER, words.MAKE_A_CHECK)
    found = _aged(record.at, now)
    if not record.is_sound:
        found = words.found_wrong(found, record.verdict)
        return Diagnosis(code, name, Verdict.MISSING, found, words.MAKE_A_CHECK)
    fine = Diagnosis(code, name, Verdict.OK, found)
    return _unless_old(fine, record, now, days=CHECK_DAYS, advice=words.MAKE_A_CHECK)


def _files(vault: Vault) -> Diagnosis:
    code, name = "vault.files", words.FILES
    faults = [f"{where}: {what}" for where, what in faults_of_folder(vault)]
    if not faults:
        return Diagnosis(code, name, Verdict.OK, words.FILES_SOUND)
    found = words.more_faults(faults[0], len(faults) - 1)
    return Diagnosis(code, name, Verdict.WARNING, found, words.MAKE_A_CHECK)


def _pictures(vault: Vault) -> Diagnosis:
    code, name, missing = "vault.pictures", words.PICTURES, missing_of(vault)
    if missing == 0:
        return Diagnosis(code, name, Verdict.OK, words.PICTURES_WHOLE)
    found = words.PICTURES_UNREADABLE if missing is None else words.pictures_missing(missing)
    return Diagnosis(code, name, Verdict.WARNING, found, words.REBUILD)


def _schema(reader: Reader) -> Diagnosis:
    version = schema_version(reader.connection)
    return Diagnosis("vault.schema", words.SCHEMA, Verdict.OK, str(version))


def _room_for_a_copy(vault: Vault) -> Diagnosis:
    free = shutil.disk_usage(vault.directory).free
    needed = vault.layout.database.stat().st_size + SPARE
    found = words.space(free / 1024**3, needed / 1024**3)
    code, name = "vault.space", words.SPACE
    if free < needed:
        return Diagnosis(code, name, Verdict.WARNING, found, words.MAKE_ROOM_FOR_COPY)
    return Diagnosis(code, name, Verdict.OK, found)


def _mark(vault: Vault) -> Diagnosis:
    code, name = "vault.mark", words.MARK
    if vault.marks.later_lineage is not None:
        found = words.another_copy(vault.marks.later_lineage)
        return Diagnosis(code, name, Verdict.WARNING, found, words.ANOTHER_COPY_ADVICE)
    if vault.marks.is_kept:
        return Diagnosis(code, name, Verdict.OK, words.MARK_KEPT)
    return Diagnosis(code, name, Verdict.WARNING, words.MARK_NOT_KEPT, words.MARK_ADVICE)


def _unless_old(
    fine: Diagnosis, record: KeepingRecord, now: datetime, *, days: int, advice: str
) -> Diagnosis:
    if now - record.at > timedelta(days=days):
        return replace(fine, verdict=Verdict.WARNING, advice=advice)
    return fine


def _aged(at: datetime, now: datetime) -> str:
    return words.at_days(iso_utc(at), max(0, (now - at).days))


def _day(at_us: int | None) -> str | None:
    return None if at_us is None else iso_utc(moment_of(at_us))
