"""An exchange by removable media, twice: out, answered, in. The drive fails as the disk does.

Under a bundle's name lies a whole bundle, or nothing; and what left is on record.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto.key_wrapping import WrappingPair
from cport_desktop.demo.courier_desk import CourierDesk, Terms
from cport_desktop.domain.courier import Heading
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.progress import never, silent
from cport_desktop.formats.bundle_manifest import parse_manifest
from cport_desktop.formats.sealed_message import unverified_payload
from cport_desktop.sync.bundle_reader import Members, OpenedBundle
from cport_desktop.usecases import act
from cport_desktop.usecases.receive_by_courier import Reception, receive_by_courier
from cport_desktop.usecases.send_by_courier import Dispatch, send_by_courier
from cport_desktop.vault import inspection
from cport_desktop.vault.vault import Vault
from tests.builders import NOON
from tests.hostile.faults.workflows import enrolled, vaults
from tests.hostile.faults.workflows.remembering import RememberingSandbox
from tests.hostile.faults.workflows.synchronising import copy_over
from tests.hostile.faults.workflows.workflow import Place, Promise, Seen

_PART = 1_000_000


class Carrying:
    name = "courier"

    def prepare(self, place: Place) -> None:
        enrolled.make(place)
        (place.root / "stick").mkdir()
        # A first exchange in a copy, so that every picture is drawn and every file examined.
        rehearsal = Place(place.folder / "rehearsal")
        shutil.copytree(place.root, rehearsal.root)
        shutil.copytree(place.beside, rehearsal.beside)
        self.run(rehearsal, lambda _claim: None)
        for kept in ("pictures", "examinations", "end"):
            copy_over(rehearsal, place, kept)
        shutil.rmtree(rehearsal.folder)

    def run(self, place: Place, promise: Promise) -> None:
        self._run(place, promise, NOON)

    def _run(self, place: Place, promise: Promise, now: datetime) -> None:
        with vaults.opened(place.vault, clock=SteppingClock(now)) as vault:
            _round_trip(place, vault, promise)
            if not vaults.rows(vault, "SELECT 1 FROM operation"):
                (report,) = vaults.rows(vault, "SELECT min(report_id) FROM report")[0]
                act.give_feedback(
                    vault, ReportId(report), "synthetic feedback", operation_id=UUID(int=7)
                )
            promise("operation")
            _round_trip(place, vault, promise)
            promise("settled")
            with vault.reader() as reader:
                (place.beside / "end").write_text(inspection.digest(reader))

    def look(self, place: Place) -> Seen:
        with vaults.checked(place) as vault:
            states = {state for (state,) in vaults.rows(vault, "SELECT state FROM operation")}
            facts = {"operation"} if states else set()
            facts |= {"settled"} if states == {"settled"} else set()
            whole = _whole_bundles(place)
            on_record = vaults.rows(
                vault, "SELECT count(*) FROM audit_entry WHERE verb = 'send_bundle'"
            )
            assert on_record[0][0] >= len(whole), "a bundle that is on no record"
            return vaults.seen(vault, *facts, *whole)

    def finish(self, place: Place) -> None:
        """The next exchange ends where an undisturbed one did. It is a later one: the portal, which is
        one for all cuts here, may know bundles that this vault has yet to number.
        """
        end = (place.beside / "end").read_text()
        self._run(place, lambda _claim: None, _later_than_all_before(place))
        assert (place.beside / "end").read_text() == end


def _later_than_all_before(place: Place) -> datetime:
    """A moment behind every one that the portal has seen. Moments travel in whole seconds, and more than
    one cut is worked on to its end in a second.
    """
    counted = place.beside / "finished"
    number = 1 + (int(counted.read_text()) if counted.exists() else 0)
    counted.write_text(str(number))
    return datetime.now(UTC) + timedelta(hours=number)


def _round_trip(place: Place, vault: Vault, promise: Promise) -> None:
    stick = place.root / "stick"
    names = {path.name.partition(".")[0] for path in stick.iterdir()}
    number = next(number for number in range(1000) if f"out-{number}" not in names)
    sent = send_by_courier(vault, Dispatch(stick / f"out-{number}", _PART, None, silent, never))
    for file in sent.files:
        promise(file.name)
    answer = place.beside / f"in-{number}"
    with enrolled.gateway_beside(place) as gateway:
        terms = Terms(silent, never, changes_per_batch=3)
        answered = CourierDesk(gateway).answer(sent.files, answer, terms)
    sandbox = RememberingSandbox(place.beside / "examinations")
    try:
        receive_by_courier(vault, Reception(answered.files, sandbox, silent, never))
    finally:
        sandbox.close()
        answer.unlink()
    for fact in sorted(vaults.report_facts(vault) | vaults.media_facts(vault)):
        promise(fact)


def _whole_bundles(place: Place) -> list[str]:
    """The names on the drive under which a bundle lies; what is unfinished has another name."""
    found = []
    with enrolled.gateway_beside(place) as gateway:
        own = gateway.identity.sealing
    for path in sorted((place.root / "stick").iterdir()):
        if path.suffix == ".unfinished":
            continue
        _require_whole(path, own)
        found.append(path.name)
    return found


def _require_whole(path: Path, own: WrappingPair) -> None:
    with OpenedBundle([path], own, Heading.PORTAL) as bundle:
        manifest = parse_manifest(unverified_payload(bundle.envelope))
        Members(bundle, manifest).verify(announce=silent, is_cancelled=never)
