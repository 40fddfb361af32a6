from __future__ import annotations

import pytest

from cport_desktop.domain.media_item import Picture
from cport_desktop.errors import UnknownReference
from tests.builders import announce_media, noise, reopened

VEIL = Picture(48, 48, 1, noise(48 * 48, seed=1))
THUMBNAIL = Picture(192, 192, 3, noise(192 * 192 * 3, seed=2))
DARK = Picture(1, 1, 1, b"\x00")


def test_what_was_put_is_there_after_reopening(closed_vault):
    with reopened(closed_vault) as vault:
        media = announce_media(vault, 1, b"one")
        vault.derivatives.put(media, VEIL, THUMBNAIL)
    with reopened(closed_vault) as vault:
        assert vault.derivatives.veils([media]) == {media: VEIL}
        assert vault.derivatives.thumbnail(media) == THUMBNAIL


def test_items_with_the_same_bytes_share_their_pictures(vault):
    first, second = announce_media(vault, 1, b"same"), announce_media(vault, 2, b"same")
    other = announce_media(vault, 3, b"other")
    vault.derivatives.put(first, VEIL, THUMBNAIL)
    assert vault.derivatives.veils([first, second, other]) == {first: VEIL, second: VEIL}
    assert vault.derivatives.thumbnail(second) == THUMBNAIL
    assert vault.derivatives.thumbnail(other) is None


def test_putting_again_replaces(vault):
    media = announce_media(vault, 1, b"one")
    vault.derivatives.put(media, VEIL, THUMBNAIL)
    vault.derivatives.put(media, DARK, DARK)
    assert vault.derivatives.veils([media]) == {media: DARK}


def test_more_items_than_fit_one_query_are_answered(vault):
    media = announce_media(vault, 1200, b"one")
    vault.derivatives.put(media, VEIL, THUMBNAIL)
    assert vault.derivatives.veils([*range(1, 1200), media]) == {media: VEIL}
    assert vault.derivatives.veils([]) == {}


def test_an_unknown_item_has_no_pictures_and_takes_none(vault):
    assert vault.derivatives.thumbnail(5) is None
    with pytest.raises(UnknownReference):
        vault.derivatives.put(5, VEIL, THUMBNAIL)


@pytest.mark.parametrize("damage", ["missing", "rubbish", "plain"])
def test_a_file_that_cannot_be_read_is_begun_anew(closed_vault, damage):
    with reopened(closed_vault) as vault:
        media = announce_media(vault, 1, b"one")
        vault.derivatives.put(media, VEIL, THUMBNAIL)
    file = closed_vault / "derivatives.db"
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(noise(8192) if damage == "rubbish" else b"SQLite format 3\x00" * 512)
    with reopened(closed_vault) as vault:
        assert vault.derivatives.veils([media]) == {}
        vault.derivatives.put(media, VEIL, THUMBNAIL)
        assert vault.derivatives.veils([media]) == {media: VEIL}


def test_pictures_are_sealed_under_a_key_of_their_own(vault):
    media = announce_media(vault, 1, b"one")
    flat = Picture(100, 100, 1, b"SYNTHETIC " * 1000)
    vault.derivatives.put(media, flat, flat)
    files = [path for path in vault.directory.iterdir() if path.name.startswith("derivatives")]
    assert len(files) >= 2
    assert all(b"SYNTHETIC" not in path.read_bytes() for path in files)
