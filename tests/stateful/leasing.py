"""What analysts do with reports before they decide them, and that nobody gets in anybody's way.

1. What a colleague has in hand or was given, here or at the other station as far as it was heard, is in
   nobody else's queue, is not what comes next, and is not decided without being asked.
2. What a colleague decided is in no queue any more once it was heard.
3. A station says the whole of what it has, and believes of the other what the portal said last.
4. A lease ends: by being put down, or by itself.
5. What is undone is as it was, and done again as it had been.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from cport_desktop.domain.ids import AnalystId, OperationId, ReportId, StationId
from cport_desktop.domain.in_hand import TOLD_FOR, HandKind, InHandElsewhere, InHandHere, pseudonym
from cport_desktop.domain.lease import Assignment
from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.errors import DeedStays, NothingToTurn, ReportInHand, UnknownReference
from cport_desktop.formats import taxonomies
from cport_desktop.settings import Settings
from cport_desktop.usecases import assign_reports, lease_reports, turn_deeds
from cport_desktop.usecases.assign_reports import Giving
from cport_desktop.usecases.decide_reports import ManyDecision, decide_reports
from cport_desktop.usecases.triage_round import Round, next_undecided
from cport_desktop.usecases.turn_deeds import Means
from cport_desktop.usecases.work_queue import work_queue
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.leases import LONGEST
from tests.stateful.hands import AtPortal, Deed, Entry, Hands, Said, Standing
from tests.stateful.oracle import Oracle
from tests.stateful.world import Station, World

STATIONS = st.integers(0, 1)
PICKS = st.integers(0, 11)
"""Which of the things that are there: report, bundle, operation."""
TURNS = st.sampled_from((9, 40))
"""Minutes: a lease of a quarter of an hour outlives the one and not the other."""
EVERYTHING = 1_000
TAXONOMY = taxonomies.load(Settings().taxonomy)


class Leasing(RuleBasedStateMachine):
    """The part of the machine that is about hands. `world` and `oracle` are the whole machine's."""

    world: World
    oracle: Oracle
    number: int

    def begin_hands(self) -> None:
        self.hands = [Hands() for _ in self.world.stations]
        self.at_portal = AtPortal()
        self.world.gateway.told = self._portal_told

    # --- what analysts do ---------------------------------------------------------------------

    @rule(station=STATIONS, pick=PICKS)
    def somebody_takes_a_report_in_hand(self, station: int, pick: int) -> None:
        here, hands, number = self._at(station, pick)
        with suppress(UnknownReference):
            lease = lease_reports.take_in_hand(here.vault, number)
            hands.take(lease, here.analyst, here.vault.now())
            assert lease.until <= here.vault.now() + LONGEST
        self._require_nobody_in_the_way(station)

    @rule(station=STATIONS, pick=PICKS, everything=st.booleans())
    def somebody_puts_down_what_they_have(self, station: int, pick: int, everything: bool) -> None:
        here, hands, number = self._at(station, pick)
        before = hands.held_by_oneself(here.analyst, here.vault.now())
        ended = lease_reports.give_back(here.vault, None if everything else number)
        assert ended >= len(before if everything else before & {number})
        hands.put_down(here.analyst, None if everything else number)
        self._require_nobody_in_the_way(station)

    @rule(station=STATIONS, pick=PICKS, to=st.sampled_from((0, 1, None)))
    def a_report_is_given_to_somebody(self, station: int, pick: int, to: int | None) -> None:
        here, hands, number = self._at(station, pick)
        before = self._given(here, number)
        colleague = None if to is None else here.colleagues[to]
        name = None if colleague is None else colleague.name
        with suppress(UnknownReference):
            given, _ = assign_reports.assign(here.vault, Giving((number,), name), self._means(here))
            analyst = None if colleague is None else colleague.analyst_id
            assert given == (() if hands.given.get(number) == analyst else (number,))
            hands.give(number, analyst)
            if given:
                self._remember(station, number, before, self._given(here, number))
        self._require_nobody_in_the_way(station)

    @rule(station=STATIONS, pick=PICKS, code=st.sampled_from((2, 1, 4)), insists=st.booleans())
    def a_report_is_decided(self, station: int, pick: int, code: int, insists: bool) -> None:
        self._decide(station, pick, code, insists=insists)
        self._require_nobody_in_the_way(station)

    def _decide(self, station: int, pick: int, code: int, *, insists: bool) -> bool:
        """Whether it could be."""
        here, hands, number = self._at(station, pick)
        before, there = self._seen(here).get(number), here.operations()
        told = ManyDecision((number,), code, despite_leases=insists)
        done, _ = decide_reports(here.vault, told, self._means(here))
        here.written |= here.operations() - there
        if number in hands.leased_to_others(here.analyst, here.vault.now()) and not insists:
            assert done.decided == ()
        else:
            assert ReportInHand.code not in [each.code for each in done.refused]
        if done.decided:
            self._remember(station, number, before, self._seen(here).get(number))
        return bool(done.decided)

    @rule(station=STATIONS, back=st.booleans())
    def the_last_deed_is_undone_or_done_again(self, station: int, back: bool) -> None:
        self._turn(station, back=back)
        self._require_nobody_in_the_way(station)

    @rule(station=STATIONS, pick=PICKS, to=st.sampled_from((0, 1, None)), again=st.booleans())
    def somebody_thinks_better_of_whom_a_report_is_given_to(
        self, station: int, pick: int, to: int | None, again: bool
    ) -> None:
        here, _, number = self._at(station, pick)
        before = self._given(here, number)
        self.a_report_is_given_to_somebody(station, pick, to)
        after = self._given(here, number)
        if after != before:
            assert self._turn(station, back=True)
            assert self._given(here, number) == before
            if again:
                assert self._turn(station, back=False)
                assert self._given(here, number) == after
        self._require_nobody_in_the_way(station)

    @rule(station=STATIONS, pick=PICKS, code=st.sampled_from((2, 1, 4)), again=st.booleans())
    def somebody_thinks_better_of_a_decision(
        self, station: int, pick: int, code: int, again: bool
    ) -> None:
        here, _, number = self._at(station, pick)
        before = self._seen(here).get(number)
        if self._decide(station, pick, code, insists=True):
            after = self._seen(here).get(number)
            assert self._turn(station, back=True)
            assert self._seen(here).get(number) == before
            if again:
                assert self._turn(station, back=False)
                assert self._seen(here).get(number) == after
        self._require_nobody_in_the_way(station)

    @rule(station=STATIONS, pick=PICKS, code=st.sampled_from((2, 1, 4)))
    def a_colleague_wants_what_somebody_has_in_hand(
        self, station: int, pick: int, code: int
    ) -> None:
        self.somebody_takes_a_report_in_hand(station, pick)
        self.a_colleague_comes_on_shift(station)
        self.a_report_is_decided(station, pick, code, insists=False)

    @rule(station=STATIONS)
    def a_colleague_comes_on_shift(self, station: int) -> None:
        """What the one who leaves has in hand and does not put down ends by itself."""
        self.world.stations[station].change_shift()
        self._require_nobody_in_the_way(station)

    @rule(minutes=TURNS)
    def some_minutes_pass(self, minutes: int) -> None:
        self.world.pass_time(timedelta(minutes=minutes))
        for station in range(len(self.hands)):
            self._require_nobody_in_the_way(station)

    # --- what holds ---------------------------------------------------------------------------

    def _require_nobody_in_the_way(self, station: int) -> None:
        """The queue is all that is undecided and in nobody else's hands; what comes next is in it."""
        self._require_believed(station)
        here, hands = self.world.stations[station], self.hands[station]
        now, undecided = here.vault.now(), self._undecided(here)
        with_others = hands.with_others(here.analyst, now)
        queue = work_queue(here.vault, limit=EVERYTHING, now=now, is_new=False)
        assert {each.row.report_id for each in queue.rows} == undecided - with_others
        assert queue.in_other_hands == len(undecided & with_others)
        following = next_undecided(here.vault, Round(""), taxonomy=TAXONOMY, now=now)
        leased = hands.leased_to_others(here.analyst, now)
        assert following is None or following.report_id in undecided - leased
        found = lease_reports.list_leases(here.vault)
        assert all(now < lease.until <= now + LONGEST for lease in found)
        own = hands.held_by_oneself(here.analyst, now)
        assert {lease.report_id for lease in found if not lease.is_own} - own == leased
        assert {lease.report_id for lease in found if lease.is_own} == own

    def _require_believed(self, station: int) -> None:
        """What is known of the other station is what the portal once said, and nothing older than before."""
        here, hands = self.world.stations[station], self.hands[station]
        with here.vault.reader() as reader:
            heard = reader.connection.execute("SELECT issued_at FROM in_hand_heard").fetchone()
            rows = reader.connection.execute(
                "SELECT report_id, kind, analyst FROM in_hand_elsewhere"
            ).fetchall()
        at = None if heard is None else moment_of(heard[0])
        if at != hands.heard:
            assert at is not None
            assert hands.heard is None or at > hands.heard
            hands.heard = at
        believed = {
            (each.entry.report_id, each.entry.kind.value, each.entry.analyst)
            for each in hands.believed()
        }
        assert set(rows) == believed

    def _require_told(self, station: int, stood: Said) -> None:
        """The portal has the whole of what `stood` here, and its last word is what is believed."""
        hands = self.hands[station]
        assert self.at_portal.said_by(station) == stood
        self._require_believed(station)
        assert hands.heard == max(hands.answers)

    def _require_decided_is_in_no_queue(self, station: int) -> None:
        for number in self._undecided(self.world.stations[station]):
            known = self.oracle.reports[number]
            assert not known.is_withdrawn
            assert all(item.last is None for item in known.items.values())

    def _compare_hands(self) -> None:
        """Everybody knows what the other has; then what nobody ends has ended."""
        for station, hands in enumerate(self.hands):
            self._require_nobody_in_the_way(station)
            other = 1 - station
            now = self.world.stations[other].vault.now()
            leased = self.hands[other].taken_at(now)
            assert hands.leased_elsewhere(now) == set(leased)
        self.world.pass_time(LONGEST)
        for here in self.world.stations:
            assert lease_reports.list_leases(here.vault) == ()
        self.world.pass_time(TOLD_FOR)
        for here, hands in zip(self.world.stations, self.hands, strict=True):
            for each in hands.believed():
                assert lease_reports.told_elsewhere(here.vault, each.entry.report_id) == ()

    # --- how it is done -----------------------------------------------------------------------

    def _turn(self, station: int, *, back: bool) -> bool:
        """What the analyst on shift did last is undone, or done again; whether it could be."""
        here, hands = self.world.stations[station], self.hands[station]
        there, turn = here.operations(), turn_deeds.undo if back else turn_deeds.redo
        try:
            turned, _ = turn(here.vault, self._means(here))
        except (NothingToTurn, DeedStays):
            assert here.operations() == there
            return False
        here.written |= here.operations() - there
        deed = hands.deeds.get(turned.deed.number)
        if deed is None or not turned.steps:
            return bool(turned.steps)
        wanted = deed.before if back else deed.after
        if isinstance(wanted, int):
            # What was settled meanwhile is corrected at the portal, which may say something else.
            if deed.exchanges == here.exchanges:
                assert self._seen(here).get(deed.report) == wanted
        else:
            assert self._given(here, deed.report) == wanted
            hands.give(deed.report, None if wanted is None else wanted.analyst_id)
        return True

    def _portal_told(self, station: StationId, told: InHandHere, answer: InHandElsewhere) -> None:
        names = [here.station for here in self.world.stations]
        at = names.index(station)
        self.at_portal.heard(at, told, answer)
        self.hands[at].answers[answer.issued_at] = answer.entries

    def _stands(self, station: int) -> Said:
        """What is in hand here, as it is told."""
        here, hands = self.world.stations[station], self.hands[station]
        undecided = self._undecided(here)

        def said(of: Iterable[tuple[ReportId, AnalystId]], kind: HandKind) -> Iterator[Entry]:
            return ((number, kind, pseudonym(here.station, who)) for number, who in of)

        leased = {number: held.by for number, held in hands.taken_at(here.vault.now()).items()}
        given = {number: to for number, to in hands.given.items() if number in undecided}
        return frozenset(
            [*said(leased.items(), HandKind.LEASE), *said(given.items(), HandKind.ASSIGNMENT)]
        )

    def _at(self, station: int, pick: int) -> tuple[Station, Hands, ReportId]:
        self._require_believed(station)
        numbers = sorted(self.oracle.reports)
        return self.world.stations[station], self.hands[station], numbers[pick % len(numbers)]

    def _means(self, here: Station) -> Means:
        return Means(lambda: UUID(self._new_operation()))

    def _new_operation(self) -> OperationId:
        self.number += 1
        return OperationId(str(UUID(int=self.number)))

    def _given(self, here: Station, number: ReportId) -> Assignment | None:
        return assign_reports.assignments_of(here.vault, (number,)).get(number)

    def _seen(self, here: Station) -> dict[ReportId, int]:
        """The classification of each report that is not withdrawn, as it is seen here."""
        with here.vault.reader() as reader:
            found = reader.connection.execute(
                "SELECT report_id, classification FROM report_as_seen WHERE status <> 'withdrawn'"
            )
            return {ReportId(number): code for number, code in found}

    def _undecided(self, here: Station) -> set[ReportId]:
        return {number for number, code in self._seen(here).items() if code == UNDECIDED}

    def _remember(self, station: int, number: ReportId, before: Standing, after: Standing) -> None:
        here = self.world.stations[station]
        (deed,) = turn_deeds.list_deeds(here.vault, limit=1)
        self.hands[station].deeds[deed.number] = Deed(number, before, after, here.exchanges)
