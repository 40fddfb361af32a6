"""What a list's digests are changes nothing: memory holds one small bucket of them, in their order."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import Cancelled
from cport_desktop.usecases.import_hash_list import Imported, ListOrder, import_hash_list
from cport_desktop.vault import list_buckets
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault

ENTRIES = 60_000


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as vault:
        yield vault


@pytest.fixture(autouse=True)
def small_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ten million entries would do with buckets of 8 MB, so many do with smaller ones."""
    monkeypatch.setattr(list_buckets, "LARGEST_BUCKET", 40_000)
    monkeypatch.setattr(list_buckets, "_DIVIDED_AT_ONCE", 40_000)


def of_one_beginning(dice: random.Random) -> str:
    return bytes(12).hex() + dice.randbytes(4).hex()


def of_few(dice: random.Random) -> str:
    return f"{dice.randrange(100):032x}"


def read(vault: Vault, path: Path, digests: Sequence[str]) -> Imported:
    path.write_text("".join(f"{digest}  shape-{at}.png\n" for at, digest in enumerate(digests)))
    return import_hash_list(vault, ListOrder(path), announce=silent, is_cancelled=never)


def known(vault: Vault) -> list[tuple[bytes, str]]:
    """Digests in their order, each with the name of its entry."""
    with vault.reader() as reader:
        return reader.connection.execute(
            "SELECT d.digest, e.name FROM list_digest AS d JOIN list_entry AS e USING (entry)"
            " ORDER BY d.algorithm, d.digest, d.entry"
        ).fetchall()


@pytest.mark.parametrize("draw", [of_one_beginning, of_few])
def test_digests_that_are_alike_are_read_as_any_others(vault: Vault, tmp_path: Path, draw) -> None:
    dice = random.Random(3)
    digests = [draw(dice) for _ in range(ENTRIES)]
    first: dict[str, str] = {}
    for at, digest in enumerate(digests):
        first.setdefault(digest, f"shape-{at}.png")

    done = read(vault, tmp_path / "alike.md5", digests)

    assert (done.accepted, done.duplicates) == (len(first), ENTRIES - len(first))
    assert known(vault) == sorted((bytes.fromhex(digest), name) for digest, name in first.items())
    with vault.reader() as reader:
        assert reader.connection.execute("SELECT count(*) FROM list_staging").fetchone() == (0,)
        assert reader.connection.execute("SELECT count(*) FROM list_entry").fetchone() == (
            len(first),
        )


def test_entries_of_several_digests_that_share_one_are_told_apart(
    vault: Vault, tmp_path: Path
) -> None:
    """Ten thousand rows with one MD5: each third of another category, each ninth row is there twice."""
    dice = random.Random(4)
    rows = [(f"{1:032x}", dice.randbytes(32).hex(), str(at % 3)) for at in range(9_000)]
    rows += rows[:1_000]
    path = tmp_path / "shared.csv"
    path.write_text("md5;sha256;category\n" + "".join(f"{';'.join(row)}\n" for row in rows))
    done = import_hash_list(vault, ListOrder(path), announce=silent, is_cancelled=never)
    assert (done.accepted, done.duplicates) == (9_000, 1_000)
    with vault.reader() as reader:
        counted = reader.connection.execute(
            "SELECT algorithm, count(*) FROM list_digest GROUP BY algorithm ORDER BY algorithm"
        ).fetchall()
    assert [count for _, count in counted] == [9_000, 9_000]


def test_it_can_be_stopped_while_a_bucket_is_divided(vault: Vault, tmp_path: Path) -> None:
    """Whoever looks on is asked after each part, of which there are many although one bucket was filled."""
    path = tmp_path / "alike.md5"
    dice = random.Random(6)
    path.write_text("".join(f"{of_one_beginning(dice)}  x.png\n" for _ in range(ENTRIES)))
    asked = iter(range(10_000))
    with pytest.raises(Cancelled):
        import_hash_list(
            vault, ListOrder(path), announce=silent, is_cancelled=lambda: next(asked) > 12
        )
    with vault.reader() as reader:
        for table in ("list_staging", "list_entry", "list_digest", "hash_list"):
            assert reader.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
