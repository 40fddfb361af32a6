"""The head of a log as a text to sign (C2SP tlog-checkpoint 1.0), and as a code to write down.

    cport.vault/<vault id>/<lineage>      the origin: which log
    20852163                              how many entries
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=    the root of their tree (RFC 6962)

The code for a paper diary holds 120 bits of the SHA-256 of that text, the size, and two check
characters, in Crockford's base 32 (no I, L, O, U) and groups of four:

    7XQ2-0HRK-…-C41D

Two check characters find every single wrong character and every swap of two neighbours. 120 bits
are enough against somebody who prepares two histories in advance (about 2**60 trees).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Final

from cport_desktop.crypto.merkle import HASH_SIZE
from cport_desktop.errors import CheckpointMalformed

LARGEST_SIZE: Final = 2**63 - 1

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_DIGEST_CHARACTERS: Final = 24
_CHECK_CHARACTERS: Final = 2
_CHECK_PRIME: Final = 1021
"""The largest prime that two characters can tell the rests of."""
_LONGEST_CODE: Final = 64
_GROUP: Final = 4


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`root` is the tree's head over `size` entries. `extensions`: further lines, kept as they are."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What is signed."""
        root = base64.b64encode(self.root).decode("ascii")
        return "".join(f"{line}\n" for line in (self.origin, self.size, root, *self.extensions))


@dataclass(frozen=True, slots=True)
class DiaryCode:
    """What a code says: how many entries, and 120 bits of the text's digest."""

    size: int
    digest: str


def parse_checkpoint(text: str) -> Checkpoint:
    """The head that the text of a note tells of. `Checkpoint.text` gives the same text again.

    Raises:
        CheckpointMalformed: it tells of none.
    """
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise CheckpointMalformed(cause="not a checkpoint")
    origin, size, root, *extensions = lines[:-1]
    if not size.isascii() or not size.isdigit() or len(size) > 19 or str(int(size)) != size:
        raise CheckpointMalformed(cause="size")
    if int(size) > LARGEST_SIZE:
        raise CheckpointMalformed(cause="size")
    found = Checkpoint(origin, int(size), _root(root), tuple(extensions))
    if found.text != text:
        raise CheckpointMalformed(cause="root")
    return found


def diary_code(checkpoint: Checkpoint) -> str:
    """The code to write down, in groups of four."""
    body = _digest_characters(checkpoint) + _in_base_32(checkpoint.size, width=1)
    whole = body + _check_characters(body)
    return "-".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))


def parse_diary_code(untrusted: str) -> DiaryCode:
    """What was written down. Case, spaces and hyphens do not matter; O is read as 0, I and L as 1.

    Raises:
        CheckpointMalformed: it has a slip of the pen, or is no such code.
    """
    plain = untrusted.upper().translate(_MISREAD)
    at_least = _DIGEST_CHARACTERS + 1 + _CHECK_CHARACTERS
    if not at_least <= len(plain) <= _LONGEST_CODE or set(plain) - set(_ALPHABET):
        raise CheckpointMalformed(cause="code")
    body, check = plain[:-_CHECK_CHARACTERS], plain[-_CHECK_CHARACTERS:]
    size = _from_base_32(body[_DIGEST_CHARACTERS:])
    if _check_characters(body) != check or size > LARGEST_SIZE:
        raise CheckpointMalformed(cause="code")
    return DiaryCode(size, body[:_DIGEST_CHARACTERS])


def is_written_down(checkpoint: Checkpoint, code: DiaryCode) -> bool:
    """Whether `code` was made of this checkpoint."""
    return (checkpoint.size, _digest_characters(checkpoint)) == (code.size, code.digest)


def _root(encoded: str) -> bytes:
    try:
        root = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise CheckpointMalformed(cause="root") from error
    if len(root) != HASH_SIZE:
        raise CheckpointMalformed(cause="root")
    return root


def _digest_characters(checkpoint: Checkpoint) -> str:
    digest = hashlib.sha256(checkpoint.text.encode()).digest()
    number = int.from_bytes(digest, "big") >> (256 - 5 * _DIGEST_CHARACTERS)
    return _in_base_32(number, width=_DIGEST_CHARACTERS)


def _check_characters(body: str) -> str:
    # A rest modulo a prime above 32 changes with each character and each swap of neighbours.
    return _in_base_32(_from_base_32(body) % _CHECK_PRIME, width=_CHECK_CHARACTERS)


def _in_base_32(number: int, *, width: int) -> str:
    characters = ""
    while number:
        number, digit = divmod(number, 32)
        characters = _ALPHABET[digit] + characters
    return characters.rjust(width, "0")


def _from_base_32(characters: str) -> int:
    number = 0
    for character in characters:
        number = number * 32 + _ALPHABET.index(character)
    return number
