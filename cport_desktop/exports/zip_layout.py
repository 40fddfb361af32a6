"""The bytes of a ZIP file as packages use it: one way to write each thing, and no other.

Every member is stored (not compressed), with sizes and CRC-32 in its local header, no data
descriptor, no extra field but ZIP64's where a number needs it, one fixed date. So a reader
can go through the file once from front to end, nothing can be hidden between members, a
file cannot blow up when it is opened, and any two writers of the same members produce the
same bytes. The verifier rebuilds these structures and compares them byte by byte.

Source: PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5; ETSI EN 319 162-1, annex A.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, datetime

LOCAL_SIGNATURE = b"PK\x03\x04"
CENTRAL_SIGNATURE = b"PK\x01\x02"
END_SIGNATURE = b"PK\x05\x06"
END64_SIGNATURE = b"PK\x06\x06"

LOCAL = struct.Struct("<4sHHHHHIIIHH")
CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
END = struct.Struct("<4sHHHHIIH")
END64 = struct.Struct("<4sQHHIIQQQQ")
END64_LOCATOR = struct.Struct("<4sIQI")
LOCAL_EXTRA64 = struct.Struct("<HHQQ")

MAX16 = 0xFFFF
MAX32 = 0xFFFFFFFF
EXTRA64_ID = 1
PLAIN_VERSION = 20
VERSION64 = 45
MADE_ON_UNIX = 3 << 8
REGULAR_FILE_600 = 0o100600 << 16
"""Opened files are the reader's alone, whatever their umask says."""
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
LATEST = datetime(2107, 12, 31, 23, 59, 58, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Placed:
    """One member in its place: `offset` is that of its local header."""

    name: str
    size: int
    crc32: int
    offset: int


def dos_stamp(moment: datetime) -> tuple[int, int]:
    """`moment` in UTC as the DOS date and time of a ZIP header, to two seconds, held to
    the years 1980 to 2107 that it can say.
    """
    held = min(max(moment.astimezone(UTC), EARLIEST), LATEST)
    date = (held.year - 1980) << 9 | held.month << 5 | held.day
    return date, held.hour << 11 | held.minute << 5 | held.second // 2


def local_header(name: str, size: int, crc32: int, stamp: tuple[int, int]) -> bytes:
    """What stands before a member's bytes."""
    date, time = stamp
    is_long = size >= MAX32
    extra = LOCAL_EXTRA64.pack(EXTRA64_ID, 16, size, size) if is_long else b""
    stated = MAX32 if is_long else size
    encoded = name.encode("ascii")
    return (
        LOCAL.pack(
            LOCAL_SIGNATURE,
            VERSION64 if is_long else PLAIN_VERSION,
            0,
            0,
            time,
            date,
            crc32,
            stated,
            stated,
            len(encoded),
            len(extra),
        )
        + encoded
        + extra
    )


def central_header(member: Placed, stamp: tuple[int, int]) -> bytes:
    """What the directory says of a member."""
    date, time = stamp
    long_numbers = [n for n in (member.size, member.size, member.offset) if n >= MAX32]
    extra = b"".join(struct.pack("<Q", number) for number in long_numbers)
    if extra:
        extra = struct.pack("<HH", EXTRA64_ID, len(extra)) + extra
    version = VERSION64 if extra else PLAIN_VERSION
    encoded = member.name.encode("ascii")
    return (
        CENTRAL.pack(
            CENTRAL_SIGNATURE,
            MADE_ON_UNIX | version,
            version,
            0,
            0,
            time,
            date,
            member.crc32,
            min(member.size, MAX32),
            min(member.size, MAX32),
            len(encoded),
            len(extra),
            0,
            0,
            0,
            REGULAR_FILE_600,
            min(member.offset, MAX32),
        )
        + encoded
        + extra
    )


def directory_end(count: int, *, size: int, offset: int, comment: bytes) -> bytes:
    """What closes the file, behind a directory of `count` headers with `size` bytes at `offset`."""
    is_long = count >= MAX16 or size >= MAX32 or offset >= MAX32
    end64 = b""
    if is_long:
        end64 = END64.pack(
            END64_SIGNATURE,
            END64.size - 12,
            MADE_ON_UNIX | VERSION64,
            VERSION64,
            0,
            0,
            count,
            count,
            size,
            offset,
        ) + END64_LOCATOR.pack(b"PK\x06\x07", 0, offset + size, 1)
    stated = min(count, MAX16)
    return (
        end64
        + END.pack(
            END_SIGNATURE,
            0,
            0,
            stated,
            stated,
            min(size, MAX32),
            min(offset, MAX32),
            len(comment),
        )
        + comment
    )
