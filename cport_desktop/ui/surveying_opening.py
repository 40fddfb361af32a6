"""Fills `ui.surveying` from the workstation and an open vault: each intention is one use case."""

from __future__ import annotations

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.memory import Memory
from cport_desktop.domain.overview import Duties, Endings, News, Overdue
from cport_desktop.domain.priority import WorkQueue
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.ui.surveying import Surveying
from cport_desktop.usecases import remember, survey
from cport_desktop.usecases.work_queue import work_queue
from cport_desktop.vault.vault import Vault


def surveying_of(workstation: Workstation, vault: Vault) -> Surveying:
    """All that may be asked about the whole of the work in one open vault, from any lane."""
    told = _Survey(workstation, vault)
    return Surveying(
        memory=told.memory,
        catch_up=told.catch_up,
        queue=told.queue,
        news=told.news,
        overdue=told.overdue,
        endings=told.endings,
        duties=told.duties,
    )


class _Survey:
    """Every method may be called from any lane."""

    def __init__(self, workstation: Workstation, vault: Vault) -> None:
        self._clock = workstation.clock
        self._vault = vault

    def memory(self, report_id: ReportId) -> Memory:
        return remember.remember(self._vault, report_id, is_new=False)

    def catch_up(self, announce: Announce, is_cancelled: IsCancelled) -> int:
        return remember.catch_up_traits(self._vault, announce=announce, is_cancelled=is_cancelled)

    def queue(self, limit: int) -> WorkQueue:
        return work_queue(self._vault, limit=limit, now=self._clock.now(), is_new=False)

    def news(self, is_new: bool) -> News:
        return survey.news(self._vault, is_new=is_new)

    def overdue(self) -> Overdue:
        return survey.overdue(self._vault, now=self._clock.now())

    def endings(self) -> Endings:
        return survey.endings(self._vault, now=self._clock.now())

    def duties(self) -> Duties:
        return survey.duties(self._vault, now=self._clock.now())
