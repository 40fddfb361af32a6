"""What tests of holds and erasures arrange with: reports with files that are held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cport_desktop.domain.batch import Change
from cport_desktop.domain.erasure import BY_ORDER, ErasureId, Ground
from cport_desktop.domain.hold import HeldItem, HeldKind, Hold, HoldId
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.query import Query, Words
from cport_desktop.domain.report import Report
from cport_desktop.vault import erasure, holds, replica, reports
from cport_desktop.vault.erasure import Erasing, Gone
from cport_desktop.vault.replica import Applied
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry, an_examination, digests_of
from tests.report_builders import a_batch, a_notice, a_report, an_item

ORDERED = Ground(BY_ORDER, None, "no longer needed")


def apply(vault: Vault, *changes: Change) -> Applied:
    with vault.transaction() as tx:
        return replica.apply(tx, a_batch(*changes))


def content_of(media: int) -> bytes:
    """What the file of a media item holds in these tests."""
    return f"the bytes of the synthetic file {media}".encode()


def with_media(number: int, *media: int, **changes: object) -> Report:
    """A report that announces these media items."""
    notices = tuple(a_notice(one, content_of(one)) for one in media)
    url = f"https://files-{number}.example/a/{number}.png"
    return a_report(number, contents=(an_item(number * 10, url, media=notices),), **changes)


def receive(
    vault: Vault, media: int, content: bytes | None = None, *, sides: tuple[int, int] = (4, 3)
) -> None:
    """The file of an announced item has arrived, with its pictures; it is so wide and so high."""
    content = content_of(media) if content is None else content
    examination = replace(an_examination(), width=sides[0], height=sides[1])
    intake = vault.intake(MediaId(media))
    intake.write(content)
    assert vault.derivatives.put(MediaId(media), examination)
    with vault.transaction() as tx:
        intake.settle(tx, digests_of(content), examination)
        tx.record(an_entry("hold"))
    intake.close()


def erase(vault: Vault, *numbers: int, name: str = "E-1", force: bool = False) -> Gone:
    """The first part: rows and keys."""
    erasing = Erasing(ErasureId(name), _ids(numbers), ORDERED, force)
    with vault.transaction() as tx:
        return erasure.erase(tx, erasing)


def erase_wholly(vault: Vault, *numbers: int, name: str = "E-1") -> Gone:
    """Both parts."""
    gone = erase(vault, *numbers, name=name)
    vault.finish_erasures()
    return gone


def hold(vault: Vault, number: int, kind: HeldKind = HeldKind.REPORT, name: str = "H-1") -> Hold:
    with vault.transaction() as tx:
        placed = holds.place(tx, HeldItem(kind, number), hold_id=HoldId(name), reason="court")
        tx.record(an_entry("place"))
    return placed


def release(vault: Vault, name: str = "H-1") -> Hold:
    with vault.transaction() as tx:
        released = holds.release(tx, HoldId(name), reason="closed")
        tx.record(an_entry("release"))
    return released


def found(vault: Vault, *words: str) -> list[int]:
    """Reports with these words; all of them without any."""
    query = Query(tuple(Words((word,)) for word in words))
    with vault.reader() as reader:
        return sorted(reports.matching(reader, query, limit=1000))


def _ids(numbers: Sequence[int]) -> tuple[ReportId, ...]:
    return tuple(ReportId(number) for number in numbers)
