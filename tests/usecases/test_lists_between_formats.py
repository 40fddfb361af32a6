"""Every format out and in again, whatever stands in an entry; and from every format into every other.

What comes back is what left, field by field, unless its loss was named beside the file.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cport_desktop.domain.listed import ListedEntry, ListHead
from cport_desktop.domain.progress import never, silent
from cport_desktop.exports.hash_lists.formats import FORMATS
from cport_desktop.exports.hash_lists.photodna import as_hex
from cport_desktop.exports.hash_lists.tally import FIELDS, Tally
from cport_desktop.formats.lists.csv_tables import ICSE_PROFILE
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from cport_desktop.vault import list_listing, listed_entries
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault
from tests.exports.test_hash_list_formats import FULL, HEAD, PDQ_ONLY, PHOTODNA, WINDOWS, a_digest

SAID = {"pdq": "pdq"}
"""Of digests of PDQ alone a person says so: they look like those of SHA-256."""
MATCHED = ("md5", "sha1", "sha256", "pdq")


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    with a_vault(tmp_path_factory.mktemp("lists") / "vault") as vault:
        yield vault


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    directory = tmp_path_factory.mktemp("files")
    return (directory / f"{number}.list" for number in itertools.count())


def lost_of(form: str, entry: ListedEntry, head: ListHead) -> set[str]:
    tally = Tally()
    for _ in FORMATS[form].write(head, lambda: iter((entry,)), tally):
        pass
    return {each.what for each in tally.lost}


def through(
    vault: Vault, path: Path, form: str, entries: Sequence[ListedEntry], head: ListHead
) -> tuple[ListedEntry, ...]:
    path.write_bytes(b"".join(FORMATS[form].write(head, lambda: iter(entries), Tally())))
    order = ListOrder(path, format=SAID.get(form, "auto"), profile=None)
    done = import_hash_list(vault, order, announce=silent, is_cancelled=never)
    assert done.rejected == 0
    assert done.list_id is not None
    with vault.reader() as reader:
        known = list_listing.find(reader, done.list_id)
        return tuple(listed_entries.standing(reader, known))


def one_way(word: str, text: str) -> str:
    """PhotoDNA is written in two ways."""
    return as_hex(text) or text if word == "photodna" else text


def matched(entry: ListedEntry) -> Iterator[tuple[str, str]]:
    return (pair for pair in entry.digests if pair[0] in MATCHED)


def same_file(left: ListedEntry, came: Sequence[ListedEntry]) -> ListedEntry:
    """The one that shares a digest: what is no object of a MISP event stands behind all objects."""
    (found,) = (each for each in came if {*matched(each)} & {*matched(left)})
    return found


def require_same(form: str, left: ListedEntry, came: ListedEntry, lost: set[str]) -> None:
    """All that is not named as lost is there; and nothing that was not."""
    expected = {word: text for word, text in left.digests if f"digest:{word}" not in lost}
    assert {w: one_way(w, t) for w, t in came.digests} == {
        w: one_way(w, t) for w, t in expected.items()
    }
    for name in FIELDS:
        told, was = getattr(came, name), getattr(left, name)
        if name in lost or (name == "name" and "name_changed" in lost):
            continue
        if form == "icse" and name in ("category", "classification", "more"):
            continue  # Its own columns, looked at by themselves.
        if name == "feedback" or name == "more":
            told, was = dict(told), dict(was)
        assert told == was, name


RARE = ["\u202e", "é", "日本", "“", "=", "+1", "'", "'=", '"', ",", ";", "\t", "|", "\\", "\n"]
RARE += ["\r\n", "\r", "\u2028", "\x0b", "\x1f", " ", "#", "*", "  ", "(", ") = ", "{", "👁"]
texts = (
    st.lists(
        st.one_of(st.sampled_from(RARE), st.text("abcXYZ019._-", max_size=5)),
        min_size=1,
        max_size=6,
    )
    .map("".join)
    .filter(bool)
)


def some(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(st.none(), strategy)


@st.composite
def entry(draw: st.DrawFn, number: int) -> ListedEntry:
    """`number` makes its digests its own."""
    sizes = {"md5": 16, "sha1": 20, "sha256": 32, "pdq": 32, "sha512": 64}
    words = draw(st.sets(st.sampled_from(MATCHED), min_size=1))
    words |= draw(st.sets(st.sampled_from(("sha512", "phash"))))
    digests = tuple(
        (word, a_digest(f"{word} {number}", sizes.get(word, 8)))
        for word in (*sizes, "phash")
        if word in words
    )
    if draw(st.booleans()):
        digests = (*digests, ("photodna", PHOTODNA))
    return ListedEntry(
        entry_id=str(number),
        digests=digests,
        name=draw(some(texts)),  # type: ignore[arg-type]
        size=draw(some(st.integers(0, 2**40))),  # type: ignore[arg-type]
        media_type=draw(some(st.sampled_from(("image/png", "video/mp4")))),  # type: ignore[arg-type]
        category=draw(some(st.sampled_from(("0", "2", "007", "A1")))),  # type: ignore[arg-type]
        quality=draw(some(st.integers(50, 100))) if "pdq" in words else None,  # type: ignore[arg-type]
        classification=draw(some(st.integers(0, 9))),  # type: ignore[arg-type]
        source=draw(some(texts)),  # type: ignore[arg-type]
        feedback=draw(st.sampled_from(((), (("affirmative", 2), ("negative", 0))))),
        more=draw(
            st.sampled_from(((), (("Series", "round; =1+1"),), (("IsDistributed", "perhaps"),)))
        ),
    )


several = st.integers(1, 4).flatmap(lambda count: st.tuples(*(entry(at) for at in range(count))))


@pytest.mark.parametrize("form", FORMATS)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(entries=several)
def test_what_left_comes_back_or_its_loss_was_named(
    form: str, entries: tuple[ListedEntry, ...], vault: Vault, places: Iterator[Path]
) -> None:
    losses = [lost_of(form, each, HEAD) for each in entries]
    carried = [
        (each, lost) for each, lost in zip(entries, losses, strict=True) if matchable(form, each)
    ]
    if not carried:
        return
    came = through(vault, next(places), form, [each for each, _ in carried], HEAD)
    assert len(came) == len(carried)
    for left, lost in carried:
        require_same(form, left, same_file(left, came), lost)


def matchable(form: str, entry: ListedEntry) -> bool:
    """It has a digest that something here is matched by, in a format that has room for it."""
    lost = lost_of(form, entry, HEAD)
    if "entry" in lost:
        return False
    return any(word in MATCHED and f"digest:{word}" not in lost for word, _ in entry.digests)


RICH = (
    replace(FULL, more=(("Series", "shapes"),)),
    PDQ_ONLY,
    WINDOWS,
    ListedEntry("9", (("md5", a_digest("nine", 16)),), name='"quoted", =1;\u202e', category="3"),
)


@pytest.mark.parametrize("second", FORMATS)
@pytest.mark.parametrize("first", FORMATS)
def test_from_every_format_into_every_other_only_what_is_named_is_lost(
    first: str, second: str, vault: Vault, places: Iterator[Path]
) -> None:
    kept = [each for each in RICH if matchable(first, each)]
    once = through(vault, next(places), first, kept, HEAD)
    again = [each for each in once if matchable(second, each)]
    if not again:
        assert "pdq" in (first, second)
        return
    twice = through(vault, next(places), second, again, HEAD)
    assert len(twice) == len(again)
    for left in again:
        require_same(second, left, same_file(left, twice), lost_of(second, left, HEAD))


def test_columns_of_icse_come_back(vault: Vault, places: Iterator[Path]) -> None:
    more = (
        ("Image ID", "77"),
        ("Is distributed", "Yes"),
        ("Victim identified", "No"),
        ("Series name", "round"),
        ("Number of submissions", "3"),
        ("Media Type", "image"),
    )
    entry = ListedEntry("1", (("md5", a_digest("icse", 16)),), category="true", more=more)
    head = replace(HEAD, category_region=ICSE_PROFILE)
    assert lost_of("icse", entry, head) == set()
    (came,) = through(vault, next(places), "icse", (entry,), head)
    assert dict(came.more) == dict(more)
    assert came.category == "true"


@pytest.mark.parametrize("form", FORMATS)
def test_a_category_never_leaves_as_one_of_another_region(form: str) -> None:
    """Of a region that cannot be said in a file it is named as lost, or stays here."""
    for region in ("Unit 7 / north", "UK"):
        lost = lost_of(form, FULL, replace(HEAD, category_region=region))
        if form == "vics" and region == "UK":
            assert not lost & {"region", "category"}
        else:
            assert len(lost & {"region", "category"}) == 1
    content = b"".join(
        FORMATS["vics"].write(
            replace(HEAD, category_region="Unit 7 / north"), lambda: iter((FULL,)), Tally()
        )
    )
    assert b'"Category":null' in content
