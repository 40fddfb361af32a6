"""Trying a list, which keeps nothing, tells how far it is and can be stopped wherever it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.domain.progress import Phase, Progress, never, silent
from cport_desktop.errors import Cancelled
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault

LINES = 20_001
"""One more than are taken together: two lots."""


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as vault:
        yield vault


@pytest.fixture
def order(tmp_path: Path) -> ListOrder:
    path = tmp_path / "known.md5"
    path.write_text("".join(f"{hashlib.md5(b'%d' % at).hexdigest()}\n" for at in range(LINES)))
    return ListOrder(path, is_rehearsal=True)


def left(vault: Vault) -> dict[str, int]:
    tables = ("hash_list", "list_entry", "list_digest", "list_staging", "match_due", "audit_entry")
    with vault.reader() as reader:
        return {
            table: len(reader.connection.execute(f"SELECT * FROM {table}").fetchall())
            for table in tables
        }


def test_trying_tells_how_far_it_is_lot_by_lot_and_bucket_by_bucket(
    vault: Vault, order: ListOrder
) -> None:
    seen = list[Progress]()
    import_hash_list(vault, order, announce=seen.append, is_cancelled=never)

    size = order.path.stat().st_size
    assert {(one.phase, one.total) for one in seen} == {(Phase.IMPORTING, 2 * size)}
    done = [one.done for one in seen]
    assert len(done) == 2 + 256
    assert done == sorted(done)
    assert done[1] == size
    assert done[-1] == 2 * size


def test_trying_that_is_stopped_anywhere_leaves_nothing(vault: Vault, order: ListOrder) -> None:
    before, asked = left(vault), list[None]()

    def counted() -> bool:
        asked.append(None)
        return False

    import_hash_list(vault, order, announce=silent, is_cancelled=counted)
    in_all = len(asked)
    pieces = -(-order.path.stat().st_size // (1 << 20))
    assert in_all == pieces + 2 + 256
    for stop_at in (1, pieces + 1, pieces + 2, pieces + 3, in_all):
        asked.clear()
        with pytest.raises(Cancelled):
            import_hash_list(
                vault,
                order,
                announce=silent,
                is_cancelled=lambda last=stop_at: counted() or len(asked) == last,  # type: ignore[misc]
            )
        assert left(vault) == before
    asked.clear()
