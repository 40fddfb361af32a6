"""What the window says of media files on their way, and of the links that they come over."""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import tr, tr_in, tr_many

TRANSFERS = tr("Transfers")
INTRO = tr(
    "Media files that are not here yet. A cut costs at most the part that was arriving; what is asked for comes first, then what is on the screen, then that of newer reports."
)
NOTHING = tr("Every file is here")
NOTHING_HELP = tr(
    "Files that the portal announces stand here from the exchange that names them until they have come, by network or by stick."
)
ITEM = tr("Media item")
STATE = tr_in("how something stands", "State")
HERE = tr("Here")
SIZE = tr("Size")
ORDER = tr("Asked for")
WHY = tr("Why, and when next")
FIRST = tr("asked for")

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
    "waiting": tr("waiting"),
    "arriving": tr("travelling"),
    "failed": tr("failed so far"),
    "held_back": tr("held back"),
    "paused": tr("paused"),
    "cancelled": tr("not wanted"),
    "refused": tr("refused"),
    "not_granted": tr("not granted"),
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
    "held_back": tr("The link in use does not carry it. Ask for it, or change the link."),
    "paused": tr("A person paused it."),
    "cancelled": tr("Nobody wants it until somebody asks for it."),
    "not_granted": tr("The agreement grants no files of its kind. It comes as soon as one does."),
}

ASK_FIRST = tr("Ask first")
PAUSE = tr("Pause")
GO_ON = tr("Go on")
NOT_WANTED = tr("Not wanted")
TRY_NOW = tr("Try now")
PAUSE_ALL = tr("Pause all")
RESUME_ALL = tr("Let all go on")
RETRY_ALL = tr("Try all failed now")


SAID: Mapping[str, str] = {
    "asked_for": tr("These come first, with the next exchange."),
    "paused": tr("They wait until you let them go on."),
    "resumed": tr("They come with the next exchange."),
    "cancelled": tr("They are not fetched until somebody asks for them."),
    "again": tr("They come with the next exchange."),
}
"""What follows from what was said of files on their way, by the command line's names."""
NONE_TO_COME = tr("None of them is still to come.")


def state(word: str) -> str:
    """`→ travelling`."""
    return f"{GLYPHS.get(word, '○')} {STATES.get(word, word)}"


def failed(tries: int, why: str, again: str) -> str:
    """`cut on the way, 3 times; again in 4 min`."""
    times = tr_many("once", "{count} times", tries)
    return f"{why}, {times}; {again}" if again else f"{why}, {times}"


def again_in(seconds: float) -> str:
    """When a file is tried next, from now."""
    if seconds <= 0:
        return tr("again at the next exchange")
    if seconds < 90:
        return tr("again in {seconds} s", seconds=max(1, round(seconds)))
    if seconds < 5400:
        return tr("again in {minutes} min", minutes=round(seconds / 60))
    return tr("again in {hours} h", hours=round(seconds / 3600))


def not_granted(cause: str) -> str:
    """Why a file does not come, by the agreement's own clause."""
    return tr("Not granted: {cause}. It comes as soon as the agreement grants it.", cause=cause)


def tally(waiting: int, size: str, *, failed: int, not_granted: int, is_paused: bool) -> str:
    """Above the list."""
    told = [
        tr_many(
            "{count} still to come, {size}.", "{count} still to come, {size}.", waiting, size=size
        )
    ]
    if failed:
        told.append(
            tr_many(
                "{count} does not come by itself.", "{count} do not come by themselves.", failed
            )
        )
    if not_granted:
        told.append(
            tr_many(
                "Not granted by the agreement: {count}.",
                "Not granted by the agreement: {count}.",
                not_granted,
            )
        )
    if is_paused:
        told.append(tr("All of them are paused."))
    return " ".join(told)


# -- links

LINKS = tr("Links")
LINKS_INTRO = tr(
    "Name the networks that this machine is on, and say what each may carry. Changes and your operations go over every link; media only as far as the link allows."
)
ANY = tr("any network")
NAME = tr("Link")
MEDIA = tr("Media")
CAP = tr("Cap")
LARGEST = tr("Largest file")
PROXY = tr("Proxy")
IN_USE = tr("In use")
USED = tr("● in use")
NO_LIMIT = tr_in("cap", "none")
POLICIES: Mapping[str, str] = {
    "all": tr("all media"),
    "asked": tr("only what is asked for"),
    "none": tr("no media"),
}
USE = tr("Use it")
USE_NONE = tr("Use none of them")
NEW = tr("New link…")
CHANGE = tr("Change…")
REMOVE = tr("Remove")
LINK_TITLE = tr("A link, and what it may carry")
LINK_INTRO = tr("It counts from the next exchange on.")
KEEP = tr("Keep it")
CAP_FIELD = tr("Cap in kB a second (empty: none)")
LARGEST_FIELD = tr("Largest media file in MB (empty: any)")
PROXY_FIELD = tr("Proxy (empty: none)")
PROXY_PLACEHOLDER = tr("http://name:password@host:port")
PROXY_KEPT = tr("A proxy that was kept is not shown again; leave this empty to keep it.")
NEEDS_NAME = tr("Give it a name: the office, the car, home.")
NEEDS_NUMBER = tr("Type a number, or nothing.")
NO_LINKS = tr("No link is named")
NO_LINKS_HELP = tr(
    "Everything comes over whatever network there is, as fast as it comes. Name a link where one is slow or costs money."
)


def in_use(name: str) -> str:
    return tr("In use: {name}.", name=name)


def per_second(size: str) -> str:
    return f"{size}/s"
