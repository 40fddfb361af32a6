from __future__ import annotations

import zlib
from dataclasses import replace

import pytest

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import Picture
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.database import connect
from cport_desktop.vault.picture_seal import Derived, clear_room_key, unseal_picture
from cport_desktop.vault.vault import Vault
from tests.builders import an_examination, announce_media, noise, reopened

VEIL = Picture(16, 12, 1, noise(16 * 12, seed=1))
BLURRED = Picture(192, 96, 1, noise(192 * 96, seed=3))
CLEAR = Picture(192, 192, 3, noise(192 * 192 * 3, seed=2))
SEEN = replace(an_examination(), veil=VEIL, blurred=BLURRED, thumbnail=CLEAR)
DARK = Picture(1, 1, 1, b"\x00")


def unsealed(vault: Vault, media: MediaId, purpose: Derived) -> Picture | None:
    found = vault.derivatives.sealed(media, purpose)
    if found is None:
        return None
    key = clear_room_key(vault.header.keys.derivatives)
    return unseal_picture(key, found.digest, purpose, found.sealed)


def test_what_was_put_is_there_after_reopening(closed_vault):
    with reopened(closed_vault) as vault:
        media = announce_media(vault, 1, b"one")
        assert vault.derivatives.put(media, SEEN)
    with reopened(closed_vault) as vault:
        assert vault.derivatives.veils([media]) == {media: VEIL}
        assert unsealed(vault, media, Derived.BLURRED) == BLURRED
        assert unsealed(vault, media, Derived.CLEAR) == CLEAR


def test_items_with_the_same_bytes_share_their_pictures(vault):
    first, second = announce_media(vault, 1, b"same"), announce_media(vault, 2, b"same")
    other = announce_media(vault, 3, b"other")
    vault.derivatives.put(first, SEEN)
    assert vault.derivatives.veils([first, second, other]) == {first: VEIL, second: VEIL}
    assert unsealed(vault, second, Derived.CLEAR) == CLEAR
    assert unsealed(vault, other, Derived.CLEAR) is None


def test_putting_again_replaces(vault):
    media = announce_media(vault, 1, b"one")
    vault.derivatives.put(media, SEEN)
    vault.derivatives.put(media, replace(SEEN, veil=DARK, blurred=DARK))
    assert vault.derivatives.veils([media]) == {media: DARK}
    assert unsealed(vault, media, Derived.BLURRED) == DARK


@pytest.mark.parametrize(
    "seen",
    [replace(SEEN, veil=None), replace(SEEN, blurred=None), replace(SEEN, thumbnail=None)],
    ids=["veil", "blurred", "clear"],
)
def test_all_three_are_kept_or_none(vault, seen):
    media = announce_media(vault, 1, b"one")
    assert not vault.derivatives.put(media, seen)
    assert vault.derivatives.veils([media]) == {}
    assert vault.derivatives.sealed(media, Derived.CLEAR) is None


@pytest.mark.parametrize(
    "loss",
    [
        "DELETE FROM veil",
        "DELETE FROM behind WHERE purpose = 'clear'",
        "DELETE FROM behind WHERE purpose = 'blurred'",
    ],
)
def test_an_original_of_which_one_picture_is_gone_lacks_them(vault, loss):
    media = announce_media(vault, 1, b"one")
    vault.derivatives.put(media, SEEN)
    (digest,) = vault._announced_digests([media]).values()
    assert vault.derivatives.lacking([digest, "00" * 32]) == {"00" * 32}
    with vault.derivatives._alone() as connection:
        connection.execute(loss)
    assert vault.derivatives.lacking([digest, "00" * 32]) == {digest, "00" * 32}


def test_more_items_than_fit_one_query_are_answered(vault):
    media = announce_media(vault, 1200, b"one")
    vault.derivatives.put(media, SEEN)
    assert vault.derivatives.veils([*range(1, 1200), media]) == {media: VEIL}
    assert vault.derivatives.veils([]) == {}


def test_a_page_of_veils_is_one_query_and_reads_nothing_of_what_is_behind(vault):
    media = [announce_media(vault, number, b"%d" % number) for number in range(1, 60)]
    for number in media:
        vault.derivatives.put(number, SEEN)
    asked: list[str] = []
    with vault.derivatives._alone() as connection:
        connection.set_trace_callback(asked.append)
    try:
        assert len(vault.derivatives.veils(media)) == len(media)
    finally:
        with vault.derivatives._alone() as connection:
            connection.set_trace_callback(None)
    assert len(asked) == 1
    assert "behind" not in asked[0]


def test_an_unknown_item_has_no_pictures_and_takes_none(vault):
    assert vault.derivatives.sealed(5, Derived.CLEAR) is None
    with pytest.raises(UnknownReference):
        vault.derivatives.put(5, SEEN)


@pytest.mark.parametrize("damage", ["missing", "rubbish", "plain", "older layout"])
def test_a_file_that_cannot_be_read_is_begun_anew(closed_vault, damage):
    with reopened(closed_vault) as vault:
        media = announce_media(vault, 1, b"one")
        vault.derivatives.put(media, SEEN)
        key = vault.header.keys.derivatives
    file = closed_vault / "derivatives.db"
    if damage == "missing":
        file.unlink()
    elif damage == "older layout":
        connection = connect(file, key, durable=False)
        connection.execute("PRAGMA user_version = 1")
        connection.close()
    else:
        file.write_bytes(noise(8192) if damage == "rubbish" else b"SQLite format 3\x00" * 512)
    with reopened(closed_vault) as vault:
        assert vault.derivatives.veils([media]) == {}
        vault.derivatives.put(media, SEEN)
        assert vault.derivatives.veils([media]) == {media: VEIL}


def test_pictures_are_sealed_under_a_key_of_their_own(vault):
    media = announce_media(vault, 1, b"one")
    flat = Picture(100, 100, 1, b"SYNTHETIC " * 1000)
    vault.derivatives.put(media, replace(SEEN, veil=flat, blurred=flat))
    files = [path for path in vault.directory.iterdir() if path.name.startswith("derivatives")]
    assert len(files) >= 2
    assert all(b"SYNTHETIC" not in path.read_bytes() for path in files)


def test_the_key_of_the_file_alone_shows_no_picture_behind_a_veil(vault):
    media = announce_media(vault, 1, b"one")
    flat = Picture(10, 10, 1, b"SYNTHETIC " * 10)
    packed = zlib.compress(flat.pixels, 1)
    vault.derivatives.put(media, replace(SEEN, veil=flat, blurred=flat, thumbnail=flat))
    with vault.derivatives._alone() as connection:
        (veil,) = connection.execute("SELECT packed FROM veil").fetchone()
        behind = connection.execute("SELECT sealed FROM behind").fetchall()
    assert veil == packed
    assert len(behind) == 2
    assert all(packed[2:] not in sealed for (sealed,) in behind)
