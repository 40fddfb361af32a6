"""Lists that are made here: whole, by every digest, and gone with the contents that they are of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.domain.known import MADE_HERE, Algorithm, HitTally
from cport_desktop.usecases.match_known import match_due
from cport_desktop.vault import hits, list_listing, made_lists
from cport_desktop.vault.made_lists import MadeEntry, NewMadeList
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault, an_entry, hold_media

NEW = NewMadeList("_0a1b2c3d4e5f", "Round 1", "1", "Unit Example", None, is_negative=False)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as vault:
        hold_media(vault, 7, b"circle")
        hold_media(vault, 8, b"square")
        yield vault


def an_entry_of(content: bytes, name: str) -> MadeEntry:
    sha256 = hashlib.sha256(content)
    md5 = hashlib.md5(content).digest()
    digests = ((Algorithm.MD5, md5), (Algorithm.SHA256, sha256.digest()))
    return MadeEntry(sha256.hexdigest(), name, digests, None, 1)


def make(vault: Vault) -> None:
    entries = [an_entry_of(b"circle", "M-7"), an_entry_of(b"square", "M-8")]
    with vault.transaction() as tx:
        made_lists.make(tx, NEW, entries)
        tx.record(an_entry("make_list"))


def test_a_made_list_is_matched_as_any_other(vault: Vault) -> None:
    make(vault)
    assert match_due(vault) == HitTally(new=4)
    with vault.reader() as reader:
        known = list_listing.find(reader, NEW.list_id)
    assert (known.way, known.entries, known.contents) == (MADE_HERE, 2, 2)


def test_an_entry_goes_with_its_content_and_leaves_no_digest(vault: Vault) -> None:
    make(vault)
    match_due(vault)
    gone = an_entry_of(b"circle", "M-7")
    with vault.transaction() as tx:
        hits.forget(tx.connection, [gone.sha256])
        tx.record(an_entry("erase"))
    with vault.reader() as reader:
        known = list_listing.find(reader, NEW.list_id)
        texts = [
            repr(row)
            for table in ("list_entry", "list_digest", "list_gone", "made_entry", "hit")
            for row in reader.connection.execute(f"SELECT * FROM {table}").fetchall()
        ]
        names = reader.connection.execute("SELECT name FROM list_entry").fetchall()
    assert (known.entries, known.contents) == (1, 1)
    assert names == [("M-8",)]
    for digest in (gone.sha256, *(repr(each)[2:-1] for _, each in gone.digests)):
        assert not any(digest in text for text in texts)
