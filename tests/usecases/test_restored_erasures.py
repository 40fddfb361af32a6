"""What was erased after a backup was made does not come back with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cport_desktop.domain.erasure import Ground
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import CheckpointMalformed, SignatureInvalid
from cport_desktop.usecases import erase
from cport_desktop.usecases.back_up import back_up
from cport_desktop.usecases.restore_vault import RestoreOrder, restore_vault
from cport_desktop.vault import erased, replica
from cport_desktop.vault.erasure_register import keep_outside
from cport_desktop.vault.slot_passphrase import Passphrase
from cport_desktop.vault.vault import Vault
from tests.builders import PASSPHRASE, a_clock, a_vault, reopened
from tests.report_builders import a_batch, a_report, new

GROUND = Ground("order", None, "synthetic order 1")


def reports_in(vault: Vault) -> list[int]:
    with vault.reader() as reader:
        rows = reader.connection.execute("SELECT report_id FROM report ORDER BY 1").fetchall()
    return [row[0] for row in rows]


def apply(vault: Vault, *numbers: int, cursor: str | None, following: str) -> None:
    batch = a_batch(
        *(new(a_report(number)) for number in numbers), cursor=cursor, following=following
    )
    with vault.transaction() as tx:
        replica.apply(tx, batch)


@pytest.fixture
def register(tmp_path: Path) -> bytes:
    """A vault with reports 1 to 3 was backed up; then 2 was erased, and 4, which came later."""
    with a_vault(tmp_path / "vault") as vault:
        apply(vault, 1, 2, 3, cursor=None, following="c1")
        back_up(vault, tmp_path / "file", announce=silent, is_cancelled=never)
        apply(vault, 4, cursor="c1", following="c2")
        numbers = (ReportId(2), ReportId(4))
        done = erase.erase(vault, erase.Order(numbers, GROUND, len(numbers)))
        assert done.certificate is not None
        keep_outside(vault, tmp_path / "marks")
        return erase.export_register(vault)


def restored(tmp_path: Path, *, erasures: tuple[bytes, ...] = (), marks: Path | None = None) -> int:
    order = RestoreOrder(
        tmp_path / "file",
        tmp_path / "new",
        Passphrase(PASSPHRASE),
        erasures=erasures,
        marks=marks,
    )
    return restore_vault(
        order, clock=a_clock(), program="tests", announce=silent, is_cancelled=never
    ).erased_again


def test_a_backup_by_itself_still_holds_what_was_erased_later(register, tmp_path):
    assert restored(tmp_path) == 0
    with reopened(tmp_path / "new") as vault:
        assert reports_in(vault) == [1, 2, 3]


def test_a_register_that_is_given_is_applied_before_anybody_can_open_the_vault(register, tmp_path):
    assert restored(tmp_path, erasures=(register,)) == 1
    with reopened(tmp_path / "new") as vault:
        assert reports_in(vault) == [1, 3]
        with vault.reader() as reader:
            gone = erased.erased_reports(reader.connection, [1, 2, 3, 4])
        assert gone == {2, 4}


def test_the_register_that_this_machine_keeps_is_applied_unasked(register, tmp_path):
    assert restored(tmp_path, marks=tmp_path / "marks") == 1
    with reopened(tmp_path / "new") as vault:
        assert reports_in(vault) == [1, 3]


def test_a_register_that_is_not_the_vaults_own_stops_the_restore(register, tmp_path):
    with a_vault(tmp_path / "second") as second:
        foreign = erase.export_register(second)
    with pytest.raises(SignatureInvalid):
        restored(tmp_path, erasures=(foreign,))
    with pytest.raises(CheckpointMalformed):
        restored(tmp_path, erasures=(b"rubbish",))
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["lock"]
