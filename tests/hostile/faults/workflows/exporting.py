"""A package is composed. Under its name lies a whole package, or nothing; both are on record."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto.recipients import (
    Recipient,
    generate_identity,
    print_identity,
    read_identity,
)
from cport_desktop.crypto.signing import FileKeySigner
from cport_desktop.domain.package import StepState
from cport_desktop.domain.progress import IsCancelled, never, silent
from cport_desktop.exports.documents import DocumentMaker
from cport_desktop.exports.pages import Document
from cport_desktop.exports.verification import verify
from cport_desktop.formats import taxonomies
from cport_desktop.settings import Settings
from cport_desktop.usecases.compose_package import Order, compose_package, own_signer
from tests.builders import NOON
from tests.hostile.faults.workflows import enrolled, vaults
from tests.hostile.faults.workflows.workflow import Place, Promise, Seen

PACKAGE = "package.age"


class Exporting:
    name = "export"

    def prepare(self, place: Place) -> None:
        enrolled.make(place)
        (place.root / "out").mkdir()
        (place.beside / "identity").write_bytes(print_identity(generate_identity()))
        with vaults.opened(place.vault) as vault:
            enrolled.exchange(place, vault, silent)
        self.run(place, lambda _claim: None)  # Sets the document once.
        (place.root / "out" / PACKAGE).unlink()

    def run(self, place: Place, promise: Promise) -> None:
        target = place.root / "out" / PACKAGE
        with vaults.opened(place.vault) as vault:
            if not target.exists():
                identity = read_identity((place.beside / "identity").read_bytes())
                clock = SteppingClock(NOON)
                order = Order(
                    choice="",
                    title="synthetic package",
                    recipients=[Recipient("recipient", identity.public)],
                    signer=own_signer(
                        vault,
                        lambda key, certificate: FileKeySigner(key, certificate, clock=clock),
                    ),
                    path=target,
                )
                with closing(SetBefore(place.beside / "document.pdf")) as documents:
                    compose_package(
                        vault,
                        order,
                        documents=documents,
                        taxonomy=taxonomies.load(Settings().taxonomy),
                        announce=silent,
                        is_cancelled=never,
                    )
        promise(PACKAGE)

    def look(self, place: Place) -> Seen:
        target = place.root / "out" / PACKAGE
        with vaults.checked(place) as vault:
            told = vaults.rows(
                vault, "SELECT count(*) FROM audit_entry WHERE verb = 'pack' AND recipient <> ''"
            )
            seen = vaults.seen(vault, *([PACKAGE] if target.exists() else []))
            reports = len(vaults.report_facts(vault))
        if target.exists():
            # The rehearsal was disclosed as well.
            assert told[0][0] >= 2 * reports, "a package that is on no record"
            identity = read_identity((place.beside / "identity").read_bytes())
            with target.open("rb") as source:
                steps = verify(source, identities=[identity], trust=None).steps
            assert not [step for step in steps if step.state is StepState.FAILED], steps
        return seen

    def finish(self, place: Place) -> None:
        self.run(place, lambda _claim: None)
        assert PACKAGE in self.look(place).facts
        # A second name of the same file may have outlived a power cut.
        whole = (place.root / "out" / PACKAGE).read_bytes()
        assert all(path.read_bytes() == whole for path in (place.root / "out").iterdir())


class SetBefore(DocumentMaker):
    """Gives the document that the real child set the first time: it is not what is under test."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    def make(
        self, document: Document, *, is_cancelled: IsCancelled, has_place: bool = False
    ) -> bytes:
        if not self._file.exists():
            self._file.write_bytes(
                super().make(document, is_cancelled=is_cancelled, has_place=has_place)
            )
        return self._file.read_bytes()
