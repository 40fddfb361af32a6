"""The drive is pulled out while something is written to it: that is said, and nothing half-valid is left.

A real file system is torn off at a chosen moment of each departure, then plugged in again. The vault, which
lies elsewhere, is sound; the register says that nothing left; under none of the names lies anything; and the
same order, given again, ends well.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto.recipients import Recipient, generate_identity
from cport_desktop.crypto.signing import FileKeySigner
from cport_desktop.domain.progress import Announce, Progress, never, silent
from cport_desktop.errors import CportError, OutputUnwritable
from cport_desktop.exports.documents import DocumentMaker
from cport_desktop.exports.hash_lists.formats import FORMATS
from cport_desktop.usecases.compose_package import Order, compose_package
from cport_desktop.usecases.export_hash_list import ListExportOrder, export_hash_list
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from cport_desktop.usecases.stamp_package import write_question
from cport_desktop.vault.vault import Vault
from cport_desktop.words.errors import explain
from tests.builders import NOON, noise
from tests.exports.synthetic import authority, key_of
from tests.hostile.faults.drive import NEEDS, Drive, a_drive, can_be_made
from tests.hostile.faults.workflows import vaults
from tests.report_builders import a_notice, a_report, an_item, new, the_taxonomy
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply, receive

_LISTED = 6_000
_MOMENTS = 12
"""At which a drive is pulled out, spread over what is told of the progress."""


@pytest.fixture(scope="session")
def drives(tmp_path_factory: pytest.TempPathFactory) -> None:
    if not can_be_made(tmp_path_factory.mktemp("tried")):
        pytest.skip(NEEDS)


@pytest.fixture
def drive(drives: None, tmp_path: Path) -> Iterator[Drive]:
    with a_drive(tmp_path) as drive:
        yield drive


@dataclass(frozen=True, slots=True)
class Desk:
    """Whoever lets something leave: a vault, a signer, a list."""

    vault: Vault
    signer: FileKeySigner
    list_id: str


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    vaults.create(folder / "vault")
    with vaults.opened(folder / "vault") as vault:
        bind(vault)
        for number in (1, 2, 3):
            content = noise(900_000, seed=number)
            item = an_item(number, "https://files.example/a", media=(a_notice(number, content),))
            apply(vault, new(a_report(number, contents=(item,))))
            receive(vault, number, content)
        listed = folder / "known.md5"
        listed.write_text("".join(f"{at:032x}  shape-{at}.png\n" for at in range(1, _LISTED)))
        done = import_hash_list(vault, ListOrder(listed), announce=silent, is_cancelled=never)
        assert done.list_id is not None
        signer = FileKeySigner(*key_of(authority()), clock=SteppingClock(NOON))
        yield Desk(vault, signer, done.list_id)


Leave = Callable[[Desk, Path, Announce], object]


def a_package(desk: Desk, path: Path, announce: Announce, *, part: int | None = None) -> None:
    order = Order(
        choice="",
        title="synthetic",
        recipients=[Recipient("recipient", generate_identity().public)],
        signer=desk.signer,
        path=path,
        part_size=part,
    )
    compose_package(
        desk.vault,
        order,
        documents=DocumentMaker(),
        taxonomy=the_taxonomy(),
        announce=announce,
        is_cancelled=never,
    )


def in_parts(desk: Desk, path: Path, announce: Announce) -> None:
    a_package(desk, path, announce, part=1_000_000)


def a_list(desk: Desk, path: Path, announce: Announce) -> None:
    order = ListExportOrder(desk.list_id, "stix", path, signer=desk.signer)
    export_hash_list(desk.vault, order, announce=announce, is_cancelled=never)


LEAVING: dict[str, Leave] = {"package": a_package, "parts": in_parts, "list": a_list}


class Pulling:
    """Pulls the drive out at the word of this number; counts words."""

    def __init__(self, drive: Drive, at: int) -> None:
        self._drive = drive
        self._at = at
        self.heard = 0

    def __call__(self, _progress: Progress) -> None:
        self.heard += 1
        if self.heard == self._at:
            self._drive.unplug()


def outcomes(vault: Vault) -> list[str]:
    found = vaults.rows(vault, "SELECT outcome FROM disclosure ORDER BY number")
    return [outcome for (outcome,) in found]


def clear(drive: Drive) -> None:
    """Nothing is on it, and that is on the medium: else what was removed would come back."""
    for path in drive.folder.iterdir():
        if path.is_file():
            path.unlink()
    os.sync()


def words_heard(desk: Desk, drive: Drive, leave: Leave) -> int:
    pulling = Pulling(drive, 0)
    leave(desk, drive.folder / "whole", pulling)
    clear(drive)
    return pulling.heard


def pulled(desk: Desk, drive: Drive, leave: Leave, at: int) -> None:
    """What must hold if the drive goes at the word of this number."""
    target, before = drive.folder / "asked", len(outcomes(desk.vault))
    with pytest.raises(OutputUnwritable) as told:
        leave(desk, target, Pulling(drive, at))
    assert explain(told.value).hint
    drive.plug_in_again()
    assert {path.suffix for path in drive.folder.glob("asked*")} <= {".part"}
    assert outcomes(desk.vault)[before:] == ["not_left"]
    leave(desk, target, silent)
    assert outcomes(desk.vault)[before + 1 :] == ["left"]
    assert {path.suffix for path in drive.folder.glob("asked*")}.isdisjoint({".part"})
    clear(drive)


@pytest.mark.parametrize("what", LEAVING)
def test_a_drive_that_is_pulled_out_half_way_is_named(desk: Desk, drive: Drive, what: str) -> None:
    leave = LEAVING[what]
    pulled(desk, drive, leave, max(2, words_heard(desk, drive, leave) // 2))
    vaults.require_sound(desk.vault)


@pytest.mark.faults
@pytest.mark.parametrize("what", LEAVING)
def test_a_drive_that_is_pulled_out_at_some_word_is_named(
    desk: Desk, drive: Drive, what: str
) -> None:
    leave = LEAVING[what]
    heard = words_heard(desk, drive, leave)
    for at in range(2, heard + 1, max(1, heard // _MOMENTS)):
        pulled(desk, drive, leave, at)
    vaults.require_sound(desk.vault)


@pytest.mark.parametrize("form", FORMATS)
def test_a_drive_that_is_gone_before_it_begins_is_named(
    desk: Desk, drive: Drive, form: str
) -> None:
    drive.unplug()
    order = ListExportOrder(desk.list_id, form, drive.folder / "list", signer=desk.signer)
    with pytest.raises(OutputUnwritable):
        export_hash_list(desk.vault, order, announce=silent, is_cancelled=never)


def test_a_package_that_is_pulled_out_while_it_is_digested_for_a_stamp_is_named(
    desk: Desk, drive: Drive, tmp_path: Path
) -> None:
    a_package(desk, drive.folder / "package.age", silent)
    drive.plug_in_again()
    drive.unplug()
    with pytest.raises(CportError) as told:
        write_question(drive.folder / "package.age", tmp_path / "question.tsq")
    assert explain(told.value).hint
    assert not (tmp_path / "question.tsq").exists()
