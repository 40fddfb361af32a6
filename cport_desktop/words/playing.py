"""What is said around media that move or sound."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.key_names import KEY_HERE, around_key
from cport_desktop.words.tongue import amount, tr, tr_in

PLAY: Final = tr("Play")
PLAY_KEY: Final = "P"
BACK: Final = tr("Frame back")
ON: Final = tr("Frame on")
BACK_KEY: Final = ","
ON_KEY: Final = "."
FROM: Final = tr_in("what is repeated", "from")
TO: Final = tr_in("what is repeated", "to")
MARK_BEGIN: Final = tr("Repeat from here")
MARK_END: Final = tr("Repeat to here")
BEGIN_KEY: Final = "A"
END_KEY: Final = "B"
UNMARK: Final = tr("Stop repeating")
UNMARK_SHORT: Final = tr_in("what is repeated", "off")
REPEAT: Final = tr("Repeat")
UNMARK_KEY: Final = "L"
SLOWER: Final = tr("Slower")
FASTER: Final = tr("Faster")
SLOWER_KEY: Final = "["
FASTER_KEY: Final = "]"
SOUND: Final = tr("Sound")
SOUND_KEY: Final = "M"
SOFTER_KEY: Final = "-"
LOUDER_KEY: Final = "+"
PLAYER: Final = tr("Player")
POSITION: Final = tr("Position")
STRIP: Final = tr("Keyframes, veiled")

SOUND_CAUTION: Final = tr("It will be heard, and that is recorded. Press M once more to listen.")
SOUND_FIRST_LOOK: Final = tr("Sound is asked for while you look: hold Space, then press M.")
SOUND_ASKING: Final = tr("Recording that you listen…")
SOUND_ON: Final = tr("Sound is on until this look ends.")
SOUND_AT_OWN_SPEED: Final = tr("Silent: it sounds at its own speed only.")
NO_SOUND: Final = tr("It has no sound.")
NO_DEVICE: Final = tr(
    "This machine has no sound device. It plays without sound, and nothing was recorded as heard."
)
DEVICE_STOPPED: Final = tr("The sound device stands still. It goes on without sound.")
SOUND_FAILED: Final = tr("Its sound cannot be decoded.")
TO_LISTEN: Final = tr("There is nothing to see, only to hear.")


def place_of(at: str, length: str) -> str:
    """`0:01.2 of 0:03`."""
    return tr_in("a place in a film", "{at} of {length}", at=at, length=length) if length else at


def at_speed(place: str, times: float) -> str:
    """`0:01.2 of 0:03 · 0.5 ×`."""
    return f"{place} · {times:g} ×"


def volume(share: float) -> str:
    return f"{share:.0%}"


def hold_to_hear(seconds: float) -> tuple[str, str]:
    """What stands before and behind the key, for a sound: `Veiled. Hold [Space] to open it, …`."""
    return around_key(
        tr(
            "Veiled. Hold {key} to open it, {seconds} s; then M to listen",
            key=KEY_HERE,
            seconds=amount(seconds),
        )
    )


def cannot_go_on(reason: str) -> str:
    """A look at something that plays came to its end before its time."""
    return tr("Veiled: {reason}. Nothing is tried again by itself.", reason=reason)


KEY_LIST: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "P , . ← → [ ]",
        tr("At a video: play or stay, frame by frame, five seconds, speed"),
        "analyst",
    ),
    ("A B L", tr("At a video: repeat from here, to here; stop repeating"), "analyst"),
    ("M - +", tr("At a video: listen (M twice; it is recorded), softer, louder"), "analyst"),
)
"""Keys, what they do, and the role that has them. On the glass, and wherever Space is held."""
