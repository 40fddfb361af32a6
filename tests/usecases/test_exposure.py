"""What one looked is one's own: counted, shown to nobody else, given without a name, and binding only
where the unit chose so.
"""

from __future__ import annotations

import inspect
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto.passphrase import FLOOR
from cport_desktop.domain.breaks import PUT_OFF, Due, OwnFigures
from cport_desktop.domain.exposure import FEWEST_GIVERS, Avoided, GivenSum, Look, week_of
from cport_desktop.domain.progress import silent
from cport_desktop.domain.roles import EVERY_ROLE, Role
from cport_desktop.errors import (
    ActUnfit,
    BreakDue,
    FigureBound,
    LedgerAbsent,
    ValueUnknown,
    WeekUnfit,
)
from cport_desktop.usecases import exposure, exposure_breaks, exposure_weeks
from cport_desktop.usecases.inspect_vault import digest_of
from cport_desktop.usecases.manage_analysts import add_analyst, retire_analyst
from cport_desktop.usecases.manage_slots import add_slot
from cport_desktop.usecases.rekey_vault import rekey_vault
from cport_desktop.usecases.unit_rules import set_rule
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.vault.vault import Vault, open_vault
from tests.builders import NOON, PASSPHRASE, a_clock, a_vault, reopened

BERT, THEIRS, MADE_FOR_BERT = "Bert Example", b"another passphrase", b"made by the administrator"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("template") / "vault"
    with a_vault(directory) as vault:
        own = NewSlot("his own", NewPassphrase(THEIRS, FLOOR))
        add_analyst(vault, BERT, [Role.ANALYST], own, now=NOON)
        made = NewSlot("made for him", NewPassphrase(MADE_FOR_BERT, FLOOR))
        add_slot(vault, made, now=NOON, analyst=BERT)
    return directory


@pytest.fixture
def directory(template: Path, tmp_path: Path) -> Path:
    """A closed vault in which Bert works too, with a slot of his own and one made for him."""
    return Path(shutil.copytree(template, tmp_path / "vault"))


def as_bert(directory: Path, passphrase: bytes = THEIRS) -> Vault:
    return open_vault(directory, secret=Passphrase(passphrase), clock=a_clock(), program="tests")


def look(vault: Vault, minutes: float, *, until: datetime = NOON, level: str = "grey") -> None:
    seconds = minutes * 60
    exposure.count_look(vault, Look(level, seconds, granted=seconds), now=until)


