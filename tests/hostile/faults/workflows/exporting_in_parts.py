"""A package is composed in parts, with files, and stamped. Where there is a first part, there are all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
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
from cport_desktop.domain.progress import never, silent
from cport_desktop.exports.split_files import list_path, open_joined, parts_there
from cport_desktop.exports.verification import verify
from cport_desktop.formats import taxonomies
from cport_desktop.settings import Settings
from cport_desktop.usecases.compose_package import Order, compose_package
from cport_desktop.usecases.stamp_package import write_question
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, noise
from tests.exports.synthetic import authority, key_of
from tests.hostile.faults.workflows import vaults
from tests.hostile.faults.workflows.exporting import SetBefore
from tests.hostile.faults.workflows.workflow import Place, Promise, Seen
from tests.report_builders import a_notice, a_report, an_item, new
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply, receive

PACKAGE, QUESTION = "package.age", "package.tsq"
_PART = 1_000_000
"""The least that the product makes; the files are so large that there are three."""
_MEDIA = (10, 20, 30)


class ExportingInParts:
    name = "parts"

    def prepare(self, place: Place) -> None:
        (place.root / "out").mkdir(parents=True)
        place.beside.mkdir(exist_ok=True)
        vaults.create(place.vault)
        (place.beside / "identity").write_bytes(print_identity(generate_identity()))
        for name, content in zip(("key", "certificate"), key_of(authority()), strict=True):
            (place.beside / name).write_bytes(content)
        with vaults.opened(place.vault) as vault:
            bind(vault)
            for number in _MEDIA:
                content = noise(800_000, seed=number)
                item = an_item(
                    number, "https://files.example/a.png", media=(a_notice(number, content),)
                )
                apply(vault, new(a_report(number // 10, contents=(item,))))
                receive(vault, number, content)
        self.run(place, lambda _claim: None)  # Sets the document once.
        for path in (place.root / "out").iterdir():
            path.unlink()

    def run(self, place: Place, promise: Promise) -> None:
        out = place.root / "out"
        target = out / PACKAGE
        with vaults.opened(place.vault) as vault:
            if not parts_there(target):
                _compose(place, vault, target)
        promise(PACKAGE)
        if not (out / QUESTION).exists():
            write_question(parts_there(target)[0], out / QUESTION)
        promise(QUESTION)

    def look(self, place: Place) -> Seen:
        out = place.root / "out"
        parts = parts_there(out / PACKAGE)
        facts = [PACKAGE] if parts else []
        with vaults.checked(place) as vault:
            if parts:
                _require_whole(place, parts)
                told = vaults.rows(vault, "SELECT count(*) FROM disclosure WHERE kind = 'package'")
                # The rehearsal was disclosed as well.
                assert told[0][0] >= 2, "a package that is on no record"
            if (out / QUESTION).exists():
                _, length, *question = (out / QUESTION).read_bytes()
                assert len(question) == length, "half a question"
                facts.append(QUESTION)
            return vaults.seen(vault, *facts)

    def finish(self, place: Place) -> None:
        self.run(place, lambda _claim: None)
        assert {PACKAGE, QUESTION} <= self.look(place).facts
        target = place.root / "out" / PACKAGE
        wanted = {path.name for path in (*parts_there(target), list_path(target))} | {QUESTION}
        # A second name of one of them may have outlived a power cut.
        for path in target.parent.iterdir():
            name = path.name.removesuffix(".part").removesuffix(".cport")
            assert name in wanted
            assert path.read_bytes() == path.with_name(name).read_bytes()


def _compose(place: Place, vault: Vault, target: Path) -> None:
    identity = read_identity((place.beside / "identity").read_bytes())
    key, certificate = ((place.beside / name).read_bytes() for name in ("key", "certificate"))
    order = Order(
        choice="",
        title="synthetic package",
        recipients=[Recipient("recipient", identity.public)],
        signer=FileKeySigner(key, certificate, clock=SteppingClock(NOON)),
        path=target,
        part_size=_PART,
        resumes=True,
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


def _require_whole(place: Place, parts: Sequence[Path]) -> None:
    """As many parts as the list says, as it says, and a package that verifies."""
    target = place.root / "out" / PACKAGE
    told = {
        name: sha256
        for sha256, name in (
            line.split("  ")
            for line in list_path(target).read_text().splitlines()
            if not line.startswith("#")
        )
    }
    assert told == {part.name: hashlib.sha256(part.read_bytes()).hexdigest() for part in parts}
    assert len(parts) >= 3
    identity = read_identity((place.beside / "identity").read_bytes())
    with open_joined(target) as source:
        steps = verify(source, identities=[identity], trust=None).steps
    assert not [step for step in steps if step.state is StepState.FAILED], steps
