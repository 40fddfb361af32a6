"""Sentences of the column that refines a query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import tr, tr_in, tr_many
from cport_desktop.words.window import FACET_TITLES

TITLES: Final[Mapping[str, str]] = {
    **FACET_TITLES,
    "assigned": tr("Assigned to"),
    "provider": tr("Provider"),
    "kind": tr("Kind of media"),
    "received": tr("Received"),
}
KINDS: Final[Mapping[str, str]] = {
    "image": tr_in("kind of media", "Image"),
    "video": tr_in("kind of media", "Video"),
    "audio": tr_in("kind of media", "Sound"),
    "page": tr_in("kind of media", "Page"),
    "other": tr_in("kind of media", "Other"),
}
FOLDING: Final = tr("On a heading, Enter or a click folds its values away or shows them.")


def folded(title: str, values: int) -> str:
    """A heading whose values are folded away, as it is read aloud."""
    return tr_many(
        "{title}: {count} value, folded away",
        "{title}: {count} values, folded away",
        values,
        title=title,
    )


def unfolded(title: str, values: int) -> str:
    """A heading whose values are shown, as it is read aloud."""
    return tr_many("{title}: {count} value", "{title}: {count} values", values, title=title)
