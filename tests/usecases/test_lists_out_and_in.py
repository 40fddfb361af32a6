"""Every format that lists leave in is read in again: nothing is lost, or it was named before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cport_desktop.domain.listed import ListedEntry
from cport_desktop.domain.progress import never, silent
from cport_desktop.exports.hash_lists.formats import FORMATS
from cport_desktop.exports.hash_lists.tally import Tally
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from cport_desktop.vault import list_listing, listed_entries
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault
from tests.exports.test_hash_list_formats import FULL, HEAD, PDQ_ONLY, WINDOWS, a_digest

PLAIN = ListedEntry("8", (("md5", a_digest("eighth", 16)),), name="square.png")
ENTRIES = (FULL, PDQ_ONLY, WINDOWS, PLAIN)

MATCHED = ("md5", "sha1", "sha256", "pdq")


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as vault:
        yield vault


def out_and_in(
    vault: Vault, path: Path, form: str, entries: tuple[ListedEntry, ...]
) -> tuple[tuple[ListedEntry, ...], dict[str, int]]:
    """What the file says when it is read in, by the reader that its content calls for; what was lost."""
    tally = Tally()
    path.write_bytes(b"".join(FORMATS[form].write(HEAD, lambda: iter(entries), tally)))
    # A line of 64 digits may be SHA-256 as well: of PDQ alone a person has to say so.
    kind = "pdq" if form == "pdq" else "auto"
    order = ListOrder(path, format=kind)
    done = import_hash_list(vault, order, announce=silent, is_cancelled=never)
    assert done.list_id is not None
    assert (done.accepted, done.rejected) == (tally.entries, 0)
    with vault.reader() as reader:
        known = list_listing.find(reader, done.list_id)
        found = tuple(listed_entries.standing(reader, known))
    return found, {each.what: each.count for each in tally.lost}


def matched(entry: ListedEntry) -> dict[str, str]:
    return {word: text for word, text in entry.digests if word in MATCHED}


@pytest.mark.parametrize("form", FORMATS)
def test_digests_come_back_or_were_named_as_lost(vault: Vault, tmp_path: Path, form: str) -> None:
    found, lost = out_and_in(vault, tmp_path / f"list.{FORMATS[form].suffix}", form, ENTRIES)
    by_digest = {text: entry for entry in found for text in matched(entry).values()}
    for entry in ENTRIES:
        for word, text in matched(entry).items():
            came = by_digest.get(text)
            if came is None:
                assert lost.get("entry", 0) + lost.get(f"digest:{word}", 0), (word, entry.entry_id)
            else:
                assert matched(came).get(word) == text
                if entry.name is not None and "name" not in lost:
                    assert came.name == entry.name


@pytest.mark.parametrize("form", ["vics", "vics-1.3"])
def test_particulars_come_back_in_formats_that_carry_them(
    vault: Vault, tmp_path: Path, form: str
) -> None:
    found, lost = out_and_in(vault, tmp_path / f"list.{FORMATS[form].suffix}", form, (FULL, PLAIN))
    first = next(entry for entry in found if entry.digest("md5") == FULL.digest("md5"))

    assert first.size == FULL.size
    assert first.media_type == FULL.media_type
    if "quality" not in lost:
        assert first.quality == FULL.quality
    assert first.category == FULL.category
    assert first.source == FULL.source
    assert first.digest("photodna") == FULL.digest("photodna")
    assert dict(first.more)["Series"] == "shapes"


def test_an_md5sum_list_is_the_same_file_after_a_round(vault: Vault, tmp_path: Path) -> None:
    entries = tuple(replace(PLAIN, digests=(("md5", a_digest(str(n), 16)),)) for n in range(50))
    found, _ = out_and_in(vault, tmp_path / "list.md5", "md5sum", entries)
    again = b"".join(FORMATS["md5sum"].write(HEAD, lambda: iter(found), Tally()))
    assert again == (tmp_path / "list.md5").read_bytes()
