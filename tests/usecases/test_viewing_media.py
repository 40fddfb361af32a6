"""A film is looked at like a picture: recorded first, for a while, and gone at its end. Sound apart."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditDraft
from cport_desktop.domain.exposure import HEARD_ONLY
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import CannotShow, RevealLevel
from cport_desktop.domain.moving import MovingFrame, Sound, SoundGrant, Step
from cport_desktop.errors import (
    AgreementForbids,
    Cancelled,
    LookNotGranted,
    SandboxRefused,
    UnknownReference,
)
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.media.sandbox_refusing import RefusingSandbox
from cport_desktop.usecases.exposure import own_exposure
from cport_desktop.usecases.view_media import (
    MediaViewing,
    ViewingOrder,
    end_viewing,
    listen,
    open_viewing,
)
from cport_desktop.vault import audit_log
from cport_desktop.vault.vault import Vault
from tests.agreement_builders import a_clause, an_agreement
from tests.builders import NOON, a_vault
from tests.film_builders import ANIMATION, FILM, STILL, TONE, hold_all
from tests.media.test_process_sandbox import our_children
from tests.usecases.agreeing import bind

ORDER = ViewingOrder(seconds=30.0, box=(320, 240))


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(NOON)


@pytest.fixture
def vault(tmp_path: Path, clock: SteppingClock) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault", clock=clock) as made:
        hold_all(made)
        yield made


def entries(vault: Vault) -> list[AuditDraft]:
    """The log, oldest first."""
    with vault.reader() as reader:
        rows = audit_log.page(reader, limit=1_000, after=None).rows
    return [entry.draft for entry in reversed(rows)]


def opened(
    vault: Vault, sandbox: Sandbox, media: MediaId = FILM, order: ViewingOrder = ORDER
) -> MediaViewing:
    _, found = open_viewing(vault, sandbox, media, RevealLevel.FULL, order)
    assert isinstance(found, MediaViewing), found
    return found


@pytest.fixture
def viewing(vault: Vault, sandbox: Sandbox) -> Iterator[MediaViewing]:
    made = opened(vault, sandbox)
    yield made
    made.close()


class TestALookAtAFilm:
    def test_is_on_record_as_one_before_a_frame_is_had(
        self, vault: Vault, viewing: MediaViewing
    ) -> None:
        last = entries(vault)[-1]
        assert (last.verb, last.object_reference) == ("reveal", f"M-{FILM}")
        assert last.payload == (("level", "full"), ("seconds_allowed", "30.0"), ("played", "yes"))
        frame = viewing.frame(1000, Step.AT)
        assert isinstance(frame, MovingFrame)
        assert (frame.at_ms, frame.picture.width, frame.picture.channels) == (1000, 160, 3)
        assert 2 <= len(viewing.strip(4)) <= 4

    def test_ends_with_its_seconds_and_the_parts_that_were_handed_out(
        self, vault: Vault, viewing: MediaViewing
    ) -> None:
        for at in (0, 50, 100):
            viewing.frame(at, Step.AT)
        viewing.frame(2000, Step.AT)
        end_viewing(vault, viewing, seconds=1.25, heard=0.0)
        last = entries(vault)[-1]
        sequence = str(viewing.grant.audit_sequence)
        assert last.verb == "veil"
        assert dict(last.payload) == {
            "seconds": "1.2",
            "reveal": sequence,
            "parts": "0.0-0.1 2.0-2.0",
        }

    def test_leaves_no_child_and_gives_nothing_afterwards(
        self, vault: Vault, sandbox: Sandbox
    ) -> None:
        before = our_children()
        viewing = opened(vault, sandbox)
        assert len(our_children() - before) == 1
        end_viewing(vault, viewing, seconds=1.0, heard=0.0)
        assert our_children() <= before
        with pytest.raises(Cancelled):
            viewing.frame(0, Step.AT)
        with pytest.raises(LookNotGranted):
            vault.clear_room.require(viewing.grant)

    def test_gives_no_frame_after_its_time(
        self, vault: Vault, viewing: MediaViewing, clock: SteppingClock
    ) -> None:
        clock.advance(timedelta(seconds=29.9))
        assert isinstance(viewing.frame(0, Step.AT), MovingFrame)
        clock.advance(timedelta(seconds=0.2))
        for ask in (lambda: viewing.frame(0, Step.NEXT), lambda: viewing.strip(3)):
            with pytest.raises(LookNotGranted):
                ask()

    def test_gives_no_frame_after_the_lock(self, vault: Vault, viewing: MediaViewing) -> None:
        vault.clear_room.close()
        with pytest.raises(LookNotGranted):
            viewing.frame(0, Step.AT)

    def test_counts_for_the_analyst_alone(self, vault: Vault, viewing: MediaViewing) -> None:
        end_viewing(vault, viewing, seconds=2.0, heard=0.0)
        (looked,) = own_exposure(vault, days=1, now=vault.now()).ledger.days[0].looked
        assert (looked.level, looked.with_sound, looked.looks) == ("full", False, 1)
        assert looked.seconds == pytest.approx(2.0)

    def test_goes_through_an_animation_too(self, vault: Vault, sandbox: Sandbox) -> None:
        viewing = opened(vault, sandbox, ANIMATION)
        frame = viewing.frame(150, Step.AT)
        assert isinstance(frame, MovingFrame)
        assert frame.at_ms == 100
        end_viewing(vault, viewing, seconds=1.0, heard=0.0)

    def test_of_a_picture_there_is_none(self, vault: Vault, sandbox: Sandbox) -> None:
        _, found = open_viewing(vault, sandbox, STILL, RevealLevel.FULL, ORDER)
        assert found is CannotShow.NOT_MEDIA


class TestALookThatDoesNotComeAbout:
    def test_because_nobody_waits_any_more(self, vault: Vault, sandbox: Sandbox) -> None:
        before = our_children()
        order = ViewingOrder(seconds=30.0, box=(320, 240), is_cancelled=lambda: True)
        grant, found = open_viewing(vault, sandbox, FILM, RevealLevel.FULL, order)
        assert (grant.media_id, found) == (FILM, None)
        assert our_children() <= before

    def test_because_this_machine_confines_nothing(self, vault: Vault) -> None:
        count = len(entries(vault))
        with pytest.raises(SandboxRefused):
            open_viewing(vault, RefusingSandbox(), FILM, RevealLevel.FULL, ORDER)
        assert len(entries(vault)) == count + 1

    def test_because_there_is_no_such_item(self, vault: Vault, sandbox: Sandbox) -> None:
        with pytest.raises(UnknownReference):
            open_viewing(vault, sandbox, MediaId(999), RevealLevel.FULL, ORDER)

    def test_because_the_agreement_grants_no_films(self, vault: Vault, sandbox: Sandbox) -> None:
        bind(vault, an_agreement(a_clause("2.1", Function.MEDIA_REVEAL, kinds=("image",))))
        count = len(entries(vault))
        with pytest.raises(AgreementForbids):
            open_viewing(vault, sandbox, FILM, RevealLevel.FULL, ORDER)
        assert len(entries(vault)) == count

    def test_ends_the_child_that_died_under_it(self, vault: Vault, sandbox: Sandbox) -> None:
        before = our_children()
        viewing = opened(vault, sandbox)
        (child,) = our_children() - before
        os.kill(child, 9)
        assert viewing.frame(0, Step.AT) is CannotShow.CHILD_DIED
        end_viewing(vault, viewing, seconds=0.5, heard=0.0)
        assert entries(vault)[-1].verb == "veil"


class TestListening:
    def test_takes_an_entry_of_its_own(self, vault: Vault, viewing: MediaViewing) -> None:
        count = len(entries(vault))
        grant = listen(vault, viewing)
        (entry,) = entries(vault)[count:]
        assert (entry.verb, entry.object_reference) == ("listen", f"M-{FILM}")
        assert ("reveal", str(viewing.grant.audit_sequence)) in entry.payload
        piece = viewing.sound(grant, 0, 500)
        assert isinstance(piece, Sound)
        assert piece.lasts_ms == 500

    def test_is_not_possible_with_a_look_alone(self, viewing: MediaViewing) -> None:
        made_up = SoundGrant(FILM, 30.0, viewing.grant.audit_sequence)
        with pytest.raises(LookNotGranted):
            viewing.sound(made_up, 0, 500)

    def test_ends_with_the_look(self, vault: Vault, sandbox: Sandbox, clock: SteppingClock) -> None:
        viewing = opened(vault, sandbox)
        grant = listen(vault, viewing)
        clock.advance(timedelta(seconds=30.1))
        with pytest.raises(LookNotGranted):
            viewing.sound(grant, 0, 500)
        end_viewing(vault, viewing, seconds=30.0, heard=1.5)
        assert ("seconds_heard", "1.5") in entries(vault)[-1].payload
        (looked,) = own_exposure(vault, days=1, now=vault.now()).ledger.days[0].looked
        assert (looked.level, looked.with_sound) == ("full", True)
        with pytest.raises(LookNotGranted):
            listen(vault, viewing)

    def test_asks_the_agreement_again(self, vault: Vault, sandbox: Sandbox) -> None:
        bind(vault, an_agreement(a_clause("2.1", Function.MEDIA_REVEAL, kinds=("video",))))
        viewing = opened(vault, sandbox)
        with pytest.raises(AgreementForbids) as refused:
            listen(vault, viewing)
        assert "2.1" in str(refused.value.facts["nearest"])
        end_viewing(vault, viewing, seconds=1.0, heard=0.0)
        assert "seconds_heard" not in dict(entries(vault)[-1].payload)

    def test_stands_on_the_reason_of_the_look(self, vault: Vault, sandbox: Sandbox) -> None:
        clauses = (
            a_clause("2.1", Function.MEDIA_REVEAL, kinds=("video",)),
            a_clause("2.2", Function.MEDIA_REVEAL, kinds=("audio",), conditions=("reason",)),
        )
        bind(vault, an_agreement(*clauses))
        without = opened(vault, sandbox)
        with pytest.raises(AgreementForbids):
            listen(vault, without)
        without.close()
        stated = ViewingOrder(seconds=30.0, box=(320, 240), reason="to compare the voices")
        having = opened(vault, sandbox, order=stated)
        listen(vault, having)
        assert entries(vault)[-1].reason == "to compare the voices"
        having.close()

    def test_of_a_sound_file_counts_as_heard_and_not_as_looked(
        self, vault: Vault, sandbox: Sandbox
    ) -> None:
        viewing = opened(vault, sandbox, TONE)
        assert viewing.frame(0, Step.AT) is None
        assert isinstance(viewing.sound(listen(vault, viewing), 0, 100), Sound)
        end_viewing(vault, viewing, seconds=3.0, heard=1.0)
        day = own_exposure(vault, days=1, now=vault.now()).ledger.days[0]
        assert [(each.level, each.seconds) for each in day.looked] == [(HEARD_ONLY, 1.0)]
        assert day.seconds == 0


def test_closing_does_not_wait_for_a_question_that_nobody_waits_for(
    vault: Vault, sandbox: Sandbox
) -> None:
    stop = threading.Event()
    order = ViewingOrder(seconds=30.0, box=(320, 240), is_cancelled=stop.is_set)
    viewing = opened(vault, sandbox, order=order)
    stop.set()
    with pytest.raises(Cancelled):
        while True:
            viewing.frame(0, Step.AT)
    viewing.close()
