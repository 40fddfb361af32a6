r"""Lines as `md5sum`, `sha1sum`, `sha256sum` and their relatives write them.

    d41d…  name                 two blanks; ` *name` for a file read as bytes
    \d41d…  na\nme              an escaped name: \n, \r and \\ (GNU coreutils)
    MD5 (name) = d41d…          BSD's; `\MD5 (…)` if the name is escaped
    SHA256(name)= e3b0…         openssl's
    d41d…                       a digest by itself

The length of the digest says which it is. Empty lines and those that begin with `#` or `;` say
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from cport_desktop.domain.known import DIGEST_BYTES, EMPTY_INPUT, EXACT, Algorithm
from cport_desktop.formats.hash_list_file import (
    Line,
    Listed,
    ListKind,
    Plan,
    Refusal,
    bounded_lines,
    line_rows,
    whole_lines,
)

_BY_LENGTH: Final[Mapping[int, Algorithm]] = {
    2 * DIGEST_BYTES[algorithm]: algorithm for algorithm in EXACT
}
_PLAIN: Final = re.compile(rb"[ \t]*(\\?)([0-9A-Fa-f]{8,})(?:[ \t][ *]?(.*))?\Z", re.DOTALL)
_TAGGED: Final = re.compile(
    rb"(\\?)(MD5|SHA1|SHA-1|SHA256|SHA-256|SHA2-256|SHA512|SHA2-512|SHA384) ?\((.*)\) ?= "
    rb"?([0-9A-Fa-f]+)\s*\Z",
    re.DOTALL,
)
_BY_TAG: Final[Mapping[bytes, Algorithm]] = {
    b"MD5": Algorithm.MD5,
    b"SHA1": Algorithm.SHA1,
    b"SHA-1": Algorithm.SHA1,
    b"SHA256": Algorithm.SHA256,
    b"SHA-256": Algorithm.SHA256,
    b"SHA2-256": Algorithm.SHA256,
}
_ESCAPES: Final[Mapping[bytes, bytes]] = {b"\\\\": b"\\", b"\\n": b"\n", b"\\r": b"\r"}
_ESCAPED: Final = re.compile(rb"\\.?", re.DOTALL)
_TRIED: Final = 1_000
"""Lines of a beginning that are tried."""


def read_line(untrusted_line: bytes) -> Line:
    """What a line says: a known file, why it is refused, or nothing."""
    if found := _PLAIN.match(untrusted_line):
        escaped, digits, name = found.groups()
        return _listed(digits, name, is_escaped=bool(escaped))
    line = untrusted_line.strip()
    if not line or line[:1] in (b"#", b";"):
        return None
    if found := _TAGGED.match(line):
        escaped, tag, name, digits = found.groups()
        if _BY_LENGTH.get(len(digits)) is not _BY_TAG.get(tag):
            return Refusal.ALGORITHM
        return _listed(digits, name, is_escaped=bool(escaped))
    return Refusal.NO_DIGEST


def readable(beginning: bytes) -> int:
    """How many of the first lines are entries."""
    lines = whole_lines(beginning)[:_TRIED]
    return sum(isinstance(read_line(line), Listed) for line in lines)


def _recognises(beginning: bytes) -> bool:
    return readable(beginning) > 0


def _plan(_beginning: bytes, _said: Mapping[str, str]) -> Plan:
    return Plan(lambda file: line_rows(bounded_lines(file), read_line))


MD5SUM: Final = ListKind("md5sum", _recognises, _plan)


def _listed(digits: bytes, name: bytes | None, *, is_escaped: bool) -> Line:
    algorithm = _BY_LENGTH.get(len(digits))
    if algorithm is None:
        return Refusal.LENGTH
    digest = bytes.fromhex(digits.decode("ascii"))
    if digest in EMPTY_INPUT:
        return Refusal.EMPTY_INPUT
    if name and is_escaped:
        plain = _unescaped(name)
        if plain is None:
            return Refusal.ESCAPE
        name = plain
    return Listed(((algorithm, digest),), _text(name))


def _unescaped(name: bytes) -> bytes | None:
    """The name that was escaped; None if there is an escape that nobody writes."""
    if any(each not in _ESCAPES for each in _ESCAPED.findall(name)):
        return None
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], name)


def _text(name: bytes | None) -> str | None:
    """A name as text; bytes that are none stay visible."""
    if name is None or not name.strip():
        return None
    return name.decode("utf-8", "backslashreplace")
