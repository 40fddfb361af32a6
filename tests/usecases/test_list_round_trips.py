"""What leaves as a hash list in any format is known by its content when it comes back, and says the same, or
what was lost is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cport_desktop.errors import HashListUnreadable
from cport_desktop.exports.hash_lists.formats import FORMATS
from cport_desktop.exports.hash_lists.tally import Tally
from cport_desktop.formats.hash_list_file import Listed, Refused
from cport_desktop.usecases.list_kinds import AUTO, way_of
from cport_desktop.words import list_files as words
from tests.exports.test_hash_list_formats import FULL, HEAD, MD5_ONLY, PDQ_ONLY

MATCHED = ("md5", "sha1", "sha256", "pdq")
KINDS = {"vics-2.0": "vics", "vics-1.3": "vics"}
SAID = {"pdq": "pdq"}
"""Kinds that a person must say: digests of PDQ alone look like those of SHA-256."""
ENTRIES = (FULL, MD5_ONLY, PDQ_ONLY)


def came_back(form: str, directory: Path) -> tuple[str, str | None, list[Listed], set[str]]:
    """Kind, region and entries as they are read again, and what leaving lost."""

    def source() -> Iterator[object]:
        return iter(ENTRIES)

    head, tally = replace(HEAD, category_region="Region7"), Tally()
    path = directory / "list"
    path.write_bytes(b"".join(FORMATS[form].write(head, source, tally)))  # type: ignore[arg-type]
    with path.open("rb") as file:
        way = way_of(file, kind=SAID.get(form, AUTO), said={})
        rows = list(way.rows(file))
    assert [row for row in rows if isinstance(row, Refused)] == []
    listed = [row[1] for row in rows if not isinstance(row, Refused)]
    return way.name, way.plan.profile, listed, {each.what for each in tally.lost}


@pytest.mark.parametrize("form", FORMATS)
def test_a_list_that_left_comes_back(form: str, tmp_path: Path) -> None:
    kind, region, listed, lost = came_back(form, tmp_path)

    assert kind == KINDS.get(form, form)
    carried = [word for word in MATCHED if f"digest:{word}" not in lost]
    digests = [{a.word: digest.hex() for a, digest in each.digests} for each in listed]
    expected = [
        {word: text for word, text in entry.digests if word in carried} for entry in ENTRIES
    ]
    assert digests == [each for each in expected if each] or "entry" in lost
    assert [each for each in digests if each not in expected] == []
    if "name" not in lost:
        assert listed[0].name == FULL.name
    if "category" not in lost:
        assert listed[0].category == FULL.category
    if region is not None and form.startswith("vics-2"):
        assert region == "Region7"
    if "quality" not in lost:
        assert listed[0].quality == FULL.quality


@pytest.mark.parametrize("form", ["csv", "misp", "stix"])
@pytest.mark.parametrize("is_removed", [True, False])
def test_a_difference_is_never_taken_for_a_list(
    form: str, is_removed: bool, tmp_path: Path
) -> None:
    """As a next version it would take back all that did not change."""
    head, path = replace(HEAD, since="6"), tmp_path / "list"
    entry = replace(MD5_ONLY, is_removed=is_removed)
    path.write_bytes(b"".join(FORMATS[form].write(head, lambda: iter((entry,)), Tally())))
    with path.open("rb") as file, pytest.raises(HashListUnreadable) as refused:
        list(way_of(file, kind=AUTO, said={}).rows(file))
    assert refused.value.facts["cause"] == words.DIFFERENCE


@pytest.mark.parametrize("count", [1, 20_000])
def test_a_bundle_that_takes_something_back_is_refused_as_a_whole(
    count: int, tmp_path: Path
) -> None:
    """However long the grouping is that says so."""
    head, path = replace(HEAD, since="6"), tmp_path / "list"
    gone = [
        replace(MD5_ONLY, digests=(("md5", f"{at:032x}"),), is_removed=True) for at in range(count)
    ]
    path.write_bytes(b"".join(FORMATS["stix"].write(head, lambda: iter((FULL, *gone)), Tally())))
    with path.open("rb") as file, pytest.raises(HashListUnreadable) as refused:
        list(way_of(file, kind=AUTO, said={}).rows(file))
    assert refused.value.facts["cause"] == words.DIFFERENCE


def test_a_long_bundle_has_nothing_refused(tmp_path: Path) -> None:
    """Its groupings are longer than an entry may be, and say nothing of digests."""
    entries = [replace(MD5_ONLY, digests=(("md5", f"{at:032x}"),)) for at in range(1, 25_000)]
    path = tmp_path / "list"
    path.write_bytes(b"".join(FORMATS["stix"].write(HEAD, lambda: iter(entries), Tally())))
    with path.open("rb") as file:
        rows = list(way_of(file, kind=AUTO, said={}).rows(file))
    assert len(rows) == len(entries)
    assert not any(isinstance(row, Refused) for row in rows)
