"""P10: an intelligence package of 2 GB, composed, signed and sealed out of the vault, against the `age`
command on the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import random
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto.recipients import Recipient, generate_identity
from cport_desktop.crypto.signing import FileKeySigner
from cport_desktop.demo.double import DemoTransport
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.scenario import Scenario
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.progress import Phase, Progress, never, silent
from cport_desktop.exports.documents import DocumentMaker
from cport_desktop.formats import taxonomies
from cport_desktop.media.sandbox_refusing import RefusingSandbox
from cport_desktop.settings import Settings
from cport_desktop.usecases.compose_package import Order, compose_package, own_signer
from cport_desktop.usecases.enrol import Introduction, enrol
from cport_desktop.usecases.media_turns import LOT
from cport_desktop.usecases.settling import Arrived, Settling
from cport_desktop.usecases.synchronise import Exchange, synchronise
from cport_desktop.usecases.take_in import Road
from cport_desktop.vault.intake import Examined
from cport_desktop.vault.vault import Vault
from tests.bench.harness import Figure
from tests.bench.memory import resident_kib
from tests.builders import a_vault, an_entry, an_examination, digests_of

UNTIL = datetime(2026, 11, 1, 12, tzinfo=UTC)
SEED = 7
REPORTS = 80
LENGTH = 16 * 1024 * 1024
FILES = 128
ROUNDS = 4
_SAMPLED_S = 0.05
_GOALS = frozenset({"P10", "P10w"})
_MOST_GROWN = 80.0
"""MB: the child that sets the document has some forty of its own."""


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of one run: of the clock and of the processors, until all was on the disk, and until it was
    read back as well.
    """

    written: float
    whole: float
    worked: float
    worked_whole: float


def measure(directory: Path) -> Iterator[Figure]:
    """Needs the command `age` (Debian and its kin: age). Both sides are done when the disk has everything:
    what is sealed into the memory of the machine alone is not handed over.

    The two take turns. The figures are of each side's best run; `P10c` are of the processors' time, which
    says the same on a machine that others use meanwhile. Memory is looked at in a run of its own, since
    looking takes the time of what is looked at.
    """
    command = shutil.which("age")
    if command is None:
        raise RuntimeError("needs the command age: apt-get install age")
    identity = generate_identity()
    plain, sealed = directory / "plain", directory / "sealed.age"
    ours: list[Took] = []
    theirs: list[Took] = []
    with _held(directory, plain) as vault, closing(DocumentMaker()) as documents:
        for number in range(ROUNDS + 1):
            order = Order(
                choice="",
                title="Synthetic series",
                recipients=[Recipient("recipient", identity.public)],
                signer=own_signer(
                    vault, lambda key, cert: FileKeySigner(key, cert, clock=SteppingClock(UNTIL))
                ),
                path=directory / f"package-{number}.age",
            )
            if number == ROUNDS:
                with _watched() as peak:
                    _composing(vault, order, documents)
            else:
                ours.append(_composing(vault, order, documents))
                asked = [command, "-r", identity.public, "-o", str(sealed), str(plain)]
                theirs.append(_by_command(asked, sealed))
                sealed.unlink()
                _tell(number, ours[-1], theirs[-1])
            order.path.unlink()
    size = plain.stat().st_size
    named = f"a package of {size / 1e9:.1f} GB: composed, signed, sealed"
    for name, what, of in (
        ("P10", f"{named}, on the disk", "written"),
        ("P10c", f"{named}, by processors' time", "worked"),
        ("P10w", f"{named}, and read back", "whole"),
        ("P10wc", f"{named}, read back, by processors' time", "worked_whole"),
    ):
        yield _rate(
            name, what, size, *([getattr(took, of) for took in side] for side in (ours, theirs))
        )
    yield Figure(
        id="P10m",
        what="memory that composing it took",
        unit="MB",
        value=peak[0],
        reference=size / 1e6,
        ratio=peak[0] * 1e6 / size,
        goal="constant",
        is_reached=peak[0] <= _MOST_GROWN,
    )


def _tell(number: int, ours: Took, theirs: Took) -> None:
    """One run, on stderr: where the machine is not quiet, runs differ by more than the sides do."""
    told = " | ".join(
        f"{whose}: {took.written:.2f} s, read back {took.whole:.2f} s"
        f" (processors {took.worked:.2f} s, {took.worked_whole:.2f} s)"
        for whose, took in (("ours", ours), ("age", theirs))
    )
    print(f"   P10 run {number + 1}: {told}", file=sys.stderr, flush=True)


