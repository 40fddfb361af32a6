"""«Seen before, because …»: why reports belong together, what came of the others, and what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cport_desktop.domain.audit import AuditEntry
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.memory import MOST_COUNTED, MOST_EXAMPLES, Because, Memory, Remembered
from cport_desktop.domain.report import Report, ReportStatus
from cport_desktop.errors import AgreementForbids, UnknownReference
from cport_desktop.usecases import remember as asked
from cport_desktop.usecases.remember import catch_up_traits, remember
from cport_desktop.vault import audit_log, state_digest
from cport_desktop.vault.vault import Vault
from tests.agreement_builders import EVERYTHING, a_clause, a_limit, an_agreement
from tests.builders import a_vault
from tests.likeness_builders import a_digest, a_picture, bytes_of, caught_up, hold
from tests.report_builders import (
    SPRING,
    a_notice,
    a_report,
    an_action,
    an_assessment,
    an_item,
    corrected,
    new,
    withdrawn,
)
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply, erase

ME = ReportId(50)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as opened:
        yield opened


def about(number: int, url: str | None = None, **changes: Any) -> Report:
    """A report that has nothing in common with another, but what it is told to."""
    item: dict[str, Any] = {
        name: changes.pop(name) for name in ("assessments", "actions", "media") if name in changes
    }
    own = f"https://own-{number}.example/"
    return a_report(number, contents=(an_item(number * 10, url or own, **item),), **changes)


def reasons(vault: Vault, number: int = ME) -> dict[Because, Remembered]:
    return {one.because: one for one in remember(vault, ReportId(number)).reasons}


def tell(vault: Vault, *reports: Report) -> None:
    apply(vault, *map(new, reports))


def entries(vault: Vault) -> list[AuditEntry]:
    with vault.reader() as reader:
        return list(audit_log.page(reader, limit=50, after=None).rows)


PICTURE = a_notice(7, b"one picture")
SHARED: dict[Because, tuple[dict[str, Any], dict[str, Any]]] = {
    Because.SAME_BYTES: ({"media": (PICTURE,)}, {"media": (a_notice(8, b"one picture"),)}),
    Because.SAME_HOST: ({"url": "https://a.one.example/"}, {"url": "https://a.one.example/?x"}),
    Because.SAME_DOMAIN: ({"url": "https://a.one.example/"}, {"url": "https://b.one.example/"}),
    Because.SAME_REFERRER: (
        {"referrer": "https://board.example/t/1"},
        {"referrer": "http://Board.example/T/1/"},
    ),
    Because.SAME_LAYOUT: (
        {"url": "https://x.example/set/1/2.jpg"},
        {"url": "https://y.example/set/33/444.jpg"},
    ),
    Because.SAME_PAYMENT: ({"payment_methods": (5, 9)}, {"payment_methods": (5,)}),
}


@pytest.mark.parametrize("because", SHARED)
def test_what_two_reports_share_is_told_of_each(vault: Vault, because: Because) -> None:
    earlier, mine = SHARED[because]
    tell(vault, about(1, **earlier), about(ME, **mine), about(99))

    told = reasons(vault)[because]

    assert (told.reports, told.earlier, told.is_more) == (1, 1, False)
    assert [one.report_id for one in told.examples] == [1]
    assert reasons(vault, 1)[because].earlier == 0
    assert reasons(vault, 99) == {}


def test_what_looks_alike_is_told_beside_what_is_the_same(vault: Vault) -> None:
    tell(
        vault,
        about(1, media=(a_notice(11, bytes_of(11)),)),
        about(2, media=(a_notice(12, bytes_of(12)), PICTURE)),
        about(ME, media=(a_notice(13, bytes_of(13)), a_notice(8, b"one picture"))),
    )
    for media in (11, 12, 13):
        hold(vault, media, a_picture(a_digest(1)))
    caught_up(vault)

    told = reasons(vault)

    assert {one.report_id for one in told[Because.SAME_BYTES].examples} == {2}
    assert {one.report_id for one in told[Because.LOOKS_ALIKE].examples} == {1}


def test_the_outcome_of_those_decided_comes_first(vault: Vault) -> None:
    acted = about(
        1,
        "https://one.example/",
        assessments=(an_assessment(2),),
        actions=(an_action(2, day=3), an_action(3, day=5)),
    )
    decided = about(2, "https://one.example/", assessments=(an_assessment(1),))
    open_ones = [about(number, "https://one.example/") for number in range(3, 8)]
    tell(vault, acted, decided, *open_ones, about(ME, "https://one.example/"))

    told = reasons(vault)[Because.SAME_DOMAIN]

    assert told.reports == 7
    assert (dict(told.decided), told.undecided) == ({1: 1, 2: 1}, 5)
    assert [one.report_id for one in told.examples] == [1, 2, 7]
    assert len(told.examples) == MOST_EXAMPLES
    first = told.examples[0]
    assert (first.classification, first.action) == (2, 3)
    assert first.acted_at == an_action(3, day=5).made_at
    assert told.examples[1].acted_at is None


def test_what_very_many_share_stands_last_and_is_counted_as_far_as_it_tells(vault: Vault) -> None:
    crowd = [about(number, "https://a.crowd.example/") for number in range(100, 102 + MOST_COUNTED)]
    mine = about(ME, "https://a.crowd.example/", referrer="https://board.example/t/1")
    tell(vault, *crowd, mine, about(1, referrer="https://board.example/t/1"))

    found = remember(vault, ME).reasons

    order = [Because.SAME_REFERRER, Because.SAME_HOST, Because.SAME_DOMAIN]
    assert [one.because for one in found] == order
    assert (found[1].reports, found[1].is_more) == (MOST_COUNTED, True)
    told = sum(number for _, number in found[1].decided) + found[1].undecided
    assert told == found[1].reports, "what came of them is told of those that are counted"


def test_a_correction_takes_along_what_is_remembered(vault: Vault) -> None:
    board = "https://board.example/t/1"
    tell(vault, about(1, referrer=board), about(2, referrer=board), about(ME))
    assert reasons(vault, 1)[Because.SAME_REFERRER].reports == 1

    moved = SPRING.replace(year=2025)
    apply(vault, corrected(about(1, revision=2, received_at=moved, referrer=None)))
    apply(vault, corrected(about(ME, revision=2, referrer=board)))

    assert [one.report_id for one in reasons(vault)[Because.SAME_REFERRER].examples] == [2]
    assert Because.SAME_REFERRER not in reasons(vault, 1)


def test_a_withdrawn_report_is_remembered_as_one(vault: Vault) -> None:
    tell(vault, about(1, "https://one.example/"), about(ME, "https://one.example/"))
    apply(vault, withdrawn(1))

    (example,) = reasons(vault)[Because.SAME_DOMAIN].examples

    assert example.status is ReportStatus.WITHDRAWN


def test_nothing_is_remembered_of_what_was_erased(vault: Vault) -> None:
    everything: dict[str, Any] = {
        "url": "https://one.example/set/1/2.jpg",
        "referrer": "https://board.example/t/1",
        "payment_methods": (5,),
    }
    tell(vault, about(1, **everything), about(ME, **everything))
    assert len(reasons(vault)) == 4

    erase(vault, 1)

    assert reasons(vault) == {}
    with vault.reader() as reader:
        rows = reader.connection.execute("SELECT count(DISTINCT row) FROM trait").fetchone()
    assert rows == (1,)


@pytest.mark.parametrize(
    ("field", "because"),
    [
        ("referrerUrl", Because.SAME_REFERRER),
        ("hostingOrganization", Because.SAME_LAYOUT),
        ("sourceUrlPaymentMethods", Because.SAME_PAYMENT),
        ("sourceUrlSiteType", Because.SAME_PAYMENT),
    ],
)
def test_what_the_agreement_withholds_connects_nothing(
    vault: Vault, field: str, because: Because
) -> None:
    earlier, mine = SHARED[because]
    tell(vault, about(1, **earlier), about(ME, **mine))
    assert because in reasons(vault)

    bind(vault, an_agreement(EVERYTHING, a_limit("4.5", fields=(field,))))

    assert because not in reasons(vault)


def test_it_is_not_told_without_leave_to_read_reports(vault: Vault) -> None:
    tell(vault, about(ME))
    bind(vault, an_agreement(a_clause("1.1", "table.export")))

    with pytest.raises(AgreementForbids):
        remember(vault, ME)


def test_asking_is_on_record_unless_it_belongs_to_an_opening(vault: Vault) -> None:
    tell(vault, about(ME))
    before = entries(vault)

    remember(vault, ME, is_new=False)
    assert entries(vault) == before
    with pytest.raises(UnknownReference):
        remember(vault, ReportId(1))
    assert entries(vault) == before
    remember(vault, ME)

    new_entry = entries(vault)[0]
    assert (new_entry.draft.verb, new_entry.draft.object_reference) == ("remember", "HL-50")


def test_traits_are_written_behind_and_not_by_whoever_applies(vault: Vault) -> None:
    """More than may be waited for: the answer says that it is not whole, and is once caught up."""
    board = "https://board.example/t/1"
    crowd = asked.CAUGHT_UP_AT_ONCE + 1
    tell(vault, *(about(number, referrer=board) for number in range(1, crowd + 1)))
    with vault.reader() as reader:
        digest = state_digest.digest(reader)

    first: Memory = remember(vault, ME)
    assert not first.is_whole
    assert not first.reasons

    assert catch_up_traits(vault) == crowd
    assert catch_up_traits(vault) == 0

    second = remember(vault, ME)
    assert second.is_whole
    assert [one.because for one in second.reasons] == [Because.SAME_REFERRER]
    with vault.reader() as reader:
        assert digest == state_digest.digest(reader)
