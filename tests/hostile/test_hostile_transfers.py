"""Media from a portal that lies about parts, ranges, tags and lengths, or drips: each has a name,
costs bounded time and memory, and nothing wrong is ever held.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cport_desktop.crypto import message_keys
from cport_desktop.domain.chunk_map import ChunkMap, chunk_size_for
from cport_desktop.domain.ids import MediaId, PortalId, StationId
from cport_desktop.domain.media_item import MediaState
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.transfer import Transfer, TransferState
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.media.sandbox_process import ProcessSandbox
from cport_desktop.sync.countdown import Patience
from cport_desktop.sync.transfer import Persistence
from cport_desktop.usecases import transfers
from cport_desktop.usecases.fetch_media import fetch_media
from cport_desktop.vault import media_items
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault
from tests.hostile.scripted_server import Asked, Piece
from tests.hostile.streaming_portal import (
    MIB,
    CountingRoad,
    StreamedFile,
    StreamingPortal,
    enrol,
    road_to,
)

SIZE = 3 * MIB + 4_321
WRONG_AT = MIB + 77
"""Within the second part."""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = ProcessSandbox(children=1)
    yield sandbox
    sandbox.close()


@pytest.fixture(scope="module")
def file() -> StreamedFile:
    return StreamedFile(1, SIZE)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as vault:
        yield vault


def fetch(
    vault: Vault, portal: StreamingPortal, tmp_path: Path, sandbox: Sandbox, **terms: Any
) -> CountingRoad:
    """One exchange of media with `portal`; the road that it took."""
    usual: dict[str, Any] = {"persistence": Persistence(attempts=2), "sleep": lambda _: None}
    with road_to(portal, tmp_path, vault, **usual | terms) as (road, _):
        fetch_media(vault, road, sandbox, announce=silent, is_cancelled=never)
    return road


def state_of(vault: Vault, number: int = 1) -> MediaState:
    with vault.reader() as reader:
        return media_items.item(reader, MediaId(number)).state


def transfer(vault: Vault) -> Transfer:
    (row,) = transfers.list_transfers(vault, limit=5).rows
    return row


def spoilt(pieces: Iterator[bytes], start: int, at: int) -> Iterator[bytes]:
    """The same bytes with one of them wrong."""
    for piece in pieces:
        place = at - start
        start += len(piece)
        is_here = 0 <= place < len(piece)
        yield piece[:place] + bytes([piece[place] ^ 1]) + piece[place + 1 :] if is_here else piece


def start_of(asked: Asked) -> int:
    return int(asked.headers.get("range", "bytes=0-")[6:-1])


class TestAWrongByte:
    def test_in_a_large_file_is_found_at_its_part_and_costs_that_part_only(
        self, vault, file, tmp_path, sandbox
    ):
        times = iter([True])

        def once(asked: Asked, pieces: Iterator[bytes]) -> Iterable[Piece]:
            return spoilt(pieces, 0, WRONG_AT) if next(times, False) else pieces

        portal = StreamingPortal({1: file}, twist=once)
        road = fetch(vault, portal, tmp_path, sandbox)

        assert state_of(vault) is MediaState.HELD
        # The first part was kept; the second came again; what was under way then is no more.
        assert road.handed_over - SIZE <= 2 * chunk_size_for(SIZE)

    def test_that_comes_again_and_again_leaves_the_file_for_another_time(
        self, vault, file, tmp_path, sandbox
    ):
        def always(asked: Asked, pieces: Iterator[bytes]) -> Iterable[Piece]:
            return spoilt(pieces, start_of(asked), WRONG_AT)

        road = fetch(vault, StreamingPortal({1: file}, twist=always), tmp_path, sandbox)

        row = transfer(vault)
        assert row.state is TransferState.FAILED
        assert row.last_error == "untrusted.digest"
        assert row.bytes_here == MIB  # the part before it is right, and stays
        assert road.handed_over < 3 * SIZE

    def test_costs_nothing_of_what_was_right_once_the_portal_is_honest(
        self, vault, file, tmp_path, sandbox
    ):
        def always(asked: Asked, pieces: Iterator[bytes]) -> Iterable[Piece]:
            return spoilt(pieces, start_of(asked), WRONG_AT)

        fetch(vault, StreamingPortal({1: file}, twist=always), tmp_path, sandbox)
        transfers.retry(vault, None)
        road = fetch(vault, StreamingPortal({1: file}), tmp_path, sandbox)

        assert state_of(vault) is MediaState.HELD
        assert road.handed_over == SIZE - MIB


def others_key(payload: bytes) -> bytes:
    return message_keys.sign(message_keys.generate_ed25519().private, payload)


class TestDigestsThatCannotBeUsed:
    @pytest.mark.parametrize(
        ("twist", "code"),
        [
            (lambda chunks: replace(chunks, station=StationId("station-2")), "untrusted.mixup"),
            (lambda chunks: replace(chunks, portal=PortalId("portal-2")), "untrusted.mixup"),
            (lambda chunks: replace(chunks, media_id=MediaId(2)), "untrusted.mixup"),
            (lambda chunks: replace(chunks, sha256="0" * 64), "untrusted.digest"),
            (
                lambda chunks: replace(chunks, size=chunks.size - 1),
                "untrusted.digest",
            ),
            (
                lambda chunks: replace(chunks, digests=chunks.digests[:-32]),
                "untrusted.malformed",
            ),
            (
                lambda chunks: replace(chunks, digests=chunks.digests + b"\0" * 32),
                "untrusted.malformed",
            ),
        ],
    )
    def test_are_kept_aside_and_no_byte_is_fetched_by_them(
        self, vault, file, tmp_path, sandbox, twist, code
    ):
        portal = StreamingPortal({1: file}, twist_map=twist)
        road = fetch(vault, portal, tmp_path, sandbox)

        assert road.handed_over == 0
        assert transfer(vault).last_error == code
        with vault.reader() as reader:
            assert reader.connection.execute("SELECT kind FROM quarantine").fetchall() == [
                ("chunks",)
            ]

    def test_signed_by_somebody_else_count_for_nothing(self, vault, file, tmp_path, sandbox):
        portal = StreamingPortal({1: file}, sealed_by=others_key)
        road = fetch(vault, portal, tmp_path, sandbox)
        assert road.handed_over == 0
        assert transfer(vault).last_error == "untrusted.signature"

    def test_that_are_signed_and_wrong_cost_a_part_and_no_file(
        self, vault, file, tmp_path, sandbox
    ):
        def wrong(chunks: ChunkMap) -> ChunkMap:
            return replace(chunks, digests=b"\0" * len(chunks.digests))

        road = fetch(vault, StreamingPortal({1: file}, twist_map=wrong), tmp_path, sandbox)
        assert transfer(vault).bytes_here == 0
        assert road.handed_over <= 3 * SIZE

    def test_of_one_file_do_not_keep_the_others_back(self, vault, file, tmp_path, sandbox):
        def only_the_first(chunks: ChunkMap) -> ChunkMap:
            return replace(chunks, sha256="0" * 64) if chunks.media_id == 1 else chunks

        files = {1: file, 2: StreamedFile(2, SIZE)}
        fetch(vault, StreamingPortal(files, twist_map=only_the_first), tmp_path, sandbox)
        assert state_of(vault, 1) is MediaState.WANTED
        assert state_of(vault, 2) is MediaState.HELD


def without(name: str, *more: str):
    return lambda lines: [line for line in lines if not line.startswith(name)] + list(more)


class TestHeadersThatLie:
    @pytest.mark.parametrize(
        "twist_head",
        [
            without("Content-Length"),
            without("Content-Length", "Transfer-Encoding: chunked"),
            without("Content-Length", f"Content-Length: {SIZE + 1}"),
            without("Content-Length", f"Content-Length: {1 << 60}"),
            without("Content-Length", "Content-Length: -1"),
            without("zzz", "Content-Encoding: gzip"),
            without("HTTP/1.1 200", "X: y"),
        ],
    )
    def test_no_answer_is_taken_whose_end_is_not_sure(
        self, vault, file, tmp_path, sandbox, twist_head
    ):
        def headed(lines: list[str]) -> list[str]:
            twisted = twist_head(lines)
            return twisted if twisted[0].startswith("HTTP") else ["HTTP/1.1 299 ?", *twisted]

        road = fetch(vault, StreamingPortal({1: file}, twist_head=headed), tmp_path, sandbox)
        assert state_of(vault) is not MediaState.HELD
        assert road.handed_over <= SIZE

    @pytest.mark.parametrize(
        "content_range",
        [
            f"bytes 0-{SIZE - 1}/{SIZE}",
            f"bytes {2 * MIB}-{SIZE - 1}/{SIZE}",
            f"bytes {MIB}-{SIZE - 1}/{SIZE + 5}",
            f"bytes {MIB}-{SIZE - 2}/{SIZE}",
            f"bytes {MIB}-{1 << 70}/{SIZE}",
            "lines 1-2/3",
            "",
        ],
    )
    def test_a_part_that_was_not_asked_for_is_not_put_where_another_belongs(
        self, vault, file, tmp_path, sandbox, content_range
    ):
        def cut_in_the_second_part(asked: Asked, pieces: Iterator[bytes]) -> Iterator[Piece]:
            left = MIB + 1000 - start_of(asked) if not start_of(asked) else SIZE
            for piece in pieces:
                yield piece[:left]
                left -= len(piece)
                if left <= 0:
                    yield None
                    return

        def lying(lines: list[str]) -> list[str]:
            if lines[0].startswith("HTTP/1.1 200"):
                return lines
            return [*lines[:-1], f"Content-Range: {content_range}"]

        portal = StreamingPortal({1: file}, twist=cut_in_the_second_part, twist_head=lying)
        fetch(vault, portal, tmp_path, sandbox)
        assert state_of(vault) is not MediaState.HELD

    def test_a_file_that_becomes_another_in_the_middle_is_noticed(
        self, vault, file, tmp_path, sandbox
    ):
        tags = iter(['"one"', '"two"'])

        def cut_once(asked: Asked, pieces: Iterator[bytes]) -> Iterator[Piece]:
            if start_of(asked):
                yield from pieces
                return
            yield next(pieces)
            yield None

        def tagged(lines: list[str]) -> list[str]:
            tag = next(tags, '"two"')
            return [f"ETag: {tag}" if line.startswith("ETag") else line for line in lines]

        portal = StreamingPortal({1: file}, twist=cut_once, twist_head=tagged)
        fetch(vault, portal, tmp_path, sandbox)
        assert state_of(vault) is not MediaState.HELD


class TestALineThatNeverEnds:
    def test_media_beyond_their_announced_size_are_not_read(self, vault, file, tmp_path, sandbox):
        def endless(asked: Asked, pieces: Iterator[bytes]) -> Iterator[Piece]:
            del asked, pieces
            for _ in range(4096):
                yield b"\0" * (256 * 1024)

        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        portal = StreamingPortal(
            {1: file},
            twist=endless,
            twist_head=without("Content-Length", f"Content-Length: {1 << 40}"),
        )
        road = fetch(vault, portal, tmp_path, sandbox)
        assert road.handed_over == 0
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024

    def test_a_drip_below_the_least_speed_ends_in_time_and_the_next_file_has_its_turn(
        self, vault, tmp_path, sandbox
    ):
        files = {1: StreamedFile(1, 50_000), 2: StreamedFile(2, SIZE)}

        def dripping(asked: Asked, pieces: Iterator[bytes]) -> Iterator[Piece]:
            if asked.target != "/v1/media/2":
                yield from pieces
                return
            for _ in range(600):
                yield b"\0"
                yield 0.1

        impatient = Patience(connect=5.0, silence=5.0, whole=5.0, grace=0.4, slowest=50_000.0)
        started = time.monotonic()
        fetch(
            vault,
            StreamingPortal(files, twist=dripping),
            tmp_path,
            sandbox,
            patience=impatient,
            persistence=Persistence(attempts=1),
        )
        assert time.monotonic() - started < 30  # a drip of a minute would be longer
        assert state_of(vault, 1) is MediaState.HELD
        assert state_of(vault, 2) is MediaState.WANTED


def test_media_are_never_fetched_from_elsewhere(vault, file, tmp_path, sandbox):
    def moved(lines: list[str]) -> list[str]:
        return ["HTTP/1.1 302 Found", "Location: /v1/media/2", *lines[1:]]

    files = {1: file, 2: StreamedFile(2, SIZE)}
    portal = StreamingPortal(files, twist_head=moved)
    road = fetch(vault, portal, tmp_path, sandbox)
    assert road.handed_over == 0
    assert state_of(vault) is not MediaState.HELD


def staged(vault: Vault, content: bytes) -> None:
    """So many bytes of the file are here from an exchange that ended by a crash."""
    intake = vault.intake(MediaId(1))
    intake.write(content)
    intake.close()


class TestWhatACrashLeftOfAPart:
    def test_is_gone_on_with_if_it_is_right(self, vault, file, tmp_path, sandbox):
        portal = StreamingPortal({1: file})
        enrol(vault, portal, b"")
        staged(vault, b"".join(file.pieces(0, MIB + 48 * 1024)))

        road = fetch(vault, portal, tmp_path, sandbox)

        assert state_of(vault) is MediaState.HELD
        assert road.handed_over == SIZE - MIB - 48 * 1024

    def test_is_begun_anew_if_it_is_not_and_no_exchange_is_in_its_way_for_ever(
        self, vault, file, tmp_path, sandbox
    ):
        portal = StreamingPortal({1: file})
        enrol(vault, portal, b"")
        staged(vault, b"\0" * 48 * 1024)

        fetch(vault, portal, tmp_path, sandbox)
        assert transfer(vault).state is TransferState.FAILED
        transfers.retry(vault, None)
        fetch(vault, portal, tmp_path, sandbox)

        assert state_of(vault) is MediaState.HELD


class TestAPersonInTheMiddleOfALargeFile:
    @staticmethod
    def saying(vault: Vault, word: Callable[[Vault, list[MediaId]], object]):
        """A portal in whose second part somebody says `word`."""

        def twist(asked: Asked, pieces: Iterator[bytes]) -> Iterator[Piece]:
            sent = start_of(asked)
            for piece in pieces:
                if sent <= MIB < sent + len(piece):
                    word(vault, [MediaId(1)])
                sent += len(piece)
                yield piece

        return twist

    def test_pauses_it_there_and_it_goes_on_from_there(self, vault, file, tmp_path, sandbox):
        twist = self.saying(vault, transfers.pause)
        fetch(vault, StreamingPortal({1: file}, twist=twist), tmp_path, sandbox)

        row = transfer(vault)
        assert row.state is TransferState.PAUSED
        assert MIB <= row.bytes_here < SIZE
        transfers.resume(vault, [MediaId(1)])
        road = fetch(vault, StreamingPortal({1: file}), tmp_path, sandbox)
        assert road.handed_over == SIZE - row.bytes_here
        assert state_of(vault) is MediaState.HELD

    def test_cancels_it_and_nothing_of_it_stays(self, vault, file, tmp_path, sandbox):
        twist = self.saying(vault, transfers.cancel)
        fetch(vault, StreamingPortal({1: file}, twist=twist), tmp_path, sandbox)

        assert transfer(vault).state is TransferState.CANCELLED
        assert transfer(vault).bytes_here == 0
        assert not list(vault.layout.staging.iterdir())


def test_a_cap_holds_for_what_comes_over_the_line(vault, file, tmp_path, sandbox):
    rested: list[float] = []
    fetch(
        vault,
        StreamingPortal({1: file}),
        tmp_path,
        sandbox,
        bytes_per_second=100_000,
        sleep=rested.append,
    )
    assert state_of(vault) is MediaState.HELD
    # A clock that does not go on while it rests counts the debt anew: far more than the least.
    assert sum(rested) >= SIZE / 100_000 - 1
