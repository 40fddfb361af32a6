"""Sealing to recipients with age (age-encryption.org/v1). Keys are read and files opened by its Rust
implementation; they are written by `age_writing`, several times as fast.

Streams of any length in constant memory. What is sealed here, `age --decrypt` opens, and the
other way round. X25519 recipients only: `age1…` and `AGE-SECRET-KEY-1…`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyrage
from pyrage import x25519

from cport_desktop.crypto import age_writing
from cport_desktop.crypto.age_writing import Sink, Source, Written
from cport_desktop.errors import IdentityMismatch, KeyFileMalformed, PackageMalformed

LARGEST_KEY_FILE = 64 * 1024
"""Bytes. An identity has 74 characters; a file with a hundred and their comments has 20 KiB."""
PUBLIC_PREFIX = "age1"
SECRET_PREFIX = "AGE-SECRET-KEY-1"  # noqa: S105 - the public prefix of the format


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who may open: `public` is `age1…`, `name` is for people."""

    name: str
    public: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What opens: `secret` is `AGE-SECRET-KEY-1…` and is never shown by `repr`."""

    public: str
    secret: str = field(repr=False)


def generate_identity() -> Identity:
    """A new identity from the machine's randomness."""
    made = x25519.Identity.generate()
    return Identity(public=str(made.to_public()), secret=str(made))


def print_identity(identity: Identity) -> bytes:
    """`identity` as a key file, as `age-keygen` writes it."""
    return f"# public key: {identity.public}\n{identity.secret}\n".encode()


def parse_recipient(text: str, *, name: str | None = None) -> Recipient:
    """The one recipient of `text`: `age1…` by itself or in a recipients file with comments.

    An identity file is understood too and stands for its public half, as with
    `age --encrypt --identity`. Without `name` the public key is the name.

    Raises:
        KeyFileMalformed: if there is none, more than one, or one that is damaged.
    """
    lines = _lines(text)
    if len(lines) != 1:
        raise KeyFileMalformed(what="recipient: one line with age1… is wanted")
    if lines[0].upper().startswith(SECRET_PREFIX):
        public = _identity(lines[0]).public
    else:
        public = _public(lines[0])
    return Recipient(name=name or public, public=public)


def read_identities(untrusted: bytes) -> tuple[Identity, ...]:
    """All identities of a key file (`age-keygen` form: comments and one secret a line).

    Raises:
        KeyFileMalformed: if there is none or one is damaged.
    """
    if len(untrusted) > LARGEST_KEY_FILE:
        raise KeyFileMalformed(what="identity file: too long to be one")
    try:
        lines = _lines(untrusted.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise KeyFileMalformed(what="identity file: not text") from error
    if not lines:
        raise KeyFileMalformed(what="identity file: no AGE-SECRET-KEY-1… line in it")
    return tuple(_identity(line) for line in lines)


def read_identity(untrusted: bytes) -> Identity:
    """The only identity of a key file.

    Raises:
        KeyFileMalformed: if there is none, more than one, or one that is damaged.
    """
    identities = read_identities(untrusted)
    if len(identities) != 1:
        raise KeyFileMalformed(what="identity file: more than one identity in it")
    return identities[0]


def seal(reader: Source, writer: Sink, recipients: Sequence[Recipient]) -> Written:
    """All of `reader` is in `writer`, sealed so that each of `recipients` can open it; what comes back is
    for whoever wants to find it again (`age_rereading`).

    If either end raises, its own error comes out, and what was written until then lacks its
    end and opens for nobody.

    Raises:
        KeyFileMalformed: if a recipient is damaged or there is none.
    """
    points = [age_writing.point_of(_public(recipient.public)) for recipient in recipients]
    if not points:
        raise KeyFileMalformed(what="recipient: none was given")
    try:
        stanzas = age_writing.stanzas(points)
    except ValueError as error:
        raise KeyFileMalformed(what="recipient: a key that nothing can be sealed to") from error
    return age_writing.write(reader, writer, stanzas)


def open(reader: Source, writer: Sink, identities: Sequence[Identity]) -> None:  # noqa: A001 - the counterpart of `seal`, always used with its room's name
    """All that was sealed in `reader` is in `writer`, and its end was found whole.

    What comes out before the end is genuine but may be cut short: use none of it when this
    raises. If either end raises, its own error comes out.

    Raises:
        IdentityMismatch: if none of `identities` opens it.
        PackageMalformed: if it is not sealed with age, damaged, or cut short.
    """
    keys = [_identity_key(identity.secret) for identity in identities]
    ends = _Ends(reader, writer)
    try:
        pyrage.decrypt_io(ends, ends, keys)
    except (pyrage.DecryptError, OSError) as error:
        if ends.trouble is not None:
            raise ends.trouble from error
        if "No matching keys" in str(error):
            raise IdentityMismatch from error
        raise PackageMalformed(cause="seal") from error
    if ends.trouble is not None:
        raise ends.trouble


class _Ends:
    """Both ends of a stream, which remember the error that the Rust side would flatten."""

    def __init__(self, reader: Source, writer: Sink) -> None:
        self._reader = reader
        self._writer = writer
        self.trouble: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            return self._reader.read(size)
        except BaseException as error:
            self.trouble = error
            raise

    def write(self, piece: bytes) -> int:
        try:
            taken = self._writer.write(piece)
        except BaseException as error:
            self.trouble = error
            raise
        return len(piece) if taken is None else taken

    def flush(self) -> None:
        """The caller decides when to flush."""


def _lines(text: str) -> list[str]:
    stripped = (line.strip() for line in text.splitlines())
    return [line for line in stripped if line and not line.startswith("#")]


def _public(text: str) -> str:
    return str(_recipient_key(text))


def _recipient_key(text: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise KeyFileMalformed(what="recipient: not a whole age1… key") from error


def _identity(text: str) -> Identity:
    key = _identity_key(text)
    return Identity(public=str(key.to_public()), secret=str(key))


def _identity_key(text: str) -> x25519.Identity:
    try:
        return x25519.Identity.from_str(text)
    except pyrage.IdentityError as error:
        raise KeyFileMalformed(what="identity: not a whole AGE-SECRET-KEY-1… key") from error
