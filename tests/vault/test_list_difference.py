"""A next version of thousands of entries is told apart as one of three: what is alike, and what is not."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from cport_desktop.domain.progress import never, silent
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from cport_desktop.usecases.update_hash_list import Updated, update_hash_list
from cport_desktop.vault import list_difference
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault

Line = tuple[str, str, str]
"""MD5, SHA-1 (both may be empty) and a category."""
DICE = random.Random(8)


def digits(count: int) -> str:
    return DICE.randbytes(count).hex()


def line() -> Line:
    return digits(16), digits(20), "2"


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as vault:
        yield vault


@pytest.fixture(autouse=True)
def short_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ten million entries would do with lots of 20,000, so many do with shorter ones."""
    monkeypatch.setattr(list_difference, "_LOT", 97)
    monkeypatch.setattr(list_difference, "_MOST_ALIKE", 50)


def a_file(path: Path, lines: Sequence[Line]) -> Path:
    path.write_text("md5;sha1;category\n" + "".join(f"{';'.join(each)}\n" for each in lines))
    return path


def updated(vault: Vault, tmp_path: Path, older: Sequence[Line], newer: Sequence[Line]) -> Updated:
    order = ListOrder(a_file(tmp_path / "1.csv", older), version="1")
    done = import_hash_list(vault, order, announce=silent, is_cancelled=never)
    assert done.list_id is not None
    order = ListOrder(a_file(tmp_path / "2.csv", newer), version="2")
    return update_hash_list(vault, done.list_id, order, announce=silent, is_cancelled=never)


def plain(older: Sequence[Line], newer: Sequence[Line]) -> tuple[int, int]:
    """The same, told the slow way."""

    def alone(one: Sequence[Line], other: Sequence[Line]) -> int:
        there = {digest for each in other for digest in each[:2] if digest}
        return sum(not there.intersection(each[:2]) for each in one)

    return alone(newer, older), alone(older, newer)


def test_what_came_and_what_went_is_counted(vault: Vault, tmp_path: Path) -> None:
    kept = [line() for _ in range(700)]
    older = [*kept, *(line() for _ in range(300))]
    newer = [*(line() for _ in range(200)), *kept]
    # Known by one digest of two, or with another in the place of the second.
    newer += [(md5, "", "2") for md5, _, _ in older[700:750]]
    newer += [("", sha1, "2") for _, sha1, _ in older[750:800]]
    newer += [(md5, digits(20), "2") for md5, _, _ in older[800:850]]
    done = updated(vault, tmp_path, older, newer)
    assert (done.difference.added, done.difference.removed) == plain(older, newer) == (200, 150)


@pytest.mark.parametrize("count", [49, 50, 51, 400])
def test_entries_of_one_digest_stay_all_of_them(vault: Vault, tmp_path: Path, count: int) -> None:
    """More than are remembered by their numbers are read again."""
    alike = digits(16)
    older = [(alike, digits(20), "2") for _ in range(count)]
    newer = [(alike, "", "2"), line()]
    done = updated(vault, tmp_path, older, newer)
    assert (done.difference.added, done.difference.removed) == (1, 0)


def test_another_list_beside_them_changes_nothing(vault: Vault, tmp_path: Path) -> None:
    older, newer = [line() for _ in range(120)], [line() for _ in range(80)]
    both = ListOrder(a_file(tmp_path / "both.csv", [*older, *newer]))
    import_hash_list(vault, both, announce=silent, is_cancelled=never)
    done = updated(vault, tmp_path, older, newer)
    assert (done.difference.added, done.difference.removed) == (80, 120)


def test_an_entry_that_stays_stands_since_it_came(vault: Vault, tmp_path: Path) -> None:
    """Three versions: what came with the second is not new in the third."""
    first = [line() for _ in range(150)]
    second = [*first[:100], *(line() for _ in range(150))]
    third = [*second[50:], *(line() for _ in range(30))]
    list_id = updated(vault, tmp_path, first, second).known.list_id
    order = ListOrder(a_file(tmp_path / "3.csv", third), version="3")
    update_hash_list(vault, list_id, order, announce=silent, is_cancelled=never)
    with vault.reader() as reader:
        counted = reader.connection.execute(
            "SELECT count(*) FROM list_entry GROUP BY changed_at ORDER BY changed_at"
        ).fetchall()
    assert [count for (count,) in counted] == [50, 150, 30]