def _rate(name: str, what: str, size: int, ours: list[float], theirs: list[float]) -> Figure:
    value, reference = size / min(ours) / 1e6, size / min(theirs) / 1e6
    return Figure(
        id=name,
        what=what,
        unit="MB/s",
        value=value,
        reference=reference,
        ratio=value / reference,
        goal="≥ 0.7" if name in _GOALS else "–",
        is_reached=name not in _GOALS or value >= 0.7 * reference,
    )


def _by_command(command: list[str], out: Path) -> Took:
    started, worked = time.perf_counter(), _worked()
    subprocess.run(command, check=True)
    with out.open("rb") as written:
        os.fsync(written.fileno())
    done, done_worked = time.perf_counter() - started, _worked() - worked
    with out.open("rb", buffering=0) as written:
        os.posix_fadvise(written.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        hashlib.file_digest(written, "sha256")
    return Took(done, time.perf_counter() - started, done_worked, _worked() - worked)


def _worked() -> float:
    """Seconds of the processors' time that this process and its ended children had."""
    told = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in told)


def _composing(vault: Vault, order: Order, documents: DocumentMaker) -> Took:
    at: list[tuple[float, float]] = []

    def announce(progress: Progress) -> None:
        if progress.phase is Phase.CHECKING and not at:
            at.append((time.perf_counter(), _worked()))

    started, worked = time.perf_counter(), _worked()
    compose_package(
        vault,
        order,
        documents=documents,
        taxonomy=taxonomies.load(Settings().taxonomy),
        announce=announce,
        is_cancelled=never,
    )
    return Took(
        at[0][0] - started, time.perf_counter() - started, at[0][1] - worked, _worked() - worked
    )


@contextmanager
def _held(directory: Path, plain: Path) -> Iterator[Vault]:
    """A vault whose reports have `FILES` media here, the same bytes one after the other in `plain`."""
    clock = SteppingClock(UNTIL)
    with (
        closing(
            Gateway(
                directory / "gateway",
                scenario=Scenario(SEED, REPORTS, UNTIL, pictures=48),
                pictures=Pictures(directory / "pictures", seed=SEED),
                clock=clock,
            )
        ) as gateway,
        a_vault(directory / "packing", clock=clock) as vault,
    ):
        road = DemoTransport(gateway)
        introduction = Introduction(
            portal_url="https://127.0.0.1:8443",
            authority=gateway.identity.transport_authority.certificate,
            code=gateway.identity.enrolment_code,
            station_name="Bench",
            agency="Example Agency",
        )
        enrolment, _ = enrol(vault, road, introduction)
        exchange = Exchange(
            vault=vault,
            transport=road.as_station(enrolment.answer.station),
            sandbox=RefusingSandbox(),
            road=Road("in process", is_live=True),
            changes_per_batch=200,
            announce=silent,
            is_cancelled=never,
        )
        synchronise(exchange, metadata_only=True)
        with vault.reader() as reader:
            found = reader.connection.execute(
                "SELECT media_id FROM media_item ORDER BY media_id LIMIT ?", (FILES,)
            ).fetchall()
        _take_in(vault, [MediaId(number) for (number,) in found], plain)
        yield vault


def _take_in(vault: Vault, numbers: Sequence[MediaId], plain: Path) -> None:
    block = random.Random(SEED).randbytes(LENGTH - 8)
    examination = an_examination()
    with plain.open("wb") as out, Settling(vault) as settling:
        for start in range(0, len(numbers), LOT):
            lot = numbers[start : start + LOT]
            pieces = {number: number.to_bytes(8, "big") + block for number in lot}
            with vault.transaction() as tx:
                tx.connection.executemany(
                    "UPDATE media_item SET state = 'wanted', size = ?, announced_sha256 = ?"
                    " WHERE media_id = ?",
                    [
                        (LENGTH, hashlib.sha256(piece).hexdigest(), number)
                        for number, piece in pieces.items()
                    ],
                )
                tx.record(an_entry("announce"))
            vault.expect(lot)
            for number, piece in pieces.items():
                out.write(piece)
                intake = vault.intake(number)
                intake.write(piece)
                settling.put(Arrived(number, Examined(intake, digests_of(piece), examination)))
            settling.wait()


@contextmanager
def _watched() -> Iterator[list[float]]:
    """By how much memory grew at most within, in MB, when it has ended."""
    before, grown, is_over = resident_kib(), [0.0], threading.Event()

    def watch() -> None:
        while not is_over.wait(_SAMPLED_S):
            grown[0] = max(grown[0], (resident_kib() - before) * 1024 / 1e6)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield grown
    finally:
        is_over.set()
        watcher.join()
