"""An erasure takes away the packed index in which the picture was, wholly, and leaves the others alone."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from cport_desktop.domain.likeness import SEGMENT
from cport_desktop.matching.segments import packed
from cport_desktop.usecases.likeness_index import segments
from cport_desktop.vault import likeness
from cport_desktop.vault.likeness_segments import kept_segment
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry, make_vault, reopened
from tests.likeness_builders import a_digest, a_picture, a_video, bytes_of, hold
from tests.report_builders import a_notice, a_report, an_item, new
from tests.vault.erasing import apply, erase
from tests.vault.raw_pages import decrypted_pages

OF_A_MILLION = 16
"""Segments that a million pictures have: 1,000,000 / 65,536, and the last one is not full."""
ERASED = 7


@pytest.fixture(scope="module")
def newborn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_vault(tmp_path_factory.mktemp("newborn") / "vault")


@pytest.fixture
def closed_vault(newborn: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(newborn, tmp_path / "vault"))


def go_on_in_range(vault: Vault, number: int) -> None:
    """The next content gets a number of this range, as if all those before had been given out."""
    with vault.bookkeeping() as connection:
        connection.execute(
            "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'likeness'",
            (number * SEGMENT,),
        )


def announce(vault: Vault, media: int) -> None:
    """Report 1 announces the item that `hold` brings."""
    contents = (an_item(10, media=(a_notice(media, bytes_of(media)),)),)
    apply(vault, new(a_report(1, contents=contents)))


def kept(vault: Vault) -> dict[int, bytes]:
    found = {number: kept_segment(vault, number) for number in range(OF_A_MILLION + 1)}
    return {number: segment for number, segment in found.items() if segment is not None}


def erase_wholly(vault: Vault) -> None:
    erase(vault, 1)
    assert vault.finish_erasures()


def is_in_pictures(vault: Vault, *digests: bytes) -> list[bool]:
    pages = b"".join(decrypted_pages(vault.layout.derivatives, vault.header.keys.derivatives))
    return [digest in pages for digest in digests]


def test_of_the_sixteen_segments_of_a_million_pictures_an_erasure_takes_one(
    closed_vault: Path,
) -> None:
    secret = a_digest(ERASED)
    with reopened(closed_vault) as vault:
        announce(vault, ERASED)
        for media in range(OF_A_MILLION):
            go_on_in_range(vault, media)
            hold(vault, media, a_picture(a_digest(media)))
            hold(vault, media + 100, a_picture(a_digest(media + 100)))
        list(segments(vault))
        before = kept(vault)
        assert [*before] == [*range(OF_A_MILLION)]
        assert is_in_pictures(vault, secret) == [True]

        erase_wholly(vault)

        left = kept(vault)
        assert before.keys() - left.keys() == {ERASED}
        assert all(left[number] == before[number] for number in left)
        assert is_in_pictures(vault, secret) == [False]
        again = list(segments(vault))
        assert [len(one.numbers) for one in again] == [2] * ERASED + [1] + [2] * 8
        assert is_in_pictures(vault, secret, a_digest(ERASED + 100)) == [False, True]


def test_what_an_earlier_examination_said_of_it_goes_from_where_it_was(closed_vault: Path) -> None:
    first, second = a_digest(1), a_digest(2)
    with reopened(closed_vault) as vault:
        announce(vault, ERASED)
        hold(vault, ERASED, a_picture(first))
        hold(vault, 8, a_picture(a_digest(8)))
        list(segments(vault))
        go_on_in_range(vault, 2)
        with vault.transaction() as tx:
            sha256 = hashlib.sha256(bytes_of(ERASED)).hexdigest()
            likeness.keep(tx.connection, sha256, a_picture(second))
            tx.record(an_entry("examine"))
        list(segments(vault))
        assert [*kept(vault)] == [0, 1, 2]
        assert is_in_pictures(vault, first, second) == [True, True]

        erase_wholly(vault)

        assert [*kept(vault)] == [1]
        assert is_in_pictures(vault, first, second) == [False, False]


def test_a_segment_is_taken_at_the_next_opening_where_the_power_failed_before(
    closed_vault: Path,
) -> None:
    secret = a_digest(ERASED)
    with reopened(closed_vault) as vault:
        announce(vault, ERASED)
        hold(vault, ERASED, a_picture(secret))
        hold(vault, 8, a_picture(a_digest(8)))
        list(segments(vault))
        erase(vault, 1)
        assert is_in_pictures(vault, secret) == [True]

    with reopened(closed_vault) as again:
        assert is_in_pictures(again, secret) == [False]
        assert kept(again) == {}
        with again.reader() as reader:
            assert likeness.segments_lost(reader.connection) == {}


def test_erasing_what_no_segment_holds_takes_none(closed_vault: Path) -> None:
    with reopened(closed_vault) as vault:
        announce(vault, ERASED)
        hold(vault, ERASED, a_video(a_digest(1), a_digest(2)))
        hold(vault, 8, a_picture(a_digest(8)))
        (whole,) = segments(vault)

        erase_wholly(vault)

        assert kept(vault) == {0: packed(whole)}


def test_more_that_is_erased_meanwhile_still_waits(closed_vault: Path) -> None:
    with reopened(closed_vault) as vault:
        for media in (1, 2):
            hold(vault, media, a_picture(a_digest(media)))
        list(segments(vault))
        told = []
        for media in (1, 2):
            with vault.transaction() as tx:
                likeness.forget(tx.connection, [hashlib.sha256(bytes_of(media)).hexdigest()])
                tx.record(an_entry("erase"))
                told.append(likeness.segments_lost(tx.connection))

        with vault.bookkeeping() as connection:
            likeness.segments_gone(connection, told[0])
            assert likeness.segments_lost(connection) == told[1]
            likeness.segments_gone(connection, told[1])
            assert likeness.segments_lost(connection) == {}
