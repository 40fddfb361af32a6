"""Drafts are their analyst's alone, and say little about themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from cport_desktop.domain.ids import AnalystId, VaultId
from cport_desktop.vault import audit_log, drafts
from cport_desktop.vault.connections import ReaderPool, Writer
from cport_desktop.vault.drafts import LONGEST_DRAFT, DraftBook
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, a_clock, a_vault, database_key, make_vault, reopened

PLACE = "feedback:report-884179"
WORDS = b"synthetic words, not sent yet"
OTHER_KEY = b"\x17" * 32


def another_book(
    vault: Vault,
    *,
    identity: VaultId | None = None,
    analyst: AnalystId | None = None,
    key: bytes | None = OTHER_KEY,
) -> DraftBook:
    """The drafts of the same database as somebody else would read them."""
    return DraftBook(
        identity or vault.identity,
        analyst or vault.analyst.analyst_id,
        key,
        writer=Writer(vault.layout.database, vault.header.keys.database, clock=a_clock()),
        readers=ReaderPool(vault.layout.database, vault.header.keys.database),
    )


def stored(vault: Vault) -> dict[str, bytes]:
    with vault.reader() as reader:
        return dict(reader.connection.execute("SELECT place, sealed FROM draft").fetchall())


def test_a_draft_is_there_after_the_vault_was_closed(tmp_path: Path) -> None:
    directory = make_vault(tmp_path / "vault")
    with reopened(directory) as vault:
        assert vault.drafts.can_keep
        vault.drafts.keep(PLACE, b"first", at=NOON)
        vault.drafts.keep(PLACE, WORDS, at=NOON)
        vault.drafts.keep("window", b"{}", at=NOON)
    with reopened(directory) as vault:
        assert vault.drafts.load() == {PLACE: WORDS, "window": b"{}"}
        vault.drafts.end(PLACE)
    with reopened(directory) as vault:
        assert vault.drafts.load() == {"window": b"{}"}


def test_nobody_with_the_databases_key_alone_reads_a_draft(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        vault.drafts.keep(PLACE, WORDS, at=NOON)
        assert database_key(vault.directory) == vault.header.keys.database
        (sealed,) = stored(vault).values()
        assert WORDS not in sealed
        assert another_book(vault).load() == {}
        assert another_book(vault, key=vault.personal_key).load() == {PLACE: WORDS}


def test_a_draft_opens_for_its_own_vault_analyst_and_place_only(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        vault.drafts.keep(PLACE, WORDS, at=NOON)
        with vault._writer.bookkeeping() as books:
            books.execute("UPDATE draft SET place = 'feedback:report-1'")
        assert vault.drafts.load() == {}
        with vault._writer.bookkeeping() as books:
            books.execute("UPDATE draft SET place = ?, analyst_id = ?", (PLACE, "f" * 32))
        somebody = another_book(vault, analyst=AnalystId("f" * 32), key=vault.personal_key)
        assert somebody.load() == {}
        elsewhere = another_book(vault, identity=VaultId("e" * 32), key=vault.personal_key)
        assert elsewhere.load() == {}


@pytest.mark.parametrize(("length", "other"), [(1, 900), (1_100, 1_900), (5_000, 8_000)])
def test_the_length_of_what_is_stored_says_little(tmp_path: Path, length: int, other: int) -> None:
    with a_vault(tmp_path / "vault") as vault:
        vault.drafts.keep("feedback:report-1", b"x" * length, at=NOON)
        vault.drafts.keep("feedback:report-2", b"x" * other, at=NOON)
        one, two = (len(sealed) for sealed in stored(vault).values())
        assert one == two
        assert {len(text) for text in vault.drafts.load().values()} == {length, other}


def test_the_same_words_are_never_sealed_to_the_same_bytes(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        vault.drafts.keep(PLACE, WORDS, at=NOON)
        first = stored(vault)[PLACE]
        vault.drafts.keep(PLACE, WORDS, at=NOON)
        assert first[:24] != stored(vault)[PLACE][:24]


def test_without_a_personal_key_nothing_is_kept(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        book = another_book(vault, key=None)
        assert not book.can_keep
        book.keep(PLACE, WORDS, at=NOON)
        assert book.load() == {}
        assert stored(vault) == {}


def test_too_long_a_draft_is_refused_whole(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault, pytest.raises(ValueError, match="too long"):
        vault.drafts.keep(PLACE, b"x" * (LONGEST_DRAFT + 1), at=NOON)


def test_a_draft_leaves_no_entry_in_the_log(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        with vault.reader() as reader:
            before = audit_log.head(reader)
        vault.drafts.keep(PLACE, WORDS, at=NOON)
        vault.drafts.end(PLACE)
        with vault.reader() as reader:
            assert audit_log.head(reader) == before


def test_whoever_erases_an_item_ends_every_analysts_drafts_about_it(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        for place in (PLACE, "note:report-884179", "feedback:report-8841790", "window"):
            vault.drafts.keep(place, WORDS, at=NOON)
        another_book(vault, analyst=AnalystId("f" * 32)).keep(PLACE, WORDS, at=NOON)
        with vault._writer.bookkeeping() as books:
            assert drafts.end_about(books, "report-884179") == 3
        assert set(vault.drafts.load()) == {"feedback:report-8841790", "window"}
