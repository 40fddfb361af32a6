"""A withdrawal tells what it reaches before, ends hits, and chases whoever has a copy."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.disclosure import Affected, Disclosure, DisclosureKind, Outcome, Recipient
from cport_desktop.domain.disclosure import media_item as left_with
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.known import EndedBy
from cport_desktop.domain.operation import ContributeHashes, HashAlgorithm, HashEntry
from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import EntriesUnfit, ListKept
from cport_desktop.usecases.contribute_hashes import contribute_hashes
from cport_desktop.usecases.disclosing import new_disclosure_id
from cport_desktop.usecases.export_hash_list import ListExportOrder, export_hash_list
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from cport_desktop.usecases.known_lists import show_known_list
from cport_desktop.usecases.match_known import match_due
from cport_desktop.usecases.update_hash_list import update_hash_list
from cport_desktop.usecases.withdraw_hash_list import foresee_withdrawal, take_back
from cport_desktop.vault import affected, disclosures, hits, list_versions
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, a_vault, an_entry, hold_media
from tests.known_builders import a_list, a_list_entry, taken_back, tell, told
from tests.usecases.agreeing import bind


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(NOON)


@pytest.fixture
def vault(tmp_path: Path, clock: SteppingClock) -> Iterator[Vault]:
    """Three files are held; two are on a list of our own, one of these on a second list as well."""
    with a_vault(tmp_path / "vault", clock=clock) as vault:
        bind(vault)
        for number, content in ((7, b"circle"), (8, b"square"), (9, b"star")):
            hold_media(vault, number, content)
        yield vault


def md5(content: bytes) -> str:
    return hashlib.md5(content).hexdigest()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_in(vault: Vault, path: Path, *contents: bytes) -> str:
    path.write_text("".join(f"{md5(each)}  {each.decode()}.png\n" for each in contents))
    done = import_hash_list(vault, ListOrder(path), announce=silent, is_cancelled=never)
    assert done.list_id is not None
    return done.list_id


@pytest.fixture
def shapes(vault: Vault, tmp_path: Path) -> str:
    read_in(vault, tmp_path / "others.md5", b"square")
    return read_in(vault, tmp_path / "shapes.md5", b"circle", b"square", b"line")


def pack(vault: Vault, number: int, content: bytes, recipient: str) -> None:
    """A package left with this file."""
    item = left_with(MediaId(number), sha256(content), within=ReportId(1))
    entered = Disclosure(
        new_disclosure_id(), DisclosureKind.PACKAGE, f"Package for {recipient}",
        (Recipient(recipient),), (item,),
    )  # fmt: skip
    with vault.transaction() as tx:
        disclosures.enter(tx, entered, outcome=Outcome.LEFT)
        tx.record(an_entry("compose"))


def export(vault: Vault, list_id: str, path: Path, recipient: str) -> None:
    order = ListExportOrder(list_id, "csv", path, recipients=(recipient,))
    export_hash_list(vault, order, announce=silent, is_cancelled=never)


def open_copies(vault: Vault) -> set[tuple[str, str, str]]:
    with vault.reader() as reader:
        found: tuple[Affected, ...] = tuple(affected.page(reader, limit=50).rows)
    return {(each.recipient, each.kind, each.reference) for each in found}


def test_what_a_withdrawal_would_change_is_told_before(
    vault: Vault, shapes: str, tmp_path: Path, clock: SteppingClock
) -> None:
    clock.advance(timedelta(hours=1))
    export(vault, shapes, tmp_path / "out.csv", "Unit Example")
    pack(vault, 7, b"circle", "Court Example")
    foreseen = foresee_withdrawal(vault, shapes)

    reach = foreseen.reach
    assert (reach.entries, reach.hits, reach.contents) == (3, 2, 2)
    assert reach.known_no_more == 1
    assert {copy.kind for copy in reach.copies} == {
        DisclosureKind.HASH_LIST, DisclosureKind.PACKAGE,
    }  # fmt: skip
    assert foreseen.known.is_standing
    assert open_copies(vault) == set()


def test_a_whole_list_is_chased_to_whoever_has_it_or_a_file_that_was_known_by_it(
    vault: Vault, shapes: str, tmp_path: Path, clock: SteppingClock
) -> None:
    clock.advance(timedelta(hours=1))
    export(vault, shapes, tmp_path / "out.csv", "Unit Example")
    pack(vault, 7, b"circle", "Court Example")
    pack(vault, 9, b"star", "Somebody Else")
    done = take_back(vault, shapes, reason="not what it was taken for")

    assert (done.hits.ended, done.copies) == (2, 2)
    assert open_copies(vault) == {
        ("Unit Example", "hashList", shapes),
        ("Court Example", "hashList", shapes),
    }
    assert not done.known.is_standing


def test_a_next_version_is_chased_to_packages_with_files_that_only_went_entries_made_known(
    vault: Vault, shapes: str, tmp_path: Path, clock: SteppingClock
) -> None:
    clock.advance(timedelta(hours=1))
    export(vault, shapes, tmp_path / "out.csv", "Unit Example")
    pack(vault, 7, b"circle", "Court Example")
    pack(vault, 8, b"square", "Somebody Else")
    newer = tmp_path / "newer.md5"
    newer.write_text(f"{md5(b'square')}  square\n{md5(b'dot')}  dot\n")
    done = update_hash_list(
        vault, shapes, ListOrder(newer, version="2"), announce=silent, is_cancelled=never
    )
    assert done.copies == 2
    assert open_copies(vault) == {
        ("Unit Example", "hashList", shapes),
        ("Court Example", "hashList", shapes),
    }


def test_a_package_that_left_before_its_file_was_known_is_left_alone(
    vault: Vault, tmp_path: Path, clock: SteppingClock
) -> None:
    pack(vault, 7, b"circle", "Court Example")
    clock.advance(timedelta(hours=1))
    list_id = read_in(vault, tmp_path / "shapes.md5", b"circle")
    done = take_back(vault, list_id, reason="over")
    assert (done.hits.ended, done.copies) == (1, 0)


def test_of_two_packages_with_a_file_the_one_that_left_before_it_was_known_is_left_alone(
    vault: Vault, tmp_path: Path, clock: SteppingClock
) -> None:
    pack(vault, 7, b"circle", "Earlier Example")
    clock.advance(timedelta(hours=1))
    list_id = read_in(vault, tmp_path / "shapes.md5", b"circle")
    clock.advance(timedelta(hours=1))
    pack(vault, 7, b"circle", "Court Example")
    reach = foresee_withdrawal(vault, list_id, entries=["1"]).reach
    assert [copy.title for copy in reach.copies] == ["Package for Court Example"]
    done = take_back(vault, list_id, reason="over", entries=["1"])
    assert done.copies == 1
    assert {recipient for recipient, _, _ in open_copies(vault)} == {"Court Example"}


def test_single_entries_are_withdrawn_by_name_or_digest_and_the_rest_stands(
    vault: Vault, shapes: str, tmp_path: Path, clock: SteppingClock
) -> None:
    clock.advance(timedelta(hours=1))
    export(vault, shapes, tmp_path / "out.csv", "Unit Example")
    pack(vault, 7, b"circle", "Court Example")
    done = take_back(
        vault, shapes, reason="wrong", entries=[f"md5:{md5(b'circle')}", "3", "nothing", "", "3"]
    )

    assert (done.reach.entries, done.hits.ended, done.unknown) == (2, 1, ("nothing",))
    assert (done.known.entries, done.known.entries_withdrawn) == (1, 2)
    assert open_copies(vault) == {
        ("Unit Example", "hashListEntry", f"{shapes}/1"),
        ("Unit Example", "hashListEntry", f"{shapes}/3"),
        ("Court Example", "hashListEntry", f"{shapes}/1"),
    }
    with vault.reader() as reader:
        reasons = {each.reference: each.reason for each in affected.page(reader, limit=9).rows}
    assert reasons[f"{shapes}/1"] == f"wrong (md5:{md5(b'circle')})"
    with vault.reader() as reader:
        (ended,) = hits.of_content(reader, sha256(b"circle"))
    assert (ended.ended_by, ended.ended_reason) == (EndedBy.ENTRY_WITHDRAWN, "wrong")
    known, contents = show_known_list(vault, shapes, limit=10)
    assert [content.media_id for content in contents] == [8]
    export(vault, shapes, tmp_path / "difference.csv", "Unit Example")
    with vault.reader() as reader:
        (only,) = list_versions.versions(reader, known.number)
    assert only.ordinal == 1


def test_what_was_contributed_elsewhere_is_named(vault: Vault, shapes: str) -> None:
    circle = HashEntry(HashAlgorithm.MD5, md5(b"circle"))
    other = HashEntry(HashAlgorithm.MD5, md5(b"elsewhere"))
    given = [
        contribute_hashes(vault, "national", [entry], operation_id=number)[0]
        for entry, number in ((circle, _uuid(1)), (other, _uuid(2)))
    ]
    assert isinstance(given[0].body, ContributeHashes)
    assert foresee_withdrawal(vault, shapes).reach.contributed == (given[0].operation_id,)
    assert foresee_withdrawal(vault, shapes, entries=["2"]).reach.contributed == ()


def _uuid(number: int) -> uuid.UUID:
    return uuid.UUID(int=number)


def test_nothing_named_and_lists_of_the_portal_are_refused(vault: Vault, shapes: str) -> None:
    for entries in ([], ["nothing"]):
        with pytest.raises(EntriesUnfit):
            take_back(vault, shapes, reason="x", entries=entries)
    tell(vault, told(a_list()))
    with pytest.raises(ListKept):
        foresee_withdrawal(vault, "shapes")


def test_what_the_portal_takes_back_is_chased_to_packages_with_what_it_made_known(
    vault: Vault, clock: SteppingClock
) -> None:
    tell(vault, told(a_list()), told(a_list_entry("1", md5=md5(b"circle"))))
    match_due(vault)
    clock.advance(timedelta(hours=1))
    pack(vault, 7, b"circle", "Court Example")
    pack(vault, 9, b"star", "Somebody Else")
    applied = tell(vault, taken_back(a_list_entry("1")))
    assert (applied.hits_ended, applied.copies_affected) == (1, 1)
    assert open_copies(vault) == {("Court Example", "hashListEntry", "shapes/1")}
