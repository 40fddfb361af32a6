"""Stacks: what comes together, what a person says of it, what is left when something is erased."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.deed import DeedKind
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.likeness import Because, Turn
from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import Cancelled, StackUnfit
from cport_desktop.matching.segments import packed, unpacked
from cport_desktop.usecases import browse_stacks, stack_media, stack_words
from cport_desktop.usecases.likeness_index import segments
from cport_desktop.usecases.turn_deeds import Means, redo, undo
from cport_desktop.vault import likeness, stack_listing
from cport_desktop.vault.likeness_segments import keep_segment, kept_segment
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry, database_key, make_vault, reopened
from tests.likeness_builders import (
    a_digest,
    a_picture,
    a_plain_picture,
    a_video,
    bytes_of,
    caught_up,
    hold,
    stacks_of,
    with_bits,
)
from tests.report_builders import a_notice, a_report, an_item, new
from tests.vault.erasing import apply, erase
from tests.vault.raw_pages import decrypted_pages


@pytest.fixture(scope="module")
def newborn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_vault(tmp_path_factory.mktemp("newborn") / "vault")


@pytest.fixture
def closed_vault(newborn: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(newborn, tmp_path / "vault"))


@pytest.fixture
def vault(closed_vault: Path) -> Iterator[Vault]:
    with reopened(closed_vault) as opened:
        yield opened


def some_pictures(vault: Vault, count: int, seed: int) -> list[bytes]:
    """`count` pictures of which many are near an earlier one, some of them only when turned."""
    dice, digests = random.Random(seed), list[bytes]()
    for number in range(1, count + 1):
        digest, turned = a_digest(1000 * seed + number), None
        if digests and dice.random() < 0.6:
            bits = dice.sample(range(256), dice.randint(0, 45))
            digest = with_bits(dice.choice(digests), *bits)
            if dice.random() < 0.3:
                turned = [a_digest(9000 + 7 * number + turn) for turn in range(7)]
                turned[dice.randrange(7)], digest = digest, a_digest(5000 + number)
        digests.append(digest)
        hold(vault, number, a_picture(digest, turned=turned))
    return digests


def restacked(vault: Vault) -> set[frozenset[int]]:
    stack_media.restack(vault, announce=silent, is_cancelled=never)
    return stacks_of(vault)


def links_of(vault: Vault) -> list[object]:
    with vault.reader() as reader:
        return list(reader.connection.execute("SELECT * FROM likeness_link ORDER BY 1, 2"))


def take_away(vault: Vault, *media: int) -> None:
    """As an erasure does with the last item of a content."""
    with vault.transaction() as tx:
        for number in media:
            tx.connection.execute("DELETE FROM media_item WHERE media_id = ?", (number,))
        digests = [hashlib.sha256(bytes_of(number)).hexdigest() for number in media]
        likeness.forget(tx.connection, digests)
        tx.record(an_entry("erase"))


def test_near_pictures_are_one_stack_and_others_are_not(vault: Vault) -> None:
    first = a_digest(1)
    hold(vault, 1, a_picture(first))
    hold(vault, 2, a_picture(with_bits(first, *range(31))))
    hold(vault, 3, a_picture(with_bits(first, *range(100, 132))))
    hold(vault, 4, a_plain_picture())
    hold(vault, 5, a_plain_picture())

    assert caught_up(vault) == 5
    assert stacks_of(vault) == {frozenset({1, 2})}
    assert caught_up(vault) == 0


def test_a_turned_picture_is_in_the_stack_and_it_is_said_which_way_round(vault: Vault) -> None:
    upright, turned = a_digest(1), [a_digest(turn) for turn in range(10, 17)]
    hold(vault, 1, a_picture(upright))
    turned[4] = with_bits(upright, 3, 9)
    hold(vault, 2, a_picture(a_digest(2), turned=turned))
    caught_up(vault)

    with vault.reader() as reader:
        first, second = stack_listing.members(reader, 1)
    assert (first.media_id, first.because, first.near) == (1, None, None)
    assert (second.near, second.because, second.distance) == (1, Because.PDQ_TURNED, 2)
    assert second.turn is Turn.MIRRORED


@pytest.mark.parametrize("seed", range(2))
def test_from_nothing_comes_what_came_bit_by_bit(vault: Vault, seed: int) -> None:
    dice, number = random.Random(seed), 0
    digests: list[bytes] = []
    while number < 90:
        for _ in range(dice.choice((1, 2, 40))):
            number += 1
            near = digests and dice.random() < 0.6
            digest = (
                with_bits(dice.choice(digests), *dice.sample(range(256), dice.randint(0, 45)))
                if near
                else a_digest(1000 * seed + number)
            )
            digests.append(digest)
            hold(vault, number, a_picture(digest))
        caught_up(vault)
    bit_by_bit, links = stacks_of(vault), links_of(vault)

    assert restacked(vault) == bit_by_bit
    assert links_of(vault) == links
    assert bit_by_bit == components(digests)


def components(digests: list[bytes]) -> set[frozenset[int]]:
    """By comparing each with each."""
    bits = np.unpackbits(np.frombuffer(b"".join(digests), np.uint8).reshape(-1, 32), axis=1)
    group = list(range(len(digests)))
    for one in range(len(digests)):
        for other in np.flatnonzero((bits != bits[one]).sum(axis=1) <= 31).tolist():
            old, new = sorted((group[one], group[other]), reverse=True)
            group = [new if each == old else each for each in group]
    found: dict[int, set[int]] = {}
    for place, name in enumerate(group):
        found.setdefault(name, set()).add(place + 1)
    return {frozenset(members) for members in found.values() if len(members) > 1}


@pytest.mark.parametrize("seed", range(2))
def test_what_was_erased_splits_stacks_as_if_it_had_never_been(vault: Vault, seed: int) -> None:
    some_pictures(vault, 60, seed)
    caught_up(vault)
    named = max(stacks_of(vault), key=len)
    stack_words.split_stack(vault, [MediaId(min(named))])
    gone = random.Random(seed).sample(range(1, 61), 15)

    take_away(vault, *gone)
    caught_up(vault)
    left, links = stacks_of(vault), links_of(vault)

    assert not {media for stack in left for media in stack} & set(gone)
    assert restacked(vault) == left
    assert links_of(vault) == links


def test_what_lost_its_stack_comes_to_the_next_nearest_even_if_that_was_examined_later(
    vault: Vault,
) -> None:
    loose = a_digest(1)
    hold(vault, 1, a_picture(with_bits(loose, *range(5))))
    hold(vault, 2, a_picture(with_bits(loose, *range(100, 130))))
    hold(vault, 3, a_picture(a_digest(3)))
    hold(vault, 4, a_picture(a_digest(4)))
    stack_words.merge_stacks(vault, MediaId(1), MediaId(3))
    stack_words.merge_stacks(vault, MediaId(2), MediaId(4))
    hold(vault, 5, a_picture(loose))
    caught_up(vault)
    with vault.transaction() as tx:  # Other words of the same bytes: it gets a new number.
        seen = a_picture(with_bits(loose, *range(100, 130)), dct=bytes(8))
        likeness.keep(tx.connection, hashlib.sha256(bytes_of(2)).hexdigest(), seen)
        tx.record(an_entry("examine"))
    caught_up(vault)
    assert stacks_of(vault) == {frozenset({1, 3, 5}), frozenset({2, 4})}

    take_away(vault, 1)
    caught_up(vault)

    assert stacks_of(vault) == {frozenset({2, 4, 5})} == restacked(vault)


def test_what_a_person_took_out_stays_out_and_the_opposite_act_undoes_it(vault: Vault) -> None:
    first = a_digest(1)
    for number in range(1, 5):
        hold(vault, number, a_picture(with_bits(first, number)))
    caught_up(vault)

    assert stack_words.split_stack(vault, [MediaId(2), MediaId(3)])[0] == 2
    apart = {frozenset({1, 4}), frozenset({2, 3})}
    assert stacks_of(vault) == apart
    assert restacked(vault) == apart

    hold(vault, 5, a_picture(with_bits(first, 2)))  # As the second one, to the bit.
    caught_up(vault)
    assert stacks_of(vault) == {frozenset({1, 4}), frozenset({2, 3, 5})}

    assert stack_words.merge_stacks(vault, MediaId(5), MediaId(1))[0] == 5
    assert stacks_of(vault) == {frozenset({1, 2, 3, 4, 5})} == restacked(vault)


def reasons(vault: Vault) -> list[tuple[int, int | None, Because | None, int, Turn]]:
    found = browse_stacks.show_stack(vault, MediaId(1)).members
    return [(one.media_id, one.near, one.because, one.distance, one.turn) for one in found]


def test_what_was_split_and_put_together_again_is_alike_for_the_reasons_it_had_before(
    vault: Vault,
) -> None:
    first, turned = a_digest(1), [a_digest(turn) for turn in range(10, 17)]
    hold(vault, 1, a_picture(first))
    hold(vault, 2, a_picture(with_bits(first, 2, 3, 4)))
    hold(vault, 3, a_picture(with_bits(first, 2, 3, 5)))
    turned[4] = with_bits(first, 3, 9)
    hold(vault, 4, a_picture(a_digest(2), turned=turned))
    before = reasons(vault)
    assert before[1:] == [
        (2, 1, Because.PDQ, 3, Turn.UPRIGHT), (3, 2, Because.PDQ, 2, Turn.UPRIGHT),
        (4, 1, Because.PDQ_TURNED, 2, Turn.MIRRORED),
    ]  # fmt: skip

    for taken in ([2, 3], [1, 3], [4]):
        stack_words.split_stack(vault, [MediaId(media) for media in taken])
        kept = next(media for media in range(1, 5) if media not in taken)
        assert Because.PERSON not in {because for _, _, because, *_ in reasons(vault)}
        stack_words.merge_stacks(vault, MediaId(taken[0]), MediaId(kept))
        assert reasons(vault) == before
    links = links_of(vault)
    assert restacked(vault) == {frozenset({1, 2, 3, 4})}
    assert links_of(vault) == links


def test_what_nobody_but_a_person_calls_alike_says_so_and_what_came_with_it_its_own_reason(
    vault: Vault,
) -> None:
    for number, digest in enumerate((a_digest(1), a_digest(2)), start=1):
        hold(vault, number, a_picture(digest))
        hold(vault, number + 2, a_picture(with_bits(digest, 7)))
    caught_up(vault)
    stack_words.merge_stacks(vault, MediaId(4), MediaId(1))

    assert [told[:4] for told in reasons(vault)] == [
        (1, None, None, 0), (3, 1, Because.PDQ, 1), (2, 1, Because.PERSON, 0),
        (4, 2, Because.PDQ, 1),
    ]  # fmt: skip


def test_what_a_person_put_together_says_who_did_it(vault: Vault) -> None:
    for number in (1, 2):
        hold(vault, number, a_picture(a_digest(number)))
    stack_words.merge_stacks(vault, MediaId(2), MediaId(1))

    with vault.reader() as reader:
        _, second = stack_listing.members(reader, 1)
    assert (second.because, second.near) == (Because.PERSON, 1)
    assert second.placed_by == vault.actor
    assert second.placed_at is not None


@pytest.mark.parametrize("acting", ["alone", "whole", "two stacks", "same stack", "not here"])
def test_what_would_change_nothing_or_everything_is_refused(vault: Vault, acting: str) -> None:
    first = a_digest(1)
    for number in (1, 2):
        hold(vault, number, a_picture(with_bits(first, number)))
    hold(vault, 3, a_picture(a_digest(3)))
    with vault.transaction() as tx:
        tx.connection.execute(
            "INSERT INTO media_item (media_id, state, size, announced_sha256, newest_received)"
            " VALUES (4, 'wanted', 1, 'ab', 0)"
        )
        tx.record(an_entry("announce"))
    named = {"alone": [3], "whole": [1, 2], "two stacks": [1, 3], "not here": [4]}
    with pytest.raises(StackUnfit):
        if acting == "same stack":
            stack_words.merge_stacks(vault, MediaId(1), MediaId(2))
        else:
            stack_words.split_stack(vault, [MediaId(number) for number in named[acting]])
    assert stacks_of(vault) == {frozenset({1, 2})}


def test_videos_are_alike_by_four_fifths_of_the_frames_of_one(vault: Vault) -> None:
    frames = [a_digest(number) for number in range(20)]
    near = [with_bits(frame, 1, 2, 3) for frame in frames]
    hold(vault, 1, a_video(*frames))
    hold(vault, 2, a_video(*near[:8], *(a_digest(number) for number in (50, 51))))
    hold(vault, 3, a_video(*near[:7], *(a_digest(number) for number in (60, 61, 62))))
    hold(vault, 4, a_video(*frames, *(a_digest(number) for number in range(100, 150))))
    hold(vault, 5, a_picture(frames[0]))

    caught_up(vault)

    assert stacks_of(vault) == {frozenset({1, 2, 4})}
    assert restacked(vault) == {frozenset({1, 2, 4})}


def test_other_words_about_the_same_bytes_are_compared_anew(vault: Vault) -> None:
    hold(vault, 1, a_picture(a_digest(1)))
    hold(vault, 2, a_picture(a_digest(2)))
    caught_up(vault)
    with vault.transaction() as tx:
        sha256 = hashlib.sha256(bytes_of(2)).hexdigest()
        likeness.keep(tx.connection, sha256, a_picture(with_bits(a_digest(1), 7)))
        tx.record(an_entry("examine"))

    caught_up(vault)

    assert stacks_of(vault) == {frozenset({1, 2})}


def test_whoever_stops_it_finds_what_was_done_and_goes_on(vault: Vault) -> None:
    some_pictures(vault, 30, 1)
    with pytest.raises(Cancelled):
        stack_media.catch_up(vault, announce=silent, is_cancelled=lambda: True)
    caught_up(vault)
    found = stacks_of(vault)
    assert found
    assert restacked(vault) == found


def test_the_index_is_read_from_where_it_lies_and_made_again_where_it_is_no_good(
    vault: Vault,
) -> None:
    some_pictures(vault, 12, 2)
    (whole,) = segments(vault)
    kept = kept_segment(vault, 0)
    assert kept == packed(whole)

    for bad in (kept[:-1], kept[:50] + bytes([kept[50] ^ 1]) + kept[51:], b"CPSG\x02" + kept[5:]):
        keep_segment(vault, 0, bad)
        (again,) = segments(vault)
        assert packed(again) == kept
        assert kept_segment(vault, 0) == kept
    vault.layout.derivatives.write_bytes(b"\x00" * 4096)
    (again,) = segments(vault)
    assert packed(again) == kept


def test_an_index_of_another_state_of_the_vault_is_not_believed(vault: Vault) -> None:
    some_pictures(vault, 3, 3)
    (whole,) = segments(vault)
    strange = unpacked(packed(whole))
    assert strange is not None
    other = type(strange)(strange.upto, strange.numbers, ~strange.digests, strange.dcts)
    keep_segment(vault, 0, packed(other))

    (again,) = segments(vault)

    assert packed(again) == packed(whole)


def test_no_index_of_what_was_erased_is_left_in_any_page(closed_vault: Path) -> None:
    secret, turned = a_digest(77), [a_digest(number) for number in range(200, 207)]
    with reopened(closed_vault) as vault:
        hold(vault, 1, a_picture(secret, turned=turned))
        hold(vault, 2, a_picture(with_bits(secret, 9)))
        caught_up(vault)
        pictures = vault.header.keys.derivatives
        assert secret in b"".join(decrypted_pages(closed_vault / "derivatives.db", pictures))

        take_away(vault, 1)
        assert vault.finish_erasures() == ()  # No certificate, and nothing left.

        assert secret not in b"".join(decrypted_pages(closed_vault / "derivatives.db", pictures))
        with vault.reader() as reader:
            rows = reader.connection.execute("SELECT pdq FROM likeness UNION ALL SELECT turned"
                                             " FROM likeness_detail").fetchall()  # fmt: skip
        assert secret not in [row[0] for row in rows]
        assert not any(turned[0] in (row[0] or b"") for row in rows)


def test_erasing_leaves_nothing_that_was_derived_from_the_file_in_any_page(
    closed_vault: Path,
) -> None:
    picture, frame = a_digest(77), a_digest(78)
    turned = [a_digest(number) for number in range(200, 207)]
    seen = a_picture(picture, turned=turned, dct=b"\x5a\xc3uncommon"[:8])
    derived = (picture, turned[6], b"\x5a\xc3uncom", frame)
    with reopened(closed_vault) as vault:
        contents = (an_item(10, media=tuple(a_notice(media, bytes_of(media)) for media in (1, 2))),)
        apply(vault, new(a_report(1, contents=contents)))
        hold(vault, 1, seen)
        hold(vault, 2, a_video(frame, a_digest(79)))
        hold(vault, 3, a_picture(with_bits(a_digest(3), 1)))
        stack_words.merge_stacks(vault, MediaId(1), MediaId(3))
        keys = (database_key(closed_vault), vault.header.keys.derivatives)
        assert left_of(closed_vault, keys, *derived) == list(derived)

        erase(vault, 1)
        vault.finish_erasures()

        assert left_of(closed_vault, keys, *derived) == []
        with vault.reader() as reader:
            words = reader.connection.execute("SELECT sha256 FROM stack_word").fetchall()
        assert words == [(hashlib.sha256(bytes_of(3)).hexdigest(),)]
        caught_up(vault)
    assert left_of(closed_vault, keys, *derived) == []


def left_of(folder: Path, keys: tuple[bytes, bytes], *wanted: bytes) -> list[bytes]:
    pages = b"".join(
        page
        for name, key in zip(("vault.db", "derivatives.db"), keys, strict=True)
        for page in decrypted_pages(folder / name, key)
    )
    return [each for each in wanted if each in pages]


class TestUndone:
    @pytest.fixture
    def means(self) -> Means:
        return Means(uuid4)

    @pytest.fixture(autouse=True)
    def _four_alike_and_two_others(self, vault: Vault) -> None:
        first, other = a_digest(1), a_digest(2)
        for number in range(1, 5):
            hold(vault, number, a_picture(with_bits(first, number)))
        for number in range(5, 7):
            hold(vault, number, a_picture(with_bits(other, number)))
        caught_up(vault)

    def test_a_split_goes_back_and_comes_again_with_the_reasons_that_were(
        self, vault: Vault, means: Means
    ) -> None:
        before, together = reasons(vault), stacks_of(vault)
        stack_words.split_stack(vault, [MediaId(2), MediaId(3)])
        apart = stacks_of(vault)

        turned, changes = undo(vault, means)
        assert (turned.deed.kind, turned.deed.detail) == (DeedKind.STACK_SPLIT, "M-2")
        assert Changes.MEDIA in changes
        assert stacks_of(vault) == together
        assert reasons(vault) == before
        redo(vault, means)
        assert stacks_of(vault) == apart == restacked(vault)

    def test_a_merge_goes_back_to_what_was_said_before(self, vault: Vault, means: Means) -> None:
        stack_words.split_stack(vault, [MediaId(4)])
        apart = stacks_of(vault)
        stack_words.merge_stacks(vault, MediaId(5), MediaId(4))
        assert frozenset({4, 5, 6}) in stacks_of(vault)
        undo(vault, means)
        assert stacks_of(vault) == apart == restacked(vault)

    def test_what_somebody_said_of_one_content_since_stays(
        self, vault: Vault, means: Means
    ) -> None:
        stack_words.split_stack(vault, [MediaId(4)])
        with vault.transaction() as tx:
            tx.connection.execute(
                "UPDATE stack_word SET mark = 'theirs', analyst_id = 'b' WHERE sha256 = ?",
                (hashlib.sha256(bytes_of(4)).hexdigest(),),
            )
            tx.record(an_entry())
        turned, _ = undo(vault, means)
        assert (turned.steps, len(turned.stays)) == (3, 1)
        with vault.reader() as reader:
            said = reader.connection.execute("SELECT mark FROM stack_word").fetchall()
        assert said == [("theirs",)]
