"""From what is sealed to what is seen there is one door: the clear room, and one use case before it.

Read out of the program's own text: who calls what opens sealed files, who unseals pictures, who
asks a child for more than a veil, and who touches what a child hands over beside it. A new caller
has to be put on a list here, with its reason, and that is where somebody asks why.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "cport_desktop"

OPENS_ORIGINALS: Mapping[str, str] = {
    "vault/blobs.py": "the room of sealed files itself",
    "vault/clear_room.py": "the door",
    "vault/resealing.py": "from one sealed file into another",
    "vault/soundness.py": "checks that every byte is as it was, and lets go of it",
    "usecases/rebuild_derivatives.py": "to the confined child, for pictures that are sealed again",
    "usecases/package_redacting.py": "into a package, sealed to its recipients, or to the confined child"
    " that draws a redacted copy of it: a disclosure",
}
"""Who reads sealed originals: calls of `BlobStore.read`, `open` and `open_blob`."""

HOLDS_THE_STORE: Mapping[str, str] = {
    "vault/vault.py": "makes it",
    "vault/clear_room.py": "the door",
    "vault/soundness.py": "checks that every byte is as it was, and lets go of it",
    "usecases/drill_restore.py": "checks a restored copy in the same way",
}
KNOWS_THEIR_SEAL: Mapping[str, str] = {
    "vault/blobs.py": "originals that are held",
    "vault/intake_desk.py": "files on their way in, for digests and the confined child",
    "vault/resealing.py": "from one sealed file into another",
    "vault/backup.py": "counts the bytes of a file in a backup that was just written",
}
"""Whoever opens an original has to say what its seal is bound to."""
UNSEALS_PICTURES = {"vault/clear_room.py", "vault/picture_renewal.py"}

TOUCHES_WHAT_A_CHILD_GAVE = {
    "domain/media_item.py",
    "vault/derivatives.py",
    "media/",
}
"""Where `Examination.thumbnail` and `.blurred` are read."""

ENTERS_THE_CLEAR_ROOM = {
    "vault/vault.py",
    "usecases/reveal_media.py",
    "usecases/view_media.py",
}
"""Who has to do with `Vault.clear_room`."""

ASKS_A_CHILD_TO_REVEAL = {"usecases/reveal_media.py", "usecases/view_media.py"}


def rooms() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


ROOMS = dict(rooms())


def attributes(tree: ast.AST, *names: str) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in names:
            yield node


def names(tree: ast.AST, *names: str) -> bool:
    """One of these names is used, or imported."""
    return any(
        (isinstance(node, ast.Name) and node.id in names)
        or (isinstance(node, ast.ImportFrom) and any(each.name in names for each in node.names))
        for node in ast.walk(tree)
    )


def _opens(node: ast.AST) -> bool:
    """`….blobs.read(…)`, `….files.read(…)`, `….open_blob(…)` and the like."""
    match node:
        case ast.Attribute(attr="open_blob"):
            return True
        case ast.Attribute(attr="read" | "open", value=ast.Attribute(attr="blobs" | "files")):
            return True
        case ast.Attribute(attr="read" | "open", value=ast.Name(id="blobs" | "files")):
            return True
    return False


def who_opens() -> set[str]:
    return {room for room, tree in ROOMS.items() if any(_opens(node) for node in ast.walk(tree))}


def test_sealed_originals_are_opened_by_those_alone_who_stand_here() -> None:
    found = {room for room, tree in ROOMS.items() if any(_opens(node) for node in ast.walk(tree))}
    assert found == set(OPENS_ORIGINALS)


@pytest.mark.parametrize(
    ("name", "known"),
    [("BlobStore", HOLDS_THE_STORE), ("seal_context", KNOWS_THEIR_SEAL)],
)
def test_what_reads_them_is_handed_to_nobody_else(name: str, known: Mapping[str, str]) -> None:
    """A room that holds one by another name would escape the look at its calls."""
    assert {room for room, tree in ROOMS.items() if names(tree, name)} == set(known)


def test_pictures_behind_the_veil_are_unsealed_in_the_clear_room() -> None:
    found = {room for room, tree in ROOMS.items() if names(tree, "unseal_picture")}
    assert found == UNSEALS_PICTURES


def test_the_clear_room_is_entered_by_the_use_case_of_looking() -> None:
    found = {room for room, tree in ROOMS.items() if any(attributes(tree, "clear_room"))}
    found |= {room for room, tree in ROOMS.items() if names(tree, "ClearRoom")}
    assert found == ENTERS_THE_CLEAR_ROOM


def test_a_child_is_asked_to_reveal_by_the_use_case_of_looking() -> None:
    found = {
        room
        for room, tree in ROOMS.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"reveal", "open_viewing"}
        and isinstance(node.func.value, ast.Name | ast.Attribute)
        and "sandbox" in ast.unparse(node.func.value)
    }
    assert found == ASKS_A_CHILD_TO_REVEAL


def test_a_grant_to_listen_is_made_in_the_clear_room() -> None:
    found = {
        room
        for room, tree in ROOMS.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "SoundGrant"
    }
    assert found == {"vault/clear_room.py"}


def test_what_a_child_gave_beside_the_veil_goes_into_the_sealed_file_only() -> None:
    found = {
        room
        for room, tree in ROOMS.items()
        for node in attributes(tree, "thumbnail", "blurred")
        if not (isinstance(node.value, ast.Name) and node.value.id == "softening")
    }
    strangers = {
        room
        for room in found
        if not any(room == known or room.startswith(known) for known in TOUCHES_WHAT_A_CHILD_GAVE)
    }
    assert strangers == set()


FACES = [room for room in ROOMS if room.startswith(("ui/", "cli/"))]
CLOSED_TO_FACES = (
    "cport_desktop.vault.blobs",
    "cport_desktop.vault.clear_room",
    "cport_desktop.vault.derivatives",
    "cport_desktop.vault.picture_seal",
    "cport_desktop.vault.picture_renewal",
)


@pytest.mark.parametrize("room", FACES)
def test_no_face_has_a_way_of_its_own_to_a_picture(room: str) -> None:
    tree = ROOMS[room]
    imported = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
    }
    assert imported.isdisjoint(CLOSED_TO_FACES)
    assert not any(attributes(tree, "derivatives", "clear_room", "thumbnail"))


@pytest.mark.parametrize(
    "source",
    [
        "vault.blobs.read(reader, media)",
        "self._vault.blobs.open(reader, media)",
        "with store.open_blob(blob, key, size=size) as sealed: pass",
    ],
)
def test_a_new_way_in_would_be_noticed(source: str) -> None:
    assert any(_opens(node) for node in ast.walk(ast.parse(source)))
