"""Hits go with what they are about; lists of an older vault are lifted; a page of badges is one query."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.domain.ids import MediaId
from cport_desktop.usecases.match_known import match_due
from cport_desktop.vault import hits, list_listing, matching_due, state_digest
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault, announce_media, database_key, reopened
from tests.known_builders import a_list, a_list_entry, taken_back, tell, told
from tests.report_builders import new
from tests.vault.erasing import apply, content_of, erase_wholly, receive, with_media
from tests.vault.raw_pages import decrypted_pages


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as vault:
        yield vault


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def md5(content: bytes) -> str:
    return hashlib.md5(content).hexdigest()


def everything_in(directory: Path) -> bytes:
    return b"\0".join(decrypted_pages(directory / "vault.db", database_key(directory)))


def known(vault: Vault, *media: int) -> set[int]:
    with vault.reader() as reader:
        return set(hits.known_of(reader, [MediaId(number) for number in media]))


def test_what_is_known_of_a_content_goes_with_its_last_item(vault: Vault, tmp_path: Path) -> None:
    tell(vault, told(a_list()), told(a_list_entry(md5=md5(content_of(5)))))
    apply(vault, new(with_media(1, 5)), new(with_media(2, 5)), new(with_media(3, 6)))
    receive(vault, 5)
    match_due(vault)
    announce_media(vault, 9, content_of(6))  # Is due, and never matched.

    erase_wholly(vault, 1, name="E-1")
    assert known(vault, 5) == {5}
    erase_wholly(vault, 2, name="E-2")
    with vault.reader() as reader:
        assert hits.of_content(reader, sha256(content_of(5))) == ()
    vault.close()
    everything = everything_in(tmp_path / "vault")
    assert sha256(content_of(5)).encode() not in everything
    assert sha256(content_of(6)).encode() in everything


def test_a_content_that_is_erased_before_it_is_matched_leaves_nothing_due(
    vault: Vault, tmp_path: Path
) -> None:
    tell(vault, told(a_list()), told(a_list_entry(md5=md5(content_of(5)))))
    apply(vault, new(with_media(1, 5)))
    receive(vault, 5)
    with vault.reader() as reader:
        assert sha256(content_of(5)) in matching_due.due(reader, limit=100).contents

    erase_wholly(vault, 1)
    with vault.reader() as reader:
        assert matching_due.due(reader, limit=100).contents == ()
    assert match_due(vault).new == 0
    vault.close()
    assert sha256(content_of(5)).encode() not in everything_in(tmp_path / "vault")


def test_lists_and_hits_are_no_part_of_the_state_that_two_vaults_compare(vault: Vault) -> None:
    announce_media(vault, 7, b"circle")
    tell(vault, told(a_list()), told(a_list_entry(sha256=sha256(b"circle"))))
    with vault.reader() as reader:
        before = state_digest.digest(reader)

    assert match_due(vault).new == 1
    with vault.reader() as reader:
        assert state_digest.digest(reader) == before


def test_lists_that_were_told_to_an_older_version_are_there_after_opening(
    vault: Vault, tmp_path: Path
) -> None:
    announce_media(vault, 7, b"circle")
    gone = a_list_entry("2", sha256=sha256(b"square"))
    tell(
        vault,
        told(a_list(version="4")),
        told(a_list_entry("1", sha256=sha256(b"circle"))),
        told(gone),
        told(a_list("gone")),
    )
    tell(vault, taken_back(gone), taken_back(a_list("gone")))
    as_an_older_version_left_it(vault)
    vault.close()

    with reopened(tmp_path / "vault") as again:
        with again.reader() as reader:
            shapes = list_listing.find(reader, "shapes")
            assert not list_listing.find(reader, "gone").is_standing
        assert (shapes.version, shapes.entries) == ("4", 1)
        assert match_due(again).new == 1
    with reopened(tmp_path / "vault") as again:
        assert match_due(again).new == 0


def as_an_older_version_left_it(vault: Vault) -> None:
    """The portal's own words are there, and no table of them."""
    with vault.bookkeeping() as connection:
        for table in ("hash_list", "list_entry", "list_digest", "match_due", "matching_state"):
            connection.execute(f"DELETE FROM {table}")


def test_a_page_of_badges_costs_one_query(vault: Vault) -> None:
    tell(
        vault,
        told(a_list()),
        *(told(a_list_entry(str(at), sha256=sha256(b"%d" % at))) for at in range(150)),
    )
    for number in range(200):
        announce_media(vault, number, b"%d" % number)
    match_due(vault)
    asked: list[str] = []
    with vault.reader() as reader:
        reader.connection.set_trace_callback(asked.append)  # type: ignore[attr-defined]
        found = hits.known_of(reader, [MediaId(number) for number in range(200)])
        reader.connection.set_trace_callback(None)  # type: ignore[attr-defined]

    assert len(found) == 150
    assert len(asked) == 1
