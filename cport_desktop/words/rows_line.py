"""Sentences of the query lines above short lists: hotlines, hash lists, candidates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cport_desktop.words.tongue import tr

HOTLINES: Final = tr("Which hotlines")
HOTLINES_PLACEHOLDER: Final = tr("e.g. country:NL reports:>100 received:<30d")
NO_HOTLINE: Final = tr("No hotline is like that")
HASH_LISTS: Final = tr("Which lists")
HASH_LISTS_PLACEHOLDER: Final = tr("e.g. source:example hits:>0 -is:withdrawn")
NO_HASH_LIST: Final = tr("No list is like that")
ASK_LESS: Final = tr("Ask for less in the line above, or empty it with Escape.")


def keys_and_fields(fields: Sequence[str]) -> str:
    """How the line is used, for those who hear it."""
    return tr(
        "Words, or fields with a value: {fields}. Enter asks, Escape empties the line.",
        fields=", ".join(f"{field}:" for field in fields),
    )
