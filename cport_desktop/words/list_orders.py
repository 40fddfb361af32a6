"""In which order lists stand that people look through by name: cases and analysts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import tr

ORDER: Final = tr("Order")
CASES: Final[Mapping[str, str]] = {
    "-id": tr("Newest cases first"),
    "id": tr("Oldest cases first"),
    "title": tr("Titles from A to Z"),
    "-title": tr("Titles from Z to A"),
}
ANALYSTS: Final[Mapping[str, str]] = {
    "created": tr("As they came"),
    "name": tr("Names from A to Z"),
    "-name": tr("Names from Z to A"),
}
