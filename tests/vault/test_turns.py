"""Whose turn it is: found and counted without looking at every file that is not here."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.link import ANY_LINK, Link, MediaPolicy
from cport_desktop.vault import transfers, turns
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.turns import MOST_COUNTED, Turn
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, an_entry

ANY = Turn(NOON, ANY_LINK)
NARROWED = (
    Turn(NOON, Link("small", largest_file=99)),
    Turn(NOON, ANY_LINK, frozenset({"video"})),
    Turn(NOON, Link("asked", MediaPolicy.ASKED)),
)
STEP = 1_000
"""Instructions of SQLite's machine between two counts."""


def announce(vault: Vault, count: int) -> None:
    """`count` files are wanted, of 1 to 100 bytes: every tenth is a video, two have equal bytes."""
    with vault.transaction() as tx:
        tx.connection.executemany(
            "INSERT INTO media_item (media_id, state, size, announced_sha256, declared_type,"
            " newest_received) VALUES (?, 'wanted', ?, ?, ?, ?)",
            [
                (n, n % 100 + 1, f"{n // 2:064x}", "image/png" if n % 10 else "video/mp4", n // 5)
                for n in range(1, count + 1)
            ],
        )
        tx.record(an_entry("announce"))


def say(vault: Vault, change: Callable[..., None], *media: int, **said: bool) -> None:
    with vault.transaction() as tx:
        change(tx, [MediaId(each) for each in media], **said)
        tx.record(an_entry("say"))


def steps_of(reader: Reader, work: Callable[[Reader], object]) -> tuple[object, int]:
    """What `work` answers, and how many thousands of instructions it took."""
    steps = 0

    def tick() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection = reader.connection
    connection.set_progress_handler(tick, STEP)
    try:
        return work(reader), steps
    finally:
        connection.set_progress_handler(None, 0)


@pytest.mark.parametrize("turn", [ANY, *NARROWED], ids=["any", "small", "kinds", "asked"])
def test_what_is_counted_is_what_has_a_turn(vault: Vault, turn: Turn) -> None:
    announce(vault, 300)
    say(vault, transfers.pause, 7, 10, is_paused=True)
    say(vault, transfers.cancel, 8)
    say(vault, transfers.ask, 20, 21, 22, 299)

    with vault.reader() as reader:
        listed = {
            notice.media_id
            for lot in (turns.asked_for, turns.newest)
            for notice in lot(reader, turn, limit=1000)
        }
        assert turns.count_due(reader, turn) == len(listed) > 0


def test_nothing_has_a_turn_while_all_of_them_are_paused(vault: Vault) -> None:
    announce(vault, 20)
    with vault.transaction() as tx:
        transfers.pause_all(tx, is_paused=True)
        tx.record(an_entry("pause"))

    with vault.reader() as reader:
        assert turns.count_due(reader, ANY) == 0
        assert not turns.newest(reader, ANY, limit=5)


def test_what_comes_behind_one_of_them_goes_on_from_there(vault: Vault) -> None:
    announce(vault, 40)

    with vault.reader() as reader:
        whole = [n.media_id for n in turns.newest(reader, ANY, limit=100)]
        parts: list[MediaId] = []
        while lot := turns.newest(reader, ANY, limit=7, behind=parts[-1] if parts else None):
            parts += [notice.media_id for notice in lot]
        assert parts == whole == sorted(whole, reverse=True)
        assert turns.newest(reader, ANY, limit=7, behind=MediaId(9_999)) == ()


def test_a_count_costs_no_more_than_so_many_rows(vault: Vault) -> None:
    announce(vault, 3 * MOST_COUNTED)
    say(vault, transfers.ask, *range(1, 50))

    with vault.reader() as reader:
        for turn in NARROWED[:2]:
            count, steps = steps_of(reader, lambda r, t=turn: turns.count_due(r, t))  # type: ignore[misc]
            assert count is None
            assert steps * STEP < 130 * MOST_COUNTED  # all of them: twice as many
        assert turns.count_due(reader, NARROWED[2]) == 49
        count, steps = steps_of(reader, lambda r: turns.count_due(r, ANY))
        assert count == 3 * MOST_COUNTED
        assert steps * STEP < 4 * 3 * MOST_COUNTED  # an index is counted, no row is read


def test_whose_turn_is_next_costs_no_walk_over_those_before_it(vault: Vault) -> None:
    announce(vault, 2 * MOST_COUNTED)

    with vault.reader() as reader:
        last = MediaId(MOST_COUNTED)
        lot, steps = steps_of(reader, lambda r: turns.newest(r, ANY, limit=64, behind=last))
        assert isinstance(lot, tuple)
        assert lot[0].media_id == last - 1
        assert steps * STEP < MOST_COUNTED
