"""Fills `ui.recalling.Recalling` from the workstation and an open vault: each intention is one use case."""

from __future__ import annotations

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.about import About, AboutKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.deed import Deed, DeedState
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.rows import Page
from cport_desktop.domain.second_reading import SecondReading, Verdict
from cport_desktop.ui.code_lists import spoken
from cport_desktop.ui.deed_lines import told
from cport_desktop.ui.recalling import DeedLine, ReadingLine, Recalling
from cport_desktop.ui.triaging import StaysLine, TurnedLines
from cport_desktop.usecases import second_reading, turn_deeds
from cport_desktop.usecases.turn_deeds import Means, Turned
from cport_desktop.vault.vault import Vault
from cport_desktop.words import deeds as words


def recalling_of(workstation: Workstation, vault: Vault) -> Recalling:
    """All that may be asked in one open vault, from any lane."""
    recall = _Recall(workstation, vault)
    return Recalling(recall.deeds, recall.undo, recall.redo, recall.readings)


class _Recall:
    """Every method may be called from any lane."""

    def __init__(self, workstation: Workstation, vault: Vault) -> None:
        self._workstation = workstation
        self._vault = vault
        self._classes = spoken(workstation.taxonomy)["classification"]

    def deeds(self, limit: int, after: str | None) -> Page[DeedLine]:
        before = None if after is None else int(after)
        found = turn_deeds.list_deeds(self._vault, limit=limit + 1, before=before)
        shown = found[:limit]
        following = str(shown[-1].number) if len(found) > limit else None
        return Page(tuple(map(self._line, shown)), following, 0.0)

    def undo(
        self, number: int, announce: Announce, is_cancelled: IsCancelled
    ) -> tuple[TurnedLines, Changes]:
        means = Means(self._workstation.new_id, announce, is_cancelled)
        turned, changes = turn_deeds.undo(self._vault, means, number=number)
        return _lines(words.undone(told(turned.deed, self._classes)), turned), changes

    def redo(self, announce: Announce, is_cancelled: IsCancelled) -> tuple[TurnedLines, Changes]:
        means = Means(self._workstation.new_id, announce, is_cancelled)
        turned, changes = turn_deeds.redo(self._vault, means)
        return _lines(words.redone(told(turned.deed, self._classes)), turned), changes

    def readings(self, limit: int, after: str | None) -> Page[ReadingLine]:
        page = second_reading.list_second_readings(self._vault, limit=limit, after=after)
        return Page(tuple(map(self._reading, page.rows)), page.next_cursor, page.elapsed_ms)

    def _line(self, deed: Deed) -> DeedLine:
        is_done = deed.state is DeedState.DONE
        return DeedLine(
            number=deed.number,
            at=deed.at,
            told=told(deed, self._classes),
            report_id=_report(deed.first),
            is_done=is_done,
            is_partly=is_done and deed.undone > 0,
        )

    def _reading(self, reading: SecondReading) -> ReadingLine:
        return ReadingLine(
            operation_id=reading.operation_id,
            report_id=reading.report_id,
            by=reading.by,
            asked_at=reading.asked_at,
            is_own=reading.by == self._vault.actor,
            is_contradicted=reading.verdict is Verdict.CONTRADICTED,
            first=self._label(reading.first),
            second=self._label(reading.said),
            reader=reading.reader or "",
            reason=reading.reason or "",
        )

    def _label(self, code: int | None) -> str:
        return "" if code is None else self._classes.label(code)


def _report(about: About | None) -> ReportId | None:
    is_report = about is not None and about.kind is AboutKind.REPORT
    return ReportId(int(about.number)) if about is not None and is_report else None


def _lines(sentence: str, turned: Turned) -> TurnedLines:
    stays = tuple(StaysLine(_report(each.about), each.reason) for each in turned.stays)
    return TurnedLines(sentence, stays)
