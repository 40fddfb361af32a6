r"""The custody of each item of a package: `custody.json`, which proves it, and `custody.csv`, to read.

    {"format":"cport-custody-1","synthetic":false,"log":{"size":42,"root":"ab…"},"items":[
    {"item":"HL-1","entries":[7,41],"counted":[{"action":"consultation","count":3,…}]},
    …
    ],"entries":[
    {"entry":7,"canonical":"{\"action\":…}","proof":["0c…","…"]},
    …
    ]}

Each entry stands once, in the order of the log, on a line of its own, so that a reader goes through
in constant memory. SHA-256(0x00 | `canonical`) is the leaf number `entry` (from 1) of the tree whose
head travels along signed; `proof` leads from there to the root (RFC 6962, 2.1.1). The particulars
of an entry, which may be personal, are not told: `canonical` has a salted digest of them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from cport_desktop.clock import iso_utc
from cport_desktop.domain.custody import Custody, CustodyEntry, ItemCustody, Tally
from cport_desktop.domain.spreadsheet import neutral
from cport_desktop.exports.custody_reader import CUSTODY_NAME, FORMAT, ITEMS_END, TAIL
from cport_desktop.exports.piece_stream import gathered

TABLE_NAME: Final = "custody.csv"
HEADER: Final = (
    *("item", "entry", "at", "until", "count", "action", "verb", "object"),
    *("actor", "recipient", "reason"),
)

__all__ = ("CUSTODY_NAME", "HEADER", "TABLE_NAME", "print_custody", "print_table")


def print_custody(custody: Custody, *, is_synthetic: bool) -> Iterator[bytes]:
    """`custody.json` in pieces."""
    return gathered(_lines(custody, is_synthetic=is_synthetic))


def print_table(custody: Custody) -> Iterator[bytes]:
    """`custody.csv` in pieces: for each item its entries, one a line, and what was counted."""
    return gathered(_rows(custody))


def _lines(custody: Custody, *, is_synthetic: bool) -> Iterator[bytes]:
    head = {
        "format": FORMAT,
        "synthetic": is_synthetic,
        "log": {"size": custody.size, "root": custody.root.hex()},
    }
    yield msgspec.json.encode(head)[:-1] + b',"items":['
    separator = b"\n"
    for item in custody.items:
        yield separator + msgspec.json.encode(_item(item))
        separator = b",\n"
    yield b"\n" + ITEMS_END
    separator = b"\n"
    for proved in custody.proved():
        line = {
            "entry": proved.sequence,
            "canonical": proved.canonical,
            "proof": [neighbour.hex() for neighbour in proved.proof],
        }
        yield separator + msgspec.json.encode(line)
        separator = b",\n"
    yield b"\n" + TAIL + b"\n"


def _item(custody: ItemCustody) -> dict[str, object]:
    return {
        "item": custody.item,
        "entries": custody.entries,
        "counted": [
            {
                "action": tally.action.value,
                "count": tally.count,
                "first": iso_utc(tally.first),
                "last": iso_utc(tally.last),
            }
            for tally in custody.tallies
        ],
    }


def _rows(custody: Custody) -> Iterator[bytes]:
    yield _row(HEADER)
    for item in custody.items:
        if item.entries:
            for entry in custody.told(item.entries):
                yield _row(_told(item.item, entry))
        for tally in item.tallies:
            yield _row(_counted(item.item, tally))


def _told(item: str, entry: CustodyEntry) -> Sequence[str]:
    at = iso_utc(entry.at)
    return (
        *(item, str(entry.sequence), at, at, "1", entry.action.value, entry.verb),
        f"{entry.object_kind.value} {entry.object_reference}",
        *(entry.actor, entry.recipient or "", entry.reason or ""),
    )


def _counted(item: str, tally: Tally) -> Sequence[str]:
    span = (iso_utc(tally.first), iso_utc(tally.last), str(tally.count))
    return (item, "", *span, tally.action.value, "", "", "", "", "")


def _row(fields: Sequence[str]) -> bytes:
    line = io.StringIO(newline="")
    writer = csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([neutral(field) for field in fields])
    return line.getvalue().encode()
