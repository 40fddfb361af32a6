r"""EnCase's hash sets: a head with the name of the set, then 18 bytes for each file, 16 of them its MD5.

0     "HASH\r\n\xff\x00"
1032  the name, UTF-16 (little end first)
1152  records
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from io import BufferedReader
from itertools import count
from typing import Final

from cport_desktop.domain.known import EMPTY_INPUT, Algorithm
from cport_desktop.formats.hash_list_file import Listed, ListKind, Plan, Refusal, Refused, Row

_MAGIC: Final = b"HASH\r\n\xff\x00"
_HEAD: Final = 1_152
_RECORD: Final = 18
_DIGEST: Final = 16
_TOGETHER: Final = 4_096
"""Records that are read together."""


def _recognises(beginning: bytes) -> bool:
    return beginning.startswith(_MAGIC)


def _plan(_beginning: bytes, _said: Mapping[str, str]) -> Plan:
    return Plan(_rows)


def _rows(file: BufferedReader) -> Generator[Row]:
    file.seek(_HEAD)
    numbers = count(1)
    while piece := file.read(_RECORD * _TOGETHER):
        for at in range(0, len(piece), _RECORD):
            digest = piece[at : at + _DIGEST]
            number = next(numbers)
            if len(piece) - at < _RECORD:
                yield Refused(number, Refusal.MALFORMED, piece[at:].hex())
            elif digest in EMPTY_INPUT:
                yield Refused(number, Refusal.EMPTY_INPUT, digest.hex())
            else:
                yield number, Listed(((Algorithm.MD5, digest),))


ENCASE: Final = ListKind("encase", _recognises, _plan, is_binary=True, is_marked=True)