class TestTheLedger:
    def test_is_ones_own_and_an_administrator_with_every_role_sees_nothing_of_it(
        self, directory: Path
    ) -> None:
        with as_bert(directory) as vault:
            look(vault, 4)
            exposure.avoided(vault, Avoided.STACK, 12, now=NOON)
            day = exposure.own_exposure(vault, days=7, now=NOON).ledger.days[0]
            assert (day.seconds, day.looks, day.views_avoided) == (240, 1, 12)
        with reopened(directory) as vault:
            assert vault.roles == EVERY_ROLE
            assert exposure.own_exposure(vault, days=7, now=NOON).ledger.days == ()

    def test_no_use_case_of_it_takes_a_person(self) -> None:
        for room in (exposure, exposure_breaks, exposure_weeks):
            for name, function in inspect.getmembers(room, inspect.isfunction):
                taken = set(inspect.signature(function).parameters)
                assert not {"actor", "analyst", "analyst_id", "person", "user", "by"} & taken, name

    def test_with_a_slot_that_carries_no_personal_key_nothing_is_kept_and_it_is_said(
        self, directory: Path
    ) -> None:
        with as_bert(directory, MADE_FOR_BERT) as vault:
            look(vault, 4)
            exposure.avoided(vault, Avoided.LISTED, 1, now=NOON)
            for asked in (
                lambda: exposure.own_exposure(vault, days=7, now=NOON),
                lambda: exposure.clear(vault),
                lambda: exposure_breaks.put_off(vault, now=NOON),
                lambda: exposure_breaks.choose_figures(vault, OwnFigures()),
                lambda: exposure_weeks.give_week(vault, week_of(NOON.date()).before(), now=NOON),
            ):
                with pytest.raises(LedgerAbsent):
                    asked()
            assert exposure_breaks.standing_now(vault, now=NOON) is None
        with as_bert(directory) as vault:
            assert exposure.own_exposure(vault, days=7, now=NOON).ledger.days == ()

    def test_goes_when_it_is_cleared_and_when_its_analyst_leaves(self, directory: Path) -> None:
        with as_bert(directory) as vault:
            look(vault, 4)
            look(vault, 4, until=NOON - timedelta(days=3))
            assert exposure.clear(vault, before=NOON.date()) == 1
        with reopened(directory) as vault:
            look(vault, 1)
            retire_analyst(vault, BERT)
            with vault.reader() as reader:
                rows = reader.connection.execute("SELECT analyst_id FROM exposure").fetchall()
            assert rows == [(vault.analyst.analyst_id,)]

    def test_is_no_part_of_what_two_vaults_are_compared_by(self, directory: Path) -> None:
        with reopened(directory) as vault:
            before = digest_of(vault)
            look(vault, 4)
            exposure_breaks.choose_figures(vault, OwnFigures(after=5))
            vault.exposure.give(week_of(NOON.date()), GivenSum(300, 0))
            set_rule(vault, "exposure.day_cap", "90")
            assert digest_of(vault) == before

    def test_outlasts_a_new_master_key(self, directory: Path) -> None:
        with as_bert(directory) as vault:
            look(vault, 4)
            exposure_weeks.give_week(vault, week_of(NOON.date()), now=NOON + timedelta(days=7))
        rekey_vault(
            directory,
            secret=Passphrase(PASSPHRASE),
            slot=None,
            clock=a_clock(),
            program="tests",
            announce=silent,
        )
        with as_bert(directory) as vault:
            assert len(exposure.own_exposure(vault, days=1, now=NOON).ledger.days) == 1
            assert vault.exposure.has_given(week_of(NOON.date()))

    def test_says_how_many_days_it_speaks_of(self, directory: Path) -> None:
        with reopened(directory) as vault:
            look(vault, 1, until=NOON - timedelta(days=7))
            look(vault, 1, until=NOON - timedelta(days=6))
            found = exposure.own_exposure(vault, days=7, now=NOON)
            assert (found.first, found.today) == (date(2026, 5, 11), date(2026, 5, 17))
            assert len(found.ledger.days) == 1


