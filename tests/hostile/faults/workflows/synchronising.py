"""An exchange with the portal: reports in batches, media files, and an operation that is sent."""

from __future__ import annotations

import shutil
from uuid import UUID

from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.progress import Announce, Phase, Progress, silent
from cport_desktop.usecases import act
from cport_desktop.vault import inspection
from cport_desktop.vault.vault import Vault
from tests.hostile.faults.workflows import enrolled, vaults
from tests.hostile.faults.workflows.workflow import Place, Promise, Seen


class Synchronising:
    name = "sync"

    def prepare(self, place: Place) -> None:
        enrolled.make(place)
        # A first exchange in a copy, so that every picture is drawn and every file examined.
        rehearsal = Place(place.folder / "rehearsal")
        shutil.copytree(place.root, rehearsal.root)
        shutil.copytree(place.beside, rehearsal.beside)
        self.run(rehearsal, lambda _claim: None)
        for kept in ("pictures", "examinations", "end"):
            copy_over(rehearsal, place, kept)
        shutil.rmtree(rehearsal.folder)

    def run(self, place: Place, promise: Promise) -> None:
        with vaults.opened(place.vault) as vault:
            announce = _promising(vault, promise)
            enrolled.exchange(place, vault, announce)
            announce(Progress(Phase.CHECKING, 0, None))
            if not vaults.rows(vault, "SELECT 1 FROM operation"):
                (report,) = vaults.rows(vault, "SELECT min(report_id) FROM report")[0]
                act.give_feedback(
                    vault, ReportId(report), "synthetic feedback", operation_id=UUID(int=7)
                )
            promise("operation")
            result = enrolled.exchange(place, vault, silent)
            assert result.is_complete
            promise("settled")
            with vault.reader() as reader:
                (place.beside / "end").write_text(inspection.digest(reader))

    def look(self, place: Place) -> Seen:
        with vaults.checked(place) as vault:
            states = {state for (state,) in vaults.rows(vault, "SELECT state FROM operation")}
            facts = {"operation"} if states else set()
            facts |= {"settled"} if states == {"settled"} else set()
            return vaults.seen(vault, *facts)

    def finish(self, place: Place) -> None:
        """The next exchange ends where an undisturbed one did."""
        end = (place.beside / "end").read_text()
        self.run(place, lambda _claim: None)
        assert (place.beside / "end").read_text() == end


def _promising(vault: Vault, promise: Promise) -> Announce:
    """After each step of the exchange, all that came is promised to stay."""
    promised: set[str] = set()

    def announce(_progress: Progress) -> None:
        now = vaults.report_facts(vault) | {
            fact for fact in vaults.media_facts(vault) if fact.endswith("held")
        }
        for fact in sorted(now - promised):
            promise(fact)
        promised.update(now)

    return announce


def copy_over(origin: Place, target: Place, name: str) -> None:
    """What lies beside one run lies beside another, too."""
    source = origin.beside / name
    if source.is_dir():
        shutil.copytree(source, target.beside / name, dirs_exist_ok=True)
    else:
        shutil.copy(source, target.beside / name)
