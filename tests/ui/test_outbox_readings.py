"""What the outbox says of an assessment that waits for a second reader."""

from __future__ import annotations

from pathlib import Path

from cport_desktop.bootstrap import furnish
from cport_desktop.domain.ids import OperationId
from cport_desktop.settings import Settings
from cport_desktop.ui.exchanging_lines import OutboxAct, OutboxLine, OutboxView
from cport_desktop.ui.exchanging_outbox import Operations
from cport_desktop.vault.vault import Vault
from cport_desktop.words import outbox_page as say
from tests.usecases.test_second_reading import ada, berta, folder, given, newborn

__all__ = ["folder", "given", "newborn"]


def line_in(vault: Vault, tmp_path: Path, number: OperationId) -> OutboxLine:
    workstation = furnish(Settings(marks=tmp_path / "marks"))
    rows = Operations(workstation, vault).page(OutboxView.ALL, 9, None).rows
    return next(row for row in rows if row.operation_id == number)


def test_to_the_second_reader_it_tells_no_classification_not_even_none(
    folder: Path, given: OperationId, tmp_path: Path
) -> None:
    with berta(folder) as vault:
        assert line_in(vault, tmp_path, given).what == "Assessment"
    with ada(folder) as vault:
        assert line_in(vault, tmp_path, given).what == "Assessment: National"


def test_it_says_for_whom_it_waits_and_offers_no_way_past_them(
    folder: Path, given: OperationId, tmp_path: Path
) -> None:
    with ada(folder) as vault:
        line = line_in(vault, tmp_path, given)
    assert line.means == say.SECOND_READER
    assert OutboxAct.SEND not in line.acts
    assert OutboxAct.SET_ASIDE in line.acts
