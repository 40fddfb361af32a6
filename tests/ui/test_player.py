"""The player shows frames while somebody looks, and nothing before or after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.media_item import CannotShow, MediaItem, MediaKind, RevealLevel
from cport_desktop.domain.moving import Step
from cport_desktop.errors import AgreementForbids, LookNotGranted
from cport_desktop.ui.looking import LookState
from cport_desktop.ui.playing_pace import SPEEDS
from cport_desktop.ui.playing_strip import STRIP
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.look_panel import LookPanel
from cport_desktop.words import playing as say
from tests.ui.accessible_walk import faults_of
from tests.ui.synthetic_desk import NOON, MemoryVault, a_medium, a_veil
from tests.ui.synthetic_playing import LENGTH_MS, MemoryPlaying, MemorySpeaker, colour_of

FILM = replace(a_medium(20_425), duration_ms=LENGTH_MS, has_sound=True)
OTHER_FILM = replace(a_medium(20_430), duration_ms=LENGTH_MS, has_sound=False)
PICTURE = a_medium(20_418)
ANIMATION = replace(PICTURE, pictures=12, duration_ms=LENGTH_MS)
TONE = replace(
    OTHER_FILM,
    has_sound=True,
    kind=MediaKind.AUDIO,
    cannot_show=CannotShow.AUDIO_ONLY,
    width=None,
    height=None,
)


@pytest.fixture
def vault() -> MemoryVault:
    """Its clock stands still between two readings."""
    return MemoryVault(clock=SteppingClock(NOON, step=timedelta()))


@pytest.fixture
def playing(vault: MemoryVault) -> MemoryPlaying:
    return vault.playing


@pytest.fixture
def panel(seat: Seat, playing: MemoryPlaying, qtbot: QtBot) -> Iterator[LookPanel]:
    made = LookPanel(seat, height=200)
    made.resize(360, 460)
    made.show()
    qtbot.addWidget(made)
    made.show_item(FILM, None)
    yield made
    playing.may_answer.set()
    made.looking.release()


@pytest.fixture
def held(panel: LookPanel, qtbot: QtBot) -> LookPanel:
    """Somebody looks, and the strip has come."""
    look(panel, qtbot)
    return panel


def look(panel: LookPanel, qtbot: QtBot) -> None:
    panel.looking.press()
    qtbot.waitUntil(lambda: panel.looking.state is LookState.SHOWN)
    qtbot.waitUntil(lambda: bool(panel.player.player.strip) or not FILM.width)


def key(panel: LookPanel, text: str | Qt.Key) -> None:
    if isinstance(text, str):
        QTest.keyClicks(panel.glass, text)
    else:
        QTest.keyClick(panel.glass, text)


def seen(panel: LookPanel) -> tuple[int, int, int] | None:
    """The colour in the middle of the glass, if it is one of a frame."""
    image = panel.glass.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    middle = image.pixelColor(QPoint(image.width() // 2, image.height() // 2))
    colour = (middle.red(), middle.green(), middle.blue())
    return colour if is_of_a_frame(middle) else None


def is_of_a_frame(colour: QColor) -> bool:
    return (colour.red(), colour.blue()) == (255, 200)


def plays(panel: LookPanel) -> bool:
    return panel.player.player.plays


def shows_a_frame(widget: QWidget) -> bool:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return any(
        is_of_a_frame(image.pixelColor(x, y))
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    )


def wait_for_frame(panel: LookPanel, at_ms: int, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: seen(panel) == colour_of(at_ms))


class TestWhatPlays:
    @pytest.mark.parametrize("item", [FILM, ANIMATION, TONE])
    def test_has_a_player(self, panel: LookPanel, item: MediaItem) -> None:
        panel.show_item(item, None)
        assert panel.player.isVisible()
        verb = "open" if item.kind is MediaKind.AUDIO else "look"
        assert f"Space to {verb}" in panel.words()
        assert "30 s" in panel.words()

    def test_a_picture_has_none(self, panel: LookPanel, vault: MemoryVault, qtbot: QtBot) -> None:
        panel.show_item(PICTURE, None)
        assert not panel.player.isVisible()
        assert "6 s" in panel.words()
        panel.looking.press()
        qtbot.waitUntil(lambda: bool(vault.notes.of("reveal")))
        assert vault.playing.opens == []


class TestWithoutALook:
    def test_nothing_is_opened_and_nothing_shown(
        self, panel: LookPanel, playing: MemoryPlaying
    ) -> None:
        for sign in (",", ".", "p", "m", "]"):
            key(panel, sign)
        asked = (playing.opens, playing.frames, playing.strips, playing.sounds)
        assert asked == ([], [], [], [])
        assert not shows_a_frame(panel)

    def test_the_position_may_be_chosen(
        self, panel: LookPanel, playing: MemoryPlaying, qtbot: QtBot
    ) -> None:
        bar = panel.player.bar
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() // 2, 10))
        assert panel.player.place().startswith("0:01.")
        assert playing.frames == []
        look(panel, qtbot)
        ((at_ms, step), *_) = playing.frames
        assert step is Step.AT
        assert 1_400 <= at_ms <= 1_600

    def test_no_word_tells_more_than_position_and_length(self, panel: LookPanel) -> None:
        parts = [panel.player, *panel.player.findChildren(QWidget)]
        assert {part.toolTip() for part in parts} == {""}
        told = {part.accessibleDescription() for part in parts}
        assert told <= {"", "0:00 of 0:03"}


class TestALook:
    def test_opens_the_film_in_the_size_of_the_glass(
        self, held: LookPanel, playing: MemoryPlaying
    ) -> None:
        ((media, level, order),) = playing.opens
        assert (media, level) == (FILM.media_id, RevealLevel.GREY)
        assert order.box == (held.glass.width(), held.glass.height())
        assert seen(held) == colour_of(0)
        assert playing.strips == [STRIP]
        assert shows_a_frame(held.player.strip)

    def test_plays_by_the_clock(
        self, held: LookPanel, playing: MemoryPlaying, qtbot: QtBot
    ) -> None:
        for _ in range(4):
            playing.advance(50)
            qtbot.waitUntil(lambda: held.player.player.frames.shown is not None)
            wait_for_frame(held, held.player.player.position_ms, qtbot)
        assert held.player.player.position_ms == 200

    def test_drops_frames_rather_than_falling_behind(
        self, held: LookPanel, playing: MemoryPlaying, qtbot: QtBot
    ) -> None:
        playing.may_answer.clear()
        playing.advance(60)
        qtbot.wait(30)
        playing.advance(1_500)
        playing.may_answer.set()
        qtbot.waitUntil(lambda: any(at >= 1_550 for at, _ in playing.frames))
        assert len([at for at, _ in playing.frames if 150 < at < 1_500]) == 0
        playing.advance(60)
        qtbot.waitUntil(lambda: (seen(held) or (0, 0, 0))[1] >= colour_of(1_550)[1])

    def test_is_gone_on_release_and_goes_on_where_it_was(
        self, held: LookPanel, playing: MemoryPlaying, qtbot: QtBot
    ) -> None:
        playing.advance(400)
        wait_for_frame(held, 400, qtbot)
        held.looking.release()
        assert not shows_a_frame(held)
        assert held.player.player.strip == ()
        qtbot.waitUntil(lambda: len(playing.ends) == 1)
        seconds, heard = playing.ends[0]
        assert (round(seconds, 3), heard) == (0.4, 0.0)
        count = len(playing.frames)
        playing.advance(5_000)
        qtbot.wait(50)
        assert len(playing.frames) == count
        look(held, qtbot)
        assert playing.frames[count] == (400, Step.AT)

    def test_ends_in_time_though_it_is_held(
        self, held: LookPanel, playing: MemoryPlaying, qtbot: QtBot
    ) -> None:
        playing.fault = LookNotGranted(cause="its time is up")
        playing.advance(60)
        qtbot.waitUntil(lambda: held.looking.state is LookState.SPENT)
        assert not shows_a_frame(held)
        assert held.player.told() == ""
        qtbot.waitUntil(lambda: len(playing.ends) == 1)

    def test_of_another_item_begins_at_its_beginning(
        self, held: LookPanel, playing: MemoryPlaying, qtbot: QtBot
    ) -> None:
        playing.advance(400)
        wait_for_frame(held, 400, qtbot)
        held.show_item(OTHER_FILM, None)
        assert not shows_a_frame(held)
        assert held.player.place() == "0:00.0 of 0:03"
        qtbot.waitUntil(lambda: len(playing.ends) == 1)

    def test_that_nobody_waits_for_is_cancelled(
        self, panel: LookPanel, playing: MemoryPlaying, qtbot: QtBot
    ) -> None:
        playing.may_answer.clear()
        panel.looking.press()
        qtbot.waitUntil(lambda: len(playing.opens) == 1)
        assert not playing.opens[0][2].is_cancelled()
        panel.looking.release()
        assert playing.opens[0][2].is_cancelled()
        playing.may_answer.set()
        qtbot.wait(50)
        assert playing.frames == []
        assert not shows_a_frame(panel)

    def test_of_a_veiled_strip_is_haze(self, panel: LookPanel) -> None:
        assert not shows_a_frame(panel.player.strip)
        before = panel.player.strip.grab().toImage()
        panel.lay_veil(None)
        assert panel.player.strip.grab().toImage() == before
        assert a_veil(1).channels == 1


class TestKeys:
    def test_p_stays_on_the_frame_and_goes_on(
        self, held: LookPanel, playing: MemoryPlaying, qtbot: QtBot
    ) -> None:
        playing.advance(200)
        wait_for_frame(held, 200, qtbot)
        key(held, "p")
        playing.advance(1_000)
        qtbot.wait(40)
        assert seen(held) == colour_of(200)
        assert held.looking.state is LookState.SHOWN
        key(held, "p")
        playing.advance(100)
        wait_for_frame(held, 300, qtbot)

    def test_comma_and_dot_step_through_frames(
        self, held: LookPanel, playing: MemoryPlaying, qtbot: QtBot
    ) -> None:
        playing.advance(200)
        wait_for_frame(held, 200, qtbot)
        for sign, at_ms in ((".", 250), (".", 300), (",", 250), (",", 200), (",", 150)):
            key(held, sign)
            wait_for_frame(held, at_ms, qtbot)
            assert held.player.player.position_ms // 50 * 50 == at_ms
        assert not held.player.player.plays

    def test_there_is_no_frame_before_the_first(
        self, held: LookPanel, playing: MemoryPlaying, qtbot: QtBot
    ) -> None:
        key(held, ",")
        qtbot.wait(40)
        assert seen(held) == colour_of(0)

    def test_arrows_home_and_end_go_there(
        self, held: LookPanel, playing: MemoryPlaying, qtbot: QtBot
    ) -> None:
        key(held, "p")
        key(held, Qt.Key.Key_Right)  # five seconds: to the end of three
        wait_for_frame(held, 2_950, qtbot)
        key(held, Qt.Key.Key_Home)
        wait_for_frame(held, 0, qtbot)
        key(held, Qt.Key.Key_End)
        wait_for_frame(held, 2_950, qtbot)
        key(held, Qt.Key.Key_Left)
        wait_for_frame(held, 0, qtbot)

    def test_brackets_change_the_speed(
        self, held: LookPanel, playing: MemoryPlaying, qtbot: QtBot
    ) -> None:
        assert held.player.player.head.speed == 1.0
        key(held, "]]")
        assert held.player.player.head.speed == 2.0
        playing.advance(200)
        wait_for_frame(held, 400, qtbot)
        key(held, "[" * 9)
        assert held.player.player.head.speed == SPEEDS[0]
        key(held, "]" * 9)
        assert held.player.player.head.speed == SPEEDS[-1]

    def test_a_and_b_repeat_what_lies_between(
        self, held: LookPanel, playing: MemoryPlaying, qtbot: QtBot
    ) -> None:
        playing.advance(500)
        wait_for_frame(held, 500, qtbot)
        key(held, "a")
        playing.advance(500)
        wait_for_frame(held, 1_000, qtbot)
        key(held, "b")
        wait_for_frame(held, 500, qtbot)
        playing.advance(300)
        wait_for_frame(held, 800, qtbot)
        playing.advance(250)
        wait_for_frame(held, 500, qtbot)
        key(held, "l")
        playing.advance(1_000)
        qtbot.waitUntil(lambda: held.player.player.position_ms == 1_500)
        wait_for_frame(held, 1_500, qtbot)

    def test_at_its_end_it_stays_on_the_last_frame_and_begins_anew(
        self, held: LookPanel, playing: MemoryPlaying, qtbot: QtBot
    ) -> None:
        playing.advance(2_960)
        wait_for_frame(held, 2_950, qtbot)
        playing.advance(200)
        qtbot.waitUntil(lambda: not held.player.player.plays)
        assert seen(held) == colour_of(2_950)
        key(held, "p")
        wait_for_frame(held, 0, qtbot)

    def test_other_keys_veil(self, held: LookPanel) -> None:
        key(held, "x")
        assert held.looking.state is not LookState.SHOWN

    def test_on_a_list_they_are_the_lists_own_until_somebody_looks(
        self, panel: LookPanel, qtbot: QtBot
    ) -> None:
        elsewhere = QWidget()
        qtbot.addWidget(elsewhere)
        panel.watch(elsewhere)
        QTest.keyClicks(elsewhere, "p")
        assert plays(panel)
        look(panel, qtbot)
        QTest.keyClicks(elsewhere, "p")
        assert not plays(panel)
        assert panel.looking.state is LookState.SHOWN

    def test_buttons_do_the_same_and_leave_the_look(
        self, held: LookPanel, playing: MemoryPlaying, qtbot: QtBot
    ) -> None:
        held.glass.setFocus()
        (play,) = [
            made for made in held.player.findChildren(QPushButton) if made.text() == "Play  P"
        ]
        QTest.mouseClick(play, Qt.MouseButton.LeftButton)
        assert not play.isChecked()
        assert held.looking.state is LookState.SHOWN
        assert all(
            made.focusPolicy() is Qt.FocusPolicy.TabFocus
            for made in held.player.findChildren(QPushButton)
        )


class TestDragging:
    def test_shows_keyframes_on_the_way_and_the_exact_frame_at_its_end(
        self, held: LookPanel, playing: MemoryPlaying, qtbot: QtBot
    ) -> None:
        key(held, "p")
        player = held.player.player
        player.seek(1_730, is_dragging=True)
        wait_for_frame(held, 1_500, qtbot)
        player.seek(1_790)
        wait_for_frame(held, 1_750, qtbot)
        assert playing.frames[-2:] == [(1_730, Step.KEY), (1_790, Step.AT)]
        assert player.position_ms == 1_790

    def test_asks_for_no_more_than_the_last_place_while_one_is_on_its_way(
        self, held: LookPanel, playing: MemoryPlaying, qtbot: QtBot
    ) -> None:
        key(held, "p")
        qtbot.wait(30)
        count = len(playing.frames)
        playing.may_answer.clear()
        for at_ms in range(100, 2_000, 100):
            held.player.player.seek(at_ms, is_dragging=True)
        held.player.player.seek(2_020)
        playing.may_answer.set()
        wait_for_frame(held, 2_000, qtbot)
        assert len(playing.frames) - count <= 3

    def test_with_the_mouse_goes_on_playing_where_it_lets_go(
        self, held: LookPanel, playing: MemoryPlaying, qtbot: QtBot
    ) -> None:
        bar = held.player.bar
        QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
        QTest.mouseMove(bar, QPoint(bar.width() // 3, 10))
        QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() // 2, 10))
        qtbot.waitUntil(lambda: held.player.player.head.is_running)
        assert held.looking.state is LookState.SHOWN
        at_ms = held.player.player.position_ms
        assert 1_400 <= at_ms <= 1_600
        playing.advance(100)
        wait_for_frame(held, (at_ms + 100) // 50 * 50, qtbot)

    def test_a_cell_of_the_strip_leads_to_its_moment(self, held: LookPanel, qtbot: QtBot) -> None:
        strip = held.player.strip
        spot = QPoint(strip.width() // 2 + 10, strip.height() // 2)
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=spot)
        wait_for_frame(held, 1_500, qtbot)


class TestSound:
    @pytest.fixture
    def speaker(self, playing: MemoryPlaying) -> MemorySpeaker:
        playing.speaker = MemorySpeaker(playing.clock)
        return playing.speaker

    @pytest.fixture
    def listening(self, held: LookPanel, speaker: MemorySpeaker, qtbot: QtBot) -> LookPanel:
        key(held, "mm")
        qtbot.waitUntil(lambda: held.player.player.feed.is_on)
        qtbot.waitUntil(lambda: bool(speaker.heard))
        return held

    def test_is_off_until_it_is_asked_for_twice(
        self, held: LookPanel, playing: MemoryPlaying, speaker: MemorySpeaker, qtbot: QtBot
    ) -> None:
        playing.advance(100)
        wait_for_frame(held, 100, qtbot)
        key(held, "m")
        assert held.player.told() == say.SOUND_CAUTION
        qtbot.wait(30)
        assert (playing.listened, playing.sounds) == ([], [])
        key(held, "m")
        qtbot.waitUntil(lambda: held.player.told() == say.SOUND_ON)
        qtbot.waitUntil(lambda: bool(speaker.heard))
        assert len(playing.listened) == 1

    def test_without_a_look_says_how(self, panel: LookPanel, playing: MemoryPlaying) -> None:
        key(panel, "mmm")
        assert panel.player.told() == say.SOUND_FIRST_LOOK
        assert playing.listened == []

    def test_is_that_of_the_picture_within_a_tenth_of_a_second(
        self, listening: LookPanel, playing: MemoryPlaying, speaker: MemorySpeaker, qtbot: QtBot
    ) -> None:
        for _ in range(40):
            playing.advance(25)
            qtbot.wait(12)
            position = listening.player.player.position_ms
            now_heard = speaker.heard[0] + speaker.heard_ms()
            assert abs(position - now_heard) <= 100
            shown = listening.player.player.frames.shown
            assert shown is not None
        qtbot.waitUntil(
            lambda: (
                abs(
                    (listening.player.player.frames.shown or (0, 0))[0]
                    - (speaker.heard[0] + speaker.heard_ms())
                )
                <= 100
            )
        )
        run = range(speaker.heard[0], speaker.heard[0] + len(speaker.heard))
        assert speaker.heard == list(run)

    def test_ends_with_the_look_and_is_asked_for_anew(
        self, listening: LookPanel, playing: MemoryPlaying, speaker: MemorySpeaker, qtbot: QtBot
    ) -> None:
        playing.advance(50)
        qtbot.wait(20)
        listening.looking.release()
        assert not speaker.is_on
        feed = listening.player.player.feed
        assert not feed.is_on
        assert len(feed._ready) == 0
        qtbot.waitUntil(lambda: len(playing.ends) == 1)
        assert playing.ends[0][1] == pytest.approx(0.05, abs=0.02)
        look(listening, qtbot)
        assert not listening.player.player.feed.is_on
        key(listening, "m")
        assert listening.player.told() == say.SOUND_CAUTION

    def test_is_silenced_by_the_key_that_asked(
        self, listening: LookPanel, speaker: MemorySpeaker
    ) -> None:
        key(listening, "m")
        assert not speaker.is_on
        assert listening.looking.state is LookState.SHOWN

    def test_follows_a_jump_and_rests_with_the_picture(
        self, listening: LookPanel, playing: MemoryPlaying, speaker: MemorySpeaker, qtbot: QtBot
    ) -> None:
        speaker.heard.clear()
        listening.player.player.seek(2_000)
        qtbot.waitUntil(lambda: bool(speaker.heard))
        assert 2_000 <= speaker.heard[0] <= 2_100
        key(listening, "p")
        assert not speaker.is_on

    def test_is_silent_at_another_speed(
        self, listening: LookPanel, speaker: MemorySpeaker, qtbot: QtBot
    ) -> None:
        key(listening, "]")
        assert not speaker.is_on
        key(listening, "[")
        qtbot.waitUntil(lambda: speaker.is_on)

    def test_has_a_volume(self, listening: LookPanel, speaker: MemorySpeaker) -> None:
        assert speaker.volume == 0.5
        key(listening, "++")
        assert speaker.volume == pytest.approx(0.7)
        key(listening, "-" * 12)
        assert speaker.volume == 0.0

    def test_where_it_ends_before_the_picture_that_goes_on(
        self, held: LookPanel, playing: MemoryPlaying, speaker: MemorySpeaker, qtbot: QtBot
    ) -> None:
        playing.sound_ms = 400
        key(held, "mm")
        qtbot.waitUntil(lambda: bool(speaker.heard))
        for _ in range(40):
            playing.advance(25)
            qtbot.wait(11)
        assert held.player.player.position_ms >= 800
        assert max(speaker.heard) == 399

    def test_that_wakes_up_slowly_is_waited_for(
        self, held: LookPanel, playing: MemoryPlaying, speaker: MemorySpeaker, qtbot: QtBot
    ) -> None:
        playing.advance(200)
        wait_for_frame(held, 200, qtbot)
        speaker.stands_still = True
        key(held, "mm")
        qtbot.waitUntil(lambda: bool(speaker.heard))
        for _ in range(10):
            playing.advance(100)
            qtbot.wait(11)
        assert abs(held.player.player.position_ms - 200) <= 100
        assert held.player.player.feed.is_on

    def test_that_stands_still_is_told_and_the_picture_goes_on(
        self, listening: LookPanel, playing: MemoryPlaying, speaker: MemorySpeaker, qtbot: QtBot
    ) -> None:
        speaker.stands_still = True
        for _ in range(30):
            playing.advance(100)
            qtbot.wait(11)
        assert listening.player.told() == say.DEVICE_STOPPED
        stood = listening.player.player.position_ms
        playing.advance(300)
        assert listening.player.player.position_ms == stood + 300
        assert listening.looking.state is LookState.SHOWN

    def test_without_a_device_is_not_recorded_as_heard(
        self, held: LookPanel, playing: MemoryPlaying
    ) -> None:
        key(held, "mm")
        assert held.player.told() == say.NO_DEVICE
        assert playing.listened == []

    def test_of_a_film_without_any_says_so(
        self, panel: LookPanel, playing: MemoryPlaying, speaker: MemorySpeaker, qtbot: QtBot
    ) -> None:
        playing.has_sound = False
        look(panel, qtbot)
        key(panel, "mm")
        assert panel.player.told() == say.NO_SOUND

    def test_that_the_agreement_forbids_is_refused_with_its_clause(
        self, held: LookPanel, playing: MemoryPlaying, speaker: MemorySpeaker, qtbot: QtBot
    ) -> None:
        playing.listen_fault = AgreementForbids(
            action="revealing media",
            function="media.reveal",
            reference="A-1",
            clause=None,
            nearest="2.1",
            cause="media of the kind audio are none of those that clause 2.1 grants",
            who="agreements@hotline.example",
        )
        key(held, "mm")
        qtbot.waitUntil(lambda: "clause 2.1" in held._notice.message())
        assert held.looking.state is LookState.SHOWN
        assert playing.sounds == []

    def test_that_cannot_be_decoded_costs_the_sound_alone(
        self, held: LookPanel, playing: MemoryPlaying, speaker: MemorySpeaker, qtbot: QtBot
    ) -> None:
        playing.sound_fault = CannotShow.CORRUPT
        key(held, "mm")
        qtbot.waitUntil(lambda: held.player.told() == say.SOUND_FAILED)
        assert held.looking.state is LookState.SHOWN

    def test_of_a_sound_file_is_all_there_is(
        self, panel: LookPanel, playing: MemoryPlaying, speaker: MemorySpeaker, qtbot: QtBot
    ) -> None:
        playing.has_picture = False
        panel.show_item(TONE, None)
        assert panel.player.told() == say.TO_LISTEN
        panel.looking.press()
        qtbot.waitUntil(lambda: panel.looking.state is LookState.SHOWN)
        key(panel, "mm")
        qtbot.waitUntil(lambda: bool(speaker.heard))
        for _ in range(10):
            playing.advance(25)
            qtbot.wait(11)
        assert panel.player.player.position_ms >= 150
        assert playing.frames == []


class TestWhatGoesWrong:
    @pytest.mark.parametrize(
        "cause", [CannotShow.CHILD_DIED, CannotShow.CHILD_HUNG, CannotShow.CORRUPT]
    )
    def test_veils_says_why_and_is_not_tried_again(
        self, held: LookPanel, playing: MemoryPlaying, qtbot: QtBot, cause: CannotShow
    ) -> None:
        playing.fault = cause
        playing.advance(60)
        qtbot.waitUntil(lambda: held.looking.state is LookState.SPENT)
        assert not shows_a_frame(held)
        assert "Veiled:" in held.player.told()
        count = len(playing.frames)
        playing.advance(500)
        qtbot.wait(50)
        assert (len(playing.frames), len(playing.opens)) == (count, 1)
        qtbot.waitUntil(lambda: len(playing.ends) == 1)

    def test_a_file_that_does_not_open_says_why(
        self, panel: LookPanel, playing: MemoryPlaying, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        playing.open_fault = CannotShow.TRUNCATED
        panel.looking.press()
        qtbot.waitUntil(lambda: panel.looking.state is LookState.SPENT)
        assert "Veiled:" in panel.player.told()
        qtbot.waitUntil(lambda: bool(vault.notes.of("end_reveal")))


def test_each_part_of_the_player_says_what_it_is_and_what_it_is_called(held: LookPanel) -> None:
    assert faults_of(held) == []
