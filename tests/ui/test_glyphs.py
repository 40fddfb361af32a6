"""Every character that a sentence may show is in a typeface that is brought along: elsewhere it would be
a box, or look as the machine's own typefaces have it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
CATALOGUES = sorted((RESOURCES / "translations").glob("*/LC_MESSAGES/*.po"))


def characters_in(catalogue: Path) -> set[str]:
    """Of its sentences and of their translations."""
    found: set[str] = set()
    with catalogue.open("rb") as file:
        for message in read_po(file):
            for said in (message.id, message.string):
                found.update("".join([said] if isinstance(said, str) else said or ()))
    return {character for character in found if character.isprintable()}


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_character_of_a_catalogue_is_in_a_typeface_of_ours(
    catalogue: Path, application: QApplication
) -> None:
    faces = [QRawFont(str(path), 13.0) for path in (RESOURCES / "fonts").glob("*.?tf")]
    assert len(faces) >= 4
    told = characters_in(catalogue)
    assert len(told) > 100
    missing = {one for one in told if not any(face.supportsCharacter(ord(one)) for face in faces)}
    assert missing == set()