class TestBreaks:
    def test_what_is_due_is_said_and_nothing_is_refused(self, directory: Path) -> None:
        with reopened(directory) as vault:
            look(vault, 20)
            found = exposure_breaks.standing_now(vault, now=NOON)
            assert found is not None
            assert (found.due, found.forbids_looks) == (Due.BREAK, False)
            exposure_breaks.require_no_break(vault, now=NOON)

    def test_looks_are_refused_where_the_unit_chose_that_its_figures_bind(
        self, directory: Path
    ) -> None:
        with reopened(directory) as vault:
            set_rule(vault, "exposure.binding", "yes")
            exposure_breaks.require_no_break(vault, now=NOON)
            look(vault, 20)
            with pytest.raises(BreakDue) as refused:
                exposure_breaks.require_no_break(vault, now=NOON)
            assert "20 minutes" in str(refused.value.facts["cause"])
            exposure_breaks.require_no_break(vault, now=NOON + timedelta(minutes=11))

    def test_it_can_be_put_off_once(self, directory: Path) -> None:
        with reopened(directory) as vault:
            with pytest.raises(ActUnfit):
                exposure_breaks.put_off(vault, now=NOON)
            set_rule(vault, "exposure.binding", "yes")
            look(vault, 20)
            assert exposure_breaks.put_off(vault, now=NOON).is_put_off
            exposure_breaks.require_no_break(vault, now=NOON)
            later = NOON + timedelta(minutes=PUT_OFF)
            look(vault, PUT_OFF, until=later)
            with pytest.raises(BreakDue):
                exposure_breaks.require_no_break(vault, now=later)
            with pytest.raises(ActUnfit):
                exposure_breaks.put_off(vault, now=later)

    def test_it_outlasts_the_end_of_the_session(self, directory: Path) -> None:
        with reopened(directory) as vault:
            set_rule(vault, "exposure.binding", "yes")
            look(vault, 20)
        clock = SteppingClock(NOON)
        with reopened(directory, clock=clock) as vault, pytest.raises(BreakDue):
            exposure_breaks.require_no_break(vault, now=clock.now())

    def test_the_end_of_the_day_is_said_by_the_units_cap(self, directory: Path) -> None:
        with reopened(directory) as vault:
            set_rule(vault, "exposure.day_cap", "30")
            for hour in range(3):
                look(vault, 11, until=NOON + timedelta(hours=2 * hour))
            found = exposure_breaks.standing_now(vault, now=NOON + timedelta(hours=4))
            assert found is not None
            assert (found.due, found.until, found.forbids_looks) == (Due.DAY_END, None, False)
            tomorrow = exposure_breaks.standing_now(vault, now=NOON + timedelta(days=1))
            assert tomorrow is not None
            assert tomorrow.due is None

    def test_ones_own_figures_are_kept_and_may_not_be_looser_than_binding_ones(
        self, directory: Path
    ) -> None:
        with reopened(directory) as vault:
            exposure_breaks.choose_figures(vault, OwnFigures(after=45))
            set_rule(vault, "exposure.binding", "yes")
            with pytest.raises(FigureBound) as refused:
                exposure_breaks.choose_figures(vault, OwnFigures(after=45))
            assert refused.value.facts["limit"] == 20
            look(vault, 20)
            found = exposure_breaks.standing_now(vault, now=NOON)
            assert found is not None
            assert found.figures.after == 20, "what was chosen before does not outrank it"
            exposure_breaks.choose_figures(vault, OwnFigures(after=5, pause=15))
            found = exposure_breaks.standing_now(vault, now=NOON)
            assert found is not None
            assert (found.figures.after, found.figures.pause) == (5, 15)

    def test_a_figure_that_no_rule_can_apply_is_refused(self, directory: Path) -> None:
        with reopened(directory) as vault:
            with pytest.raises(ValueUnknown):
                exposure_breaks.choose_figures(vault, OwnFigures(after=0))
            assert vault.exposure.own_figures() == OwnFigures()

    def test_whoever_has_no_personal_key_is_never_refused(self, directory: Path) -> None:
        with reopened(directory) as vault:
            set_rule(vault, "exposure.binding", "yes")
        with as_bert(directory, MADE_FOR_BERT) as vault:
            look(vault, 60)
            exposure_breaks.require_no_break(vault, now=NOON)


class TestWeeks:
    WEEK = week_of(NOON.date()).before()

    def test_nothing_is_given_by_asking_what_would_be(self, directory: Path) -> None:
        with reopened(directory) as vault:
            look(vault, 22, until=NOON - timedelta(days=7))
            found = exposure_weeks.givable(vault, exposure_weeks.last_week(now=NOON), now=NOON)
            assert found.given == GivenSum(1_200, 0)
            assert exposure_weeks.unit_weeks(vault, now=NOON) == ()

    @pytest.mark.parametrize("why", ["not over", "empty", "given", "closed"])
    def test_a_week_that_is_unfit_is_refused_with_its_cause(
        self, directory: Path, why: str
    ) -> None:
        with reopened(directory) as vault:
            week, now = self.WEEK, NOON
            if why != "empty":
                look(vault, 22, until=NOON - timedelta(days=7))
            if why == "not over":
                week = week_of(NOON.date())
            if why == "given":
                exposure_weeks.give_week(vault, week, now=now)
            if why == "closed":
                with vault.bookkeeping() as books:
                    books.execute("INSERT INTO exposure_week VALUES (?, 0, 0, 1)", (week.name,))
            with pytest.raises(WeekUnfit):
                exposure_weeks.give_week(vault, week, now=now)

    def test_two_who_give_are_two_and_still_too_few(self, directory: Path) -> None:
        for open_it in (reopened, as_bert):
            with open_it(directory) as vault:
                look(vault, 22, until=NOON - timedelta(days=7))
                exposure_weeks.give_week(vault, self.WEEK, now=NOON)
                (week,) = exposure_weeks.unit_weeks(vault, now=NOON + timedelta(days=30))
                assert (week.given, week.givers) == (None, None)
        with reopened(directory) as vault, vault.reader() as reader:
            marks = reader.connection.execute("SELECT mark FROM exposure_giver").fetchall()
        assert len(set(marks)) == 2 < FEWEST_GIVERS
