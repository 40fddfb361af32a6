"""One bit flips, an older page comes back: it is found and named, and nothing wrong is read."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.keeping import Finding
from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import VaultDamaged, VaultError, VaultRolledBack
from cport_desktop.usecases.keep_checkpoint import write_checkpoint
from cport_desktop.vault import inspection
from cport_desktop.vault.vault import Vault
from tests.builders import hold_media, noise
from tests.hostile.faults.tally import Tally
from tests.hostile.faults.workflows import vaults

PAGE = 4096
MEDIA = {number: noise(number * 17_000, seed=number) for number in (1, 2, 3)}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with three files, closed; its high-water mark lies beside it."""
    directory = tmp_path_factory.mktemp("sound") / "vault"
    vaults.create(directory)
    with vaults.opened(directory) as vault:
        for number, content in MEDIA.items():
            hold_media(vault, number, content)
    return directory


@pytest.fixture
def copy(sound: Path, memory: Path) -> Path:
    """A copy to be damaged; `mend` makes it whole again."""
    return mend(memory / "place" / "vault", sound)


def mend(copy: Path, sound: Path) -> Path:
    shutil.rmtree(copy.parent, ignore_errors=True)
    shutil.copytree(sound.parent, copy.parent)
    return copy


def flip(path: Path, offset: int, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[offset] ^= 1 << bit
    path.write_bytes(content)


def found_in(directory: Path) -> tuple[str, ...]:
    """Where something is wrong, as the opening or the check names it; nothing wrong is read."""
    try:
        with vaults.opened(directory) as vault:
            findings = inspection.check(vault, deep=True, announce=silent, is_cancelled=never)
            require_right_content(vault, findings)
    except VaultError as error:
        return (f"{error.code} {error.facts.get('where', '')}",)
    return tuple(finding.where for finding in findings)


def require_right_content(vault: Vault, findings: tuple[Finding, ...]) -> None:
    """What can be read at all is what was put in."""
    for number, content in MEDIA.items():
        try:
            with vault.reader() as reader:
                read = b"".join(vault.blobs.read(reader, MediaId(number)))
        except VaultError:
            assert findings
            continue
        assert read == content


def places(size: int, *, each: int, seed: str) -> Iterator[tuple[int, int]]:
    """In every `each` bytes one, at random, and a bit of it."""
    dice = random.Random(seed)
    for start in range(0, size, each):
        yield dice.randrange(start, min(start + each, size)), dice.randrange(8)


@pytest.mark.parametrize(
    "each", [PAGE * 4, pytest.param(PAGE // 8, marks=pytest.mark.faults)], ids=["a few", "many"]
)
def test_a_flipped_bit_in_the_database_is_found(each: int, copy: Path, sound: Path, tally: Tally):
    size = (sound / "vault.db").stat().st_size
    with tally.timing("flipped bits", "vault.db") as count:
        for offset, bit in places(size, each=each, seed="database"):
            flip(mend(copy, sound) / "vault.db", offset, bit)
            found = found_in(copy)
            assert found, (offset, bit)
            count.number += 1


@pytest.mark.parametrize(
    "each", [400, pytest.param(1, marks=pytest.mark.faults)], ids=["a few", "every byte"]
)
@pytest.mark.parametrize("name", ["header-a.json", "header-b.json"])
def test_a_flipped_bit_in_one_copy_of_the_header_costs_nothing(
    name: str, each: int, copy: Path, sound: Path, tally: Tally
):
    whole = (sound / name).read_bytes()
    mend(copy, sound)
    with tally.timing("flipped bits", name) as count:
        for offset, bit in places(len(whole), each=each, seed=name):
            flip(copy / name, offset, bit)
            with vaults.opened(copy) as vault:
                said = vaults.rows(vault, "SELECT verb FROM audit_entry ORDER BY sequence DESC")
            assert ("repair_header",) in said[:4]
            assert (copy / name).read_bytes() == whole
            count.number += 1


def test_the_same_flipped_bit_in_both_copies_of_the_header_opens_nothing_wrong(
    copy: Path, sound: Path
):
    size = (sound / "header-a.json").stat().st_size
    for offset, bit in places(size, each=100, seed="both"):
        mend(copy, sound)
        flip(copy / "header-a.json", offset, bit)
        flip(copy / "header-b.json", offset, bit)
        try:
            with vaults.opened(copy) as vault:
                assert (
                    vault.layout.headers[0].read_bytes() == (sound / "header-a.json").read_bytes()
                )
        except VaultError:
            continue


@pytest.mark.parametrize(
    "each", [9_000, pytest.param(64, marks=pytest.mark.faults)], ids=["a few", "many"]
)
def test_a_flipped_bit_in_a_sealed_file_is_found_and_named(
    each: int, copy: Path, sound: Path, tally: Tally
):
    mend(copy, sound)
    with vaults.opened(copy) as vault, tally.timing("flipped bits", "sealed files") as count:
        for path in sorted(vault.layout.blobs.glob("*/*")):
            whole = path.read_bytes()
            for offset, bit in places(len(whole), each=each, seed="file"):
                flip(path, offset, bit)
                findings = inspection.check(vault, deep=True, announce=silent, is_cancelled=never)
                assert [finding.where for finding in findings] == [f"blob {path.name}"]
                require_right_content(vault, findings)
                path.write_bytes(whole)
                count.number += 1


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault as a killed process leaves it: its last acts lie in the log of writes alone. Its
    mark knows of them, since a checkpoint was handed out.
    """
    folder = tmp_path_factory.mktemp("interrupted")
    directory = folder / "working" / "vault"
    directory.parent.mkdir()
    vaults.create(directory)
    with vaults.opened(directory) as vault:
        for number, content in MEDIA.items():
            hold_media(vault, number, content)
        write_checkpoint(vault, folder / "checkpoint")
        shutil.copytree(directory.parent, folder / "left")
    left = folder / "left" / "vault"
    (left / "vault.db-shm").unlink()
    return left


@pytest.mark.parametrize(
    "each", [30_000, pytest.param(512, marks=pytest.mark.faults)], ids=["a few", "many"]
)
def test_a_flipped_bit_in_the_log_of_writes_never_goes_unnoticed(
    each: int, memory: Path, interrupted: Path, tally: Tally
):
    copy = memory / "place" / "vault"
    size = (interrupted / "vault.db-wal").stat().st_size
    with tally.timing("flipped bits", "log of writes") as count:
        for offset, bit in places(size, each=each, seed="log of writes"):
            flip(mend(copy, interrupted) / "vault.db-wal", offset, bit)
            with pytest.raises((VaultRolledBack, VaultDamaged)):
                vaults.opened(copy).close()
            count.number += 1


def test_a_whole_log_of_writes_is_taken(memory: Path, interrupted: Path):
    with vaults.opened(mend(memory / "place" / "vault", interrupted)) as vault:
        assert vaults.media_facts(vault) == {f"media {number} held" for number in MEDIA}


def test_an_older_copy_of_the_whole_vault_is_found(copy: Path, sound: Path):
    with vaults.opened(copy) as vault:
        hold_media(vault, 9, b"later")
    shutil.rmtree(copy)
    shutil.copytree(sound, copy)
    with pytest.raises(VaultRolledBack):
        vaults.opened(copy).close()


def test_an_older_copy_of_the_database_is_found(copy: Path, sound: Path):
    with vaults.opened(copy) as vault:
        hold_media(vault, 9, b"later")
    shutil.copy(sound / "vault.db", copy / "vault.db")
    with pytest.raises(VaultRolledBack):
        vaults.opened(copy).close()


def test_a_file_in_the_place_of_another_is_found_and_named(copy: Path, sound: Path):
    mend(copy, sound)
    with vaults.opened(copy) as vault:
        first, second, *_ = sorted(vault.layout.blobs.glob("*/*"))
        first.write_bytes(second.read_bytes())
        findings = inspection.check(vault, deep=True, announce=silent, is_cancelled=never)
        assert [finding.where for finding in findings] == [f"blob {first.name}"]
        require_right_content(vault, findings)


def pages(path: Path) -> list[bytes]:
    whole = path.read_bytes()
    return [whole[at : at + PAGE] for at in range(0, len(whole), PAGE)]


def contents(directory: Path) -> dict[str, set[str]]:
    """Every row of every table that says something lasting."""
    with vaults.opened(directory) as vault:
        tables = vaults.rows(
            vault,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'",
        )
        return {
            name: {repr(row) for row in vaults.rows(vault, f"SELECT * FROM {name}")}
            for (name,) in tables
            if not name.startswith(("audit_", "sqlite_", "anchor"))
        }


def test_an_older_page_is_found_if_it_says_anything_else(copy: Path, sound: Path, tally: Tally):
    """A valid page of an earlier state, which SQLCipher itself cannot tell from a new one."""
    with vaults.opened(copy) as vault:
        hold_media(vault, 9, b"later")
    later = mend(copy.parent.parent / "later" / "vault", copy)
    expected = contents(mend(copy, later))
    old, new = pages(sound / "vault.db"), pages(later / "vault.db")
    changed = [number for number, page in enumerate(old) if page != new[number]]
    with tally.timing("older pages", "vault.db") as count:
        for number in changed:
            mixed = [*new]
            mixed[number] = old[number]
            (mend(copy, later) / "vault.db").write_bytes(b"".join(mixed))
            if not found_in(copy):
                assert contents(copy) == expected, number
            count.number += 1
    assert len(changed) > 10
