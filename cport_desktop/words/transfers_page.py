"""What the window says of media files on their way, and of the links that they come over."""

from __future__ import annotations

from collections.abc import Mapping

TRANSFERS = "Transfers"
INTRO = (
    "Media files that are not here yet. A cut costs at most the part that was arriving; what is "
    "asked for comes first, then what is on the screen, then that of newer reports."
)
NOTHING = "Every file is here"
NOTHING_HELP = (
    "Files that the portal announces stand here from the exchange that names them until they have "
    "come, by network or by stick."
)
ITEM = "Media item"
STATE = "State"
HERE = "Here"
SIZE = "Size"
ORDER = "Asked for"
WHY = "Why, and when next"
FIRST = "asked for"

GLYPHS: Mapping[str, str] = {
    "waiting": "○",
    "arriving": "→",
    "failed": "◆",
    "held_back": "○",
    "paused": "–",
    "cancelled": "–",
    "refused": "✗",
    "not_granted": "–",
}
STATES: Mapping[str, str] = {
    "waiting": "waiting",
    "arriving": "travelling",
    "failed": "failed so far",
    "held_back": "held back",
    "paused": "paused",
    "cancelled": "not wanted",
    "refused": "refused",
    "not_granted": "not granted",
}
TONES: Mapping[str, str] = {
    "failed": "grave",
    "held_back": "muted",
    "paused": "muted",
    "cancelled": "muted",
    "refused": "gravest",
    "not_granted": "muted",
}
WHYS: Mapping[str, str] = {
    "held_back": "The link in use does not carry it. Ask for it, or change the link.",
    "paused": "A person paused it.",
    "cancelled": "Nobody wants it until somebody asks for it.",
    "not_granted": "The agreement grants no files of its kind. It comes as soon as one does.",
}

ASK_FIRST = "Ask first"
PAUSE = "Pause"
GO_ON = "Go on"
NOT_WANTED = "Not wanted"
TRY_NOW = "Try now"
PAUSE_ALL = "Pause all"
RESUME_ALL = "Let all go on"
RETRY_ALL = "Try all failed now"


SAID: Mapping[str, str] = {
    "asked_for": "These come first, with the next exchange.",
    "paused": "They wait until you let them go on.",
    "resumed": "They come with the next exchange.",
    "cancelled": "They are not fetched until somebody asks for them.",
    "again": "They come with the next exchange.",
}
"""What follows from what was said of files on their way, by the command line's names."""
NONE_TO_COME = "None of them is still to come."


def state(word: str) -> str:
    """`→ travelling`."""
    return f"{GLYPHS.get(word, '○')} {STATES.get(word, word)}"


def failed(tries: int, why: str, again: str) -> str:
    """`cut on the way, 3 times; again in 4 min`."""
    times = "once" if tries == 1 else f"{tries} times"
    return f"{why}, {times}; {again}" if again else f"{why}, {times}"


def again_in(seconds: float) -> str:
    """When a file is tried next, from now."""
    if seconds <= 0:
        return "again at the next exchange"
    if seconds < 90:
        return f"again in {max(1, round(seconds))} s"
    if seconds < 5400:
        return f"again in {round(seconds / 60)} min"
    return f"again in {round(seconds / 3600)} h"


def not_granted(cause: str) -> str:
    """Why a file does not come, by the agreement's own clause."""
    return f"Not granted: {cause}. It comes as soon as the agreement grants it."


def tally(waiting: str, size: str, *, failed: int, not_granted: int, is_paused: bool) -> str:
    """Above the list."""
    told = f"{waiting} still to come, {size}."
    if failed:
        told = f"{told} {failed:,} do not come by themselves."
    if not_granted:
        told = f"{told} Not granted by the agreement: {not_granted:,}."
    return f"{told} All of them are paused." if is_paused else told


# -- links

LINKS = "Links"
LINKS_INTRO = (
    "Name the networks that this machine is on, and say what each may carry. Changes and your "
    "operations go over every link; media only as far as the link allows."
)
ANY = "any network"
NAME = "Link"
MEDIA = "Media"
CAP = "Cap"
LARGEST = "Largest file"
PROXY = "Proxy"
IN_USE = "In use"
USED = "● in use"
NO_LIMIT = "none"
POLICIES: Mapping[str, str] = {
    "all": "all media",
    "asked": "only what is asked for",
    "none": "no media",
}
USE = "Use it"
USE_NONE = "Use none of them"
NEW = "New link…"
CHANGE = "Change…"
REMOVE = "Remove"
LINK_TITLE = "A link, and what it may carry"
LINK_INTRO = "It counts from the next exchange on."
KEEP = "Keep it"
CAP_FIELD = "Cap in kB a second (empty: none)"
LARGEST_FIELD = "Largest media file in MB (empty: any)"
PROXY_FIELD = "Proxy (empty: none)"
PROXY_PLACEHOLDER = "http://name:password@host:port"
PROXY_KEPT = "A proxy that was kept is not shown again; leave this empty to keep it."
NEEDS_NAME = "Give it a name: the office, the car, home."
NEEDS_NUMBER = "Type a number, or nothing."
NO_LINKS = "No link is named"
NO_LINKS_HELP = (
    "Everything comes over whatever network there is, as fast as it comes. Name a link where one "
    "is slow or costs money."
)


def in_use(name: str) -> str:
    return f"In use: {name}."


def per_second(size: str) -> str:
    return f"{size}/s"
