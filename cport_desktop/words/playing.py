"""What is said around media that move or sound."""

from __future__ import annotations

from typing import Final

PLAY: Final = "Play"
PLAY_KEY: Final = "P"
BACK: Final = "Frame back"
ON: Final = "Frame on"
BACK_KEY: Final = ","
ON_KEY: Final = "."
FROM: Final = "from"
TO: Final = "to"
MARK_BEGIN: Final = "Repeat from here"
MARK_END: Final = "Repeat to here"
BEGIN_KEY: Final = "A"
END_KEY: Final = "B"
UNMARK: Final = "Repeat all no more"
UNMARK_SHORT: Final = "no more"
REPEAT: Final = "Repeat"
UNMARK_KEY: Final = "L"
SLOWER: Final = "Slower"
FASTER: Final = "Faster"
SLOWER_KEY: Final = "["
FASTER_KEY: Final = "]"
SOUND: Final = "Sound"
SOUND_KEY: Final = "M"
SOFTER_KEY: Final = "-"
LOUDER_KEY: Final = "+"
PLAYER: Final = "Player"
POSITION: Final = "Position"
STRIP: Final = "Keyframes, veiled"

SOUND_CAUTION: Final = "It will be heard, and that is recorded. Press M once more to listen."
SOUND_FIRST_LOOK: Final = "Sound is asked for while you look: hold Space, then press M."
SOUND_ASKING: Final = "Recording that you listen…"
SOUND_ON: Final = "Sound is on until this look ends."
SOUND_AT_OWN_SPEED: Final = "Silent: it sounds at its own speed only."
NO_SOUND: Final = "It has no sound."
NO_DEVICE: Final = (
    "This machine has no sound device. It plays without sound, and nothing was recorded as heard."
)
DEVICE_STOPPED: Final = "The sound device stands still. It goes on without sound."
SOUND_FAILED: Final = "Its sound cannot be decoded."
TO_LISTEN: Final = "There is nothing to see, only to hear."


def place_of(at: str, length: str) -> str:
    """`0:01.2 of 0:03`."""
    return f"{at} of {length}" if length else at


def at_speed(place: str, times: float) -> str:
    """`0:01.2 of 0:03 · 0.5 ×`."""
    return f"{place} · {times:g} ×"


def volume(share: float) -> str:
    return f"{share:.0%}"


def to_hear(seconds: float) -> str:
    """Behind `Hold Space`, for a sound."""
    return f"to open it, {seconds:.0f} s; then M to listen"


def cannot_go_on(reason: str) -> str:
    """A look at something that plays came to its end before its time."""
    return f"Veiled: {reason}. Nothing is tried again by itself."


KEY_LIST: Final[tuple[tuple[str, str, str], ...]] = (
    ("P , . ← → [ ]", "At a video: play or stay, frame by frame, five seconds, speed", "analyst"),
    ("A B L", "At a video: repeat from here, to here; repeat no more", "analyst"),
    ("M - +", "At a video: listen (M twice; it is recorded), softer, louder", "analyst"),
)
"""Keys, what they do, and the role that has them. On the glass, and wherever Space is held."""
