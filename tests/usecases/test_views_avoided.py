"""What is settled without a look counts once for the one who settled it, and nobody can tell whose."""

from __future__ import annotations

import hashlib
import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from cport_desktop.domain.exposure import Avoided
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.operation import GiveAssessment
from cport_desktop.domain.report import Report
from cport_desktop.domain.taxonomy import NATIONAL, NOT_ILLEGAL
from cport_desktop.usecases import act, exposure, turn_deeds, views_avoided
from cport_desktop.usecases.take_up_operation import revise
from cport_desktop.vault.vault import Vault
from tests.builders import make_vault, reopened
from tests.report_builders import a_notice, a_report, an_assessment, an_item, new
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply, content_of, erase, receive

DECIDED, SAME_BYTES, ALONE, TWICE, AGAIN = map(ReportId, (1, 2, 3, 4, 5))
"""Report 1 is decided; 2 has a file with the same bytes; 3 has one of its own, 4 and 5 share one."""

NewId = Callable[[], UUID]


@pytest.fixture(scope="module")
def newborn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_vault(tmp_path_factory.mktemp("newborn") / "vault")


@pytest.fixture
def vault(newborn: Path, tmp_path: Path) -> Iterator[Vault]:
    with reopened(Path(shutil.copytree(newborn, tmp_path / "vault"))) as opened:
        bind(opened)
        told = {1: 1, 2: 1, 3: 3, 4: 4, 5: 4}
        apply(opened, *(new(_report(number, shows)) for number, shows in told.items()))
        for number, shows in told.items():
            receive(opened, number, content_of(shows))
        yield opened


def _report(number: int, shows: int) -> Report:
    said = (an_assessment(NATIONAL),) if number == DECIDED else ()
    notice = a_notice(number, content_of(shows))
    return a_report(number, contents=(an_item(number * 10, media=(notice,), assessments=said),))


@pytest.fixture
def new_id() -> NewId:
    counted = itertools.count(1)
    return lambda: UUID(int=next(counted))


def counted(vault: Vault) -> dict[Avoided, int]:
    days = exposure.own_exposure(vault, days=1, now=vault.now()).ledger.days
    return {each.why: each.count for day in days for each in day.avoided}


def marks(vault: Vault) -> list[tuple[str, bytes]]:
    with vault.reader() as reader:
        return reader.connection.execute("SELECT sha256, mark FROM own_mark").fetchall()


def test_what_was_decided_before_counts_once_however_often_it_is_decided(
    vault: Vault, new_id: NewId
) -> None:
    first, _ = act.assess(vault, SAME_BYTES, None, NATIONAL, operation_id=new_id())
    assert counted(vault) == {Avoided.DUPLICATE: 1}

    body = first.body
    assert isinstance(body, GiveAssessment)
    other = GiveAssessment(body.content_id, NOT_ILLEGAL)
    revise(vault, first.operation_id, other, operation_id=new_id())
    turn_deeds.undo(vault, turn_deeds.Means(new_id))
    turn_deeds.redo(vault, turn_deeds.Means(new_id))
    assert counted(vault) == {Avoided.DUPLICATE: 1}


def test_what_nothing_knows_or_was_looked_at_is_no_view_avoided(
    vault: Vault, new_id: NewId
) -> None:
    views_avoided.note_look(vault, MediaId(2))
    for report in (ALONE, SAME_BYTES):
        act.assess(vault, report, None, NATIONAL, operation_id=new_id())
    assert counted(vault) == {}


def test_each_content_counts_once_by_the_reason_that_was_given(vault: Vault) -> None:
    known = {hashlib.sha256(content_of(3)).hexdigest(): Avoided.LISTED}
    assert views_avoided.count_avoided(vault, known) == 1
    assert views_avoided.count_avoided(vault, known) == 0
    assert counted(vault) == {Avoided.LISTED: 1}


def test_of_two_that_share_their_bytes_the_second_is_known(vault: Vault, new_id: NewId) -> None:
    act.assess(vault, TWICE, None, NATIONAL, operation_id=new_id())
    assert counted(vault) == {}
    act.assess(vault, AGAIN, None, NATIONAL, operation_id=new_id())
    assert counted(vault) == {Avoided.DUPLICATE: 1}


def test_a_mark_tells_nobody_whose_it_is_and_goes_with_the_content(
    vault: Vault, new_id: NewId
) -> None:
    act.assess(vault, SAME_BYTES, None, NATIONAL, operation_id=new_id())
    views_avoided.note_look(vault, MediaId(3))
    left = marks(vault)
    assert len(left) == 2
    assert len({mark for _, mark in left}) == 2, "two marks of one person are not alike"
    turn_deeds.undo(vault, turn_deeds.Means(new_id))

    erase(vault, ALONE)
    assert [digest for digest, _ in marks(vault)] == [hashlib.sha256(content_of(1)).hexdigest()]
    exposure.clear(vault)
    assert marks(vault) == []
