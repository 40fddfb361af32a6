"""Health, backups and checks of an open vault, as the window asks for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from cport_desktop.bootstrap import Workstation, process_state
from cport_desktop.domain.audit import AnchorKind
from cport_desktop.domain.keeping import Diagnosis, Verdict
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.ui import figures
from cport_desktop.ui.foundry_opening import known_hazards
from cport_desktop.ui.keeping_lines import (
    BackupDone,
    Concern,
    DrillDone,
    DrillOrder,
    FindingLine,
    HealthLine,
    KeptLine,
    Rebuilt,
)
from cport_desktop.ui.keys_opening import secret_of
from cport_desktop.usecases import (
    back_up,
    diagnose,
    diagnose_vault,
    drill_restore,
    inspect_vault,
    rebuild_derivatives,
)
from cport_desktop.usecases.unit_rules import media_rules
from cport_desktop.vault import anchors, keeping
from cport_desktop.vault.keeping import Kept
from cport_desktop.vault.vault import Vault
from cport_desktop.words import vault_page as words

_RECORDS = 200
"""Backups, drills and checks that are listed: years of them."""
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")


class Soundness:
    """Whether the vault is well, and what keeps it so. Every method may be called from any lane."""

    def __init__(
        self, workstation: Workstation, vault: Vault, decoders: Callable[[], Sandbox]
    ) -> None:
        self._workstation = workstation
        self._vault = vault
        self._decoders = decoders

    def health(self) -> tuple[HealthLine, ...]:
        sandbox = self._workstation.sandbox(media_rules(self._vault))
        try:
            machine = diagnose.diagnose(sandbox, self._vault.directory, process=process_state())
        finally:
            sandbox.close()
        kept = diagnose_vault.diagnose_vault(self._vault, now=self._now())
        libraries = [found for found in machine if found.code.startswith("library.")]
        fine = [found for found in libraries if found.verdict is Verdict.OK]
        others = [found for found in machine if found not in fine]
        told = ", ".join(f"{found.name} {found.found}" for found in fine)
        line = HealthLine(words.LIBRARIES, Verdict.OK.value, told, "")
        return (*map(_health, (*kept, *others)), line)

    def concerns(self) -> tuple[Concern, ...]:
        vault = self._vault
        with vault.reader() as reader:
            backup = keeping.last(reader, Kept.BACKUP, sound_only=True)
            known = anchors.newest_of_each_kind(reader)
        found: list[Concern] = []
        if backup is None:
            found.append(
                Concern(words.NEVER_BACKED_UP, words.NEVER_BACKED_UP_ADVICE, words.BACKUPS)
            )
        elif (days := (self._now() - backup.at).days) > diagnose_vault.BACKUP_DAYS:
            told = words.backup_old(days)
            found.append(Concern(told, words.NEVER_BACKED_UP_ADVICE, words.BACKUPS))
        for hazard in known_hazards(vault.directory):
            advice = f"{hazard.words} {hazard.advice}"
            found.append(Concern(words.PLACE_HAZARD, advice, words.HEALTH))
        if not vault.marks.is_kept:
            found.append(Concern(words.MARK_NOT_KEPT, words.MARK_NOT_KEPT_ADVICE, words.HEALTH))
        if not set(known) - {AnchorKind.SESSION}:
            found.append(Concern(words.NOT_ANCHORED, words.NOT_ANCHORED_ADVICE, words.ANCHORS))
        return tuple(found)

    def kept(self) -> tuple[KeptLine, ...]:
        with self._vault.reader() as reader:
            records = keeping.listing(reader, limit=_RECORDS)
        return tuple(
            KeptLine(
                record.at,
                record.kind.value,
                record.is_sound,
                record.verdict,
                str(record.facts.get("path") or ""),
            )
            for record in records
        )

    def back_up(
        self, path: Path, since: Path | None, announce: Announce, is_cancelled: IsCancelled
    ) -> BackupDone:
        done = back_up.back_up(
            self._vault, path, since=since, announce=announce, is_cancelled=is_cancelled
        )
        return BackupDone(done.path, done.sha256, done.size, done.blobs, done.needed, done.faults)

    def drill(self, order: DrillOrder, announce: Announce, is_cancelled: IsCancelled) -> DrillDone:
        key = order.key
        wanted = drill_restore.DrillOrder(
            file=order.path,
            bases=order.bases,
            secret=None if key is None else secret_of(key, vault=self._vault.directory),
            slot=None if key is None else key.slot,
        )
        done = drill_restore.drill_restore(
            self._vault, wanted, announce=announce, is_cancelled=is_cancelled
        )
        findings = tuple(FindingLine(each.where, each.what) for each in done.findings)
        return DrillDone(done.made_at, done.blobs, done.size, done.proved, findings)

    def check(
        self, deep: bool, restart: bool, announce: Announce, is_cancelled: IsCancelled
    ) -> tuple[FindingLine, ...]:
        found = inspect_vault.check_vault(
            self._vault,
            deep=deep,
            restart=restart,
            announce=announce,
            is_cancelled=is_cancelled,
        )
        return tuple(FindingLine(each.where, each.what) for each in found)

    def rebuild(self, announce: Announce, is_cancelled: IsCancelled) -> Rebuilt:
        done = rebuild_derivatives.rebuild_derivatives(
            self._vault, self._decoders(), announce=announce, is_cancelled=is_cancelled
        )
        return Rebuilt(done.made, done.failed)

    def _now(self) -> datetime:
        return self._workstation.clock.now()


def _health(found: Diagnosis) -> HealthLine:
    section, cure = words.HEALTH_CURES.get(found.code, ("", found.advice))
    advice = cure if found.advice else ""
    told = _ISO.sub(lambda at: figures.moment(datetime.fromisoformat(at[0])), found.found)
    return HealthLine(found.name, found.verdict.value, told, advice, section)
