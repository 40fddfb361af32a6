"""Contents against lists: whichever comes later is matched, by bytes or by sight, and once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cport_desktop.domain.audit import AuditAction
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.known import Algorithm, EndedBy, Hit, HitTally
from cport_desktop.domain.likeness import Turn
from cport_desktop.errors import Cancelled
from cport_desktop.usecases.list_screen import ListScreen
from cport_desktop.usecases.match_known import match_due
from cport_desktop.vault import hits, matching_due
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault, announce_media, hold_media, reopened
from tests.known_builders import (
    a_list,
    a_list_entry,
    a_picture,
    changed,
    seen_as,
    taken_back,
    tell,
    told,
)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as vault:
        yield vault


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def of(vault: Vault, content: bytes) -> tuple[Hit, ...]:
    with vault.reader() as reader:
        return hits.of_content(reader, sha256(content))


def still_due(vault: Vault) -> int:
    with vault.reader() as reader:
        return len(matching_due.due(reader, limit=10_000).serials)


def test_an_announcement_alone_is_enough_to_be_known(vault: Vault) -> None:
    tell(vault, told(a_list()), told(a_list_entry(sha256=sha256(b"circle"))))
    match_due(vault)
    announce_media(vault, 7, b"circle")
    announce_media(vault, 8, b"square")

    assert match_due(vault) == HitTally(new=1)
    (hit,) = of(vault, b"circle")
    assert (hit.list_id, hit.list_version, hit.entry_id) == ("shapes", "1", "1")
    assert (hit.algorithm, hit.distance, hit.is_standing) == (Algorithm.SHA256, 0, True)
    assert hit.entry_source == "Hotline Example NL"
    assert of(vault, b"square") == ()
    assert match_due(vault) == HitTally()


@pytest.mark.parametrize("name", ["md5", "sha1"])
def test_older_digests_are_matched_when_the_bytes_are_here(vault: Vault, name: str) -> None:
    digest = hashlib.new(name, b"circle").hexdigest().upper()
    tell(vault, told(a_list()), told(a_list_entry(digests={name: digest})))
    announce_media(vault, 6, b"square")
    match_due(vault)
    hold_media(vault, 7, b"circle")

    assert match_due(vault).new == 1
    assert of(vault, b"circle")[0].algorithm.word == name


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256"])
def test_a_list_that_comes_later_is_held_against_all_that_is_here(vault: Vault, name: str) -> None:
    hold_media(vault, 7, b"circle")
    hold_media(vault, 8, b"square")
    entry = a_list_entry(digests={name: hashlib.new(name, b"circle").hexdigest()})
    tell(vault, told(a_list()), told(entry))

    assert match_due(vault).new == 1
    assert len(of(vault, b"circle")) == 1


def test_an_entry_before_its_list_counts_as_soon_as_it_is_here(vault: Vault) -> None:
    announce_media(vault, 7, b"circle")
    tell(vault, told(a_list_entry(sha256=sha256(b"circle"))))
    assert match_due(vault).new == 1

    tell(vault, told(a_list(version="12")))
    assert of(vault, b"circle")[0].list_name == "Synthetic shapes"


@pytest.mark.parametrize("bits", [0, 31])
def test_a_picture_is_known_within_31_bits_any_way_round(vault: Vault, bits: int) -> None:
    ways = [a_picture(number) for number in range(8)]
    tell(vault, told(a_list()), told(a_list_entry(pdq=ways[5].hex(), quality=80)))
    hold_media(vault, 7, b"circle")
    seen_as(vault, b"circle", *(changed(way, bits) for way in ways))

    match_due(vault)
    (hit,) = of(vault, b"circle")
    assert (hit.algorithm, hit.distance, hit.turn) == (Algorithm.PDQ, bits, Turn.MIRRORED)
    assert (hit.quality, hit.entry_quality) == (90, 80)


def test_a_picture_beyond_31_bits_is_another_one(vault: Vault) -> None:
    tell(vault, told(a_list()), told(a_list_entry(pdq=a_picture(1).hex())))
    hold_media(vault, 7, b"circle")
    seen_as(vault, b"circle", changed(a_picture(1), 32))

    assert match_due(vault).new == 0


@pytest.mark.parametrize(("mine", "theirs"), [(49, 80), (80, 49)])
def test_what_is_too_plain_to_be_compared_never_matches(
    vault: Vault, mine: int, theirs: int
) -> None:
    tell(vault, told(a_list()), told(a_list_entry(pdq=a_picture(1).hex(), quality=theirs)))
    hold_media(vault, 7, b"circle")
    seen_as(vault, b"circle", a_picture(1), quality=mine)

    assert match_due(vault).new == 0


def test_pictures_of_a_list_that_comes_later_are_held_against_all_that_was_seen(
    vault: Vault,
) -> None:
    for number in range(40):
        hold_media(vault, number, f"shape {number}".encode())
        seen_as(vault, f"shape {number}".encode(), *(a_picture(8 * number + at) for at in range(8)))
    wanted = changed(a_picture(8 * 17 + 3), 20).hex()
    tell(vault, told(a_list()), told(a_list_entry(pdq=wanted, quality=80)))

    assert match_due(vault).new == 1
    (hit,) = of(vault, b"shape 17")
    assert (hit.distance, hit.turn) == (20, Turn.THREE_QUARTERS)


@pytest.mark.parametrize(("alike", "hits_expected"), [(8, 1), (7, 0)])
@pytest.mark.parametrize("comes_later", ["the list", "the video"])
def test_a_video_is_known_by_80_percent_of_its_frames(
    vault: Vault, alike: int, hits_expected: int, comes_later: str
) -> None:
    frames = [a_picture(number) for number in range(10)]
    listed = ",".join(changed(each, 10).hex() for each in frames[:alike])
    list_told = (told(a_list()), told(a_list_entry(vpdq=listed, quality=80)))
    if comes_later == "the video":
        tell(vault, *list_told)
        match_due(vault)
    hold_media(vault, 7, b"film")
    seen_as(vault, b"film", frames=frames)
    if comes_later == "the list":
        tell(vault, *list_told)

    assert match_due(vault).new == hits_expected
    for hit in of(vault, b"film"):
        assert (hit.algorithm, hit.share, hit.distance) == (Algorithm.VPDQ, 80, 10)


def test_a_picture_is_not_known_by_a_moment_of_a_video(vault: Vault) -> None:
    tell(vault, told(a_list()), told(a_list_entry(vpdq=a_picture(1).hex(), quality=80)))
    hold_media(vault, 7, b"circle")
    seen_as(vault, b"circle", a_picture(1))

    assert match_due(vault).new == 0


def test_digests_of_empty_input_are_on_no_list(vault: Vault) -> None:
    announce_media(vault, 7, b"")
    tell(
        vault, told(a_list()), told(a_list_entry(sha256=sha256(b""), md5=hashlib.md5().hexdigest()))
    )

    assert match_due(vault).new == 0


def test_an_entry_that_is_taken_back_ends_its_hits_and_says_why(vault: Vault) -> None:
    entry = a_list_entry(sha256=sha256(b"circle"))
    announce_media(vault, 7, b"circle")
    tell(vault, told(a_list()), told(entry))
    match_due(vault)

    assert tell(vault, taken_back(entry)).hits_ended == 1
    (hit,) = of(vault, b"circle")
    assert hit.ended_at is not None
    assert (hit.ended_by, hit.ended_reason) == (
        EndedBy.ENTRY_WITHDRAWN,
        "not what it was taken for",
    )
    announce_media(vault, 8, b"circle")
    assert match_due(vault).new == 0


def test_a_correction_ends_hits_on_what_it_was_and_finds_what_it_is(vault: Vault) -> None:
    announce_media(vault, 7, b"circle")
    announce_media(vault, 8, b"square")
    tell(vault, told(a_list()), told(a_list_entry(sha256=sha256(b"circle"))))
    match_due(vault)

    assert tell(vault, told(a_list_entry(sha256=sha256(b"square")), 2)).hits_ended == 1
    assert match_due(vault).new == 1
    assert of(vault, b"circle")[0].ended_by is EndedBy.ENTRY_CORRECTED
    assert of(vault, b"square")[0].is_standing


def test_a_correction_of_other_words_leaves_hits_as_they_are(vault: Vault) -> None:
    announce_media(vault, 7, b"circle")
    entry = a_list_entry(sha256=sha256(b"circle"))
    tell(vault, told(a_list()), told(entry))
    match_due(vault)

    assert tell(vault, told(replace(entry, classification=4), 2)).hits_ended == 0
    assert of(vault, b"circle")[0].classification == 4
    assert of(vault, b"circle")[0].is_standing


def test_a_list_that_is_withdrawn_ends_all_its_hits_and_one_that_returns_finds_them_again(
    vault: Vault,
) -> None:
    announce_media(vault, 7, b"circle")
    tell(vault, told(a_list()), told(a_list_entry(sha256=sha256(b"circle"))))
    match_due(vault)

    assert tell(vault, taken_back(a_list(), 2)).hits_ended == 1
    assert of(vault, b"circle")[0].ended_by is EndedBy.LIST_WITHDRAWN
    announce_media(vault, 8, b"circle")
    assert match_due(vault).new == 0

    tell(vault, told(a_list(), 3))
    assert match_due(vault).new == 1
    assert of(vault, b"circle")[0].is_standing


def test_a_positive_list_outweighs_a_negative_one(vault: Vault) -> None:
    for number, content in enumerate((b"circle", b"square", b"star"), 1):
        announce_media(vault, number, content)
    tell(
        vault,
        told(a_list("shapes")),
        told(a_list("harmless", is_negative=True)),
        told(a_list_entry("1", "shapes", sha256=sha256(b"circle"))),
        told(a_list_entry("1", "harmless", sha256=sha256(b"circle"))),
        told(a_list_entry("2", "harmless", sha256=sha256(b"square"))),
    )
    match_due(vault)

    with vault.reader() as reader:
        known = hits.known_of(reader, [MediaId(1), MediaId(2), MediaId(3)])
    assert (known[MediaId(1)].is_harmless, known[MediaId(1)].lists) == (
        False,
        ("Synthetic shapes",),
    )
    assert (known[MediaId(2)].is_harmless, known[MediaId(2)].lists) == (
        True,
        ("Synthetic harmless",),
    )
    assert 3 not in known


def test_what_was_matched_is_on_record_in_numbers(vault: Vault) -> None:
    announce_media(vault, 7, b"circle")
    tell(vault, told(a_list()), told(a_list_entry(sha256=sha256(b"circle"))))
    match_due(vault)
    match_due(vault)

    with vault.reader() as reader:
        entries = reader.connection.execute(
            "SELECT action, verb FROM audit_entry WHERE action = 'combination'"
        ).fetchall()
    assert entries == [(AuditAction.COMBINATION.value, "match")]


def test_matching_that_is_stopped_goes_on_later(vault: Vault) -> None:
    announce_media(vault, 7, b"circle")
    tell(vault, told(a_list()), told(a_list_entry(sha256=sha256(b"circle"))))
    announce_media(vault, 8, b"circle")

    with pytest.raises(Cancelled):
        match_due(vault, is_cancelled=lambda: True)
    assert still_due(vault) > 0
    assert match_due(vault).new == 1
    assert still_due(vault) == 0


def test_nothing_is_due_where_there_is_no_list(vault: Vault) -> None:
    hold_media(vault, 7, b"circle")

    assert still_due(vault) == 0


def many(count: int) -> list[str]:
    return [sha256(f"noise {number}".encode()) for number in range(count)]


def filled(vault: Vault, digests: list[str]) -> None:
    tell(
        vault,
        told(a_list()),
        *(told(a_list_entry(str(at), sha256=each)) for at, each in enumerate(digests, 1)),
    )


def test_a_filter_in_front_of_the_table_holds_back_nothing_that_is_listed(vault: Vault) -> None:
    filled(vault, many(300))
    screen = ListScreen(vault, few=10)
    match_due(vault, screen=screen)
    for number in range(0, 300, 7):
        announce_media(vault, number, f"noise {number}".encode())

    assert match_due(vault, screen=screen).new == len(range(0, 300, 7))
    kept = vault.derivatives.kept_filter()
    assert kept is not None
    assert kept.count == 300


def test_the_kept_filter_serves_the_next_session_with_what_came_meanwhile(
    vault: Vault, tmp_path: Path
) -> None:
    filled(vault, many(300))
    match_due(vault, screen=ListScreen(vault, few=10))
    tell(vault, told(a_list_entry("new", sha256=sha256(b"circle"))))
    vault.close()

    with reopened(tmp_path / "vault") as again:
        announce_media(again, 1, b"circle")
        announce_media(again, 2, b"noise 5")
        assert match_due(again, screen=ListScreen(again, few=10)).new == 2


@pytest.mark.parametrize("loss", ["gone", "damaged", "a part missing", "older than the tables"])
def test_a_filter_that_is_lost_damaged_or_old_is_made_anew(vault: Vault, loss: str) -> None:
    filled(vault, many(300))
    match_due(vault, screen=ListScreen(vault, few=10))
    kept = vault.derivatives.kept_filter()
    assert kept is not None
    tell(vault, told(a_list_entry("new", sha256=sha256(b"circle"))))
    match_due(vault, screen=ListScreen(vault, few=10))
    match loss:
        case "gone":
            vault.derivatives.begin_anew()
        case "older than the tables":
            vault.derivatives.keep_filter(kept.parts, reach=kept.reach, count=kept.count)
        case "damaged":
            with vault.derivatives._writing() as connection:
                connection.execute("UPDATE list_filter SET packed = zeroblob(9)")
        case _:
            with vault.derivatives._writing() as connection:
                connection.execute("UPDATE list_filter SET parts = parts + 1")
    announce_media(vault, 1, b"circle")

    assert match_due(vault, screen=ListScreen(vault, few=10)).new == 1


def test_two_that_match_in_turn_do_not_miss_what_the_other_took(vault: Vault) -> None:
    filled(vault, many(300))
    first, second = ListScreen(vault, few=10), ListScreen(vault, few=10)
    announce_media(vault, 1, b"noise 1")
    match_due(vault, screen=first)
    hold_media(vault, 3, b"star")
    seen_as(vault, b"star", a_picture(1))
    match_due(vault, screen=second)
    tell(vault, told(a_list_entry("new", sha256=sha256(b"circle"), pdq=a_picture(2).hex())))
    match_due(vault, screen=first)
    announce_media(vault, 2, b"circle")
    hold_media(vault, 4, b"square")
    seen_as(vault, b"square", a_picture(2))

    assert match_due(vault, screen=second).new == 2


def test_a_long_list_is_met_by_walking_all_contents(vault: Vault) -> None:
    for number in range(0, 300, 50):
        announce_media(vault, number, f"noise {number}".encode())
    filled(vault, many(300))
    match_due(vault)
    tell(vault, taken_back(a_list(), 2))
    tell(vault, told(a_list(), 3))

    assert match_due(vault, long_list=200).new == 6


def test_lists_that_change_while_matching_looks_leave_all_of_it_due(vault: Vault) -> None:
    announce_media(vault, 7, b"circle")
    entry = a_list_entry(sha256=sha256(b"circle"))
    tell(vault, told(a_list()), told(entry))
    asked = 0

    def interfere() -> bool:
        nonlocal asked
        asked += 1
        if asked == 1:
            tell(vault, told(a_list_entry(sha256=sha256(b"square")), 2))
        return False

    announce_media(vault, 8, b"square")
    match_due(vault, is_cancelled=interfere)
    assert of(vault, b"circle") == ()
    assert of(vault, b"square")[0].is_standing
