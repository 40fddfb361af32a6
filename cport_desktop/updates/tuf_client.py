"""What of a bundle is believed: The Update Framework's workflow of a client, without its network.

The order and the checks are those of the specification, version 1.0, section 5 (“Detailed client
workflow”), by python-tuf's trusted set: a chain of roots, each signed by the one before it; then timestamp,
snapshot and targets, each signed by enough keys of the root, none older than what was believed here
before, none expired, and each naming the digest of the next. What was believed is kept beside the
versions (`Kept`), so that a later bundle cannot go behind it.

Time counts by the later of this machine's clock and what an earlier bundle stated (`issued`), so that a
clock that was put back makes nothing valid again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Final, NoReturn

from tuf.api.exceptions import (
    BadVersionNumberError,
    EqualVersionNumberError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.api.metadata import Metadata as Signed
from tuf.api.metadata import (  # type: ignore[attr-defined] # its __all__ is computed
    Root,
    TargetFile,
    Timestamp,
)
from tuf.ngclient._internal.trusted_metadata_set import TrustedMetadataSet
from tuf.ngclient.config import EnvelopeType

from cport_desktop.errors import MalformedMessage, MessageTooLarge, UpdateUntrusted
from cport_desktop.formats.strict_json import require_sound
from cport_desktop.formats.update_parts import part_of
from cport_desktop.updates.believed import File, Kept, Verified
from cport_desktop.updates.bundle import LONGEST_METADATA, Metadata
from cport_desktop.words import updates as words

ISSUED: Final = "x-cport-issued"
"""Beside the words of a timestamp: when it was signed (UTC, ISO 8601). TUF allows other words."""
DEMO: Final = "x-cport-demo"
"""Beside the words of a root: its keys are known to everybody."""
LARGEST_FILE: Final = 4 * 1024**3
LARGEST_WHOLE: Final = 16 * 1024**3
MOST_FILES: Final = 1_000


def verify(untrusted: Metadata, kept: Kept, *, pinned: bytes, now: datetime) -> Verified:
    """What is believed of a bundle's metadata at `now`, starting from the root that came with the program
    (`pinned`) or a later one that it led to.

    Raises:
        UpdateUntrusted: nothing of it.
    """
    with _naming():
        for block in (
            *untrusted.roots,
            untrusted.timestamp,
            untrusted.snapshot,
            untrusted.targets,
        ):
            require_sound(block, limit=LONGEST_METADATA)
        trusted, root = _rooted(untrusted.roots, kept, pinned)
        trusted.reference_time = max(now, _issued_before(kept, trusted))
        timestamp = _timestamp(trusted, untrusted, kept)
        _snapshot(trusted, untrusted, kept)
        trusted.update_targets(untrusted.targets)
        expiries = (trusted.root, trusted.timestamp, trusted.snapshot, trusted.targets)
        return Verified(
            tuple(_files(trusted)),
            Kept(root, timestamp, untrusted.snapshot, untrusted.targets),
            trusted.timestamp.version,
            _issued(trusted.timestamp),
            min(each.expires for each in expiries),
            _is_demo(trusted.root),
        )


def is_demo(root: bytes) -> bool:
    """The keys of this root, which came with the program, are known to everybody.

    Raises:
        UpdateUntrusted: it is no root.
    """
    with _naming():
        return _is_demo(Signed[Root].from_bytes(root).signed)


def issued_of(timestamp: bytes) -> datetime | None:
    """When a timestamp that was believed was signed; None if it is none."""
    try:
        return _issued(Signed[Timestamp].from_bytes(timestamp).signed)
    except (RepositoryError, MalformedMessage):
        return None


def _rooted(
    chain: tuple[bytes, ...], kept: Kept, pinned: bytes
) -> tuple[TrustedMetadataSet, bytes]:
    """A set on the latest root, and that root's bytes."""
    root = pinned
    if kept.root is not None:
        with suppress(RepositoryError):
            # A program that came later may bring a later root than was believed before it.
            if _version(kept.root) > _version(pinned):
                root = kept.root
    trusted = TrustedMetadataSet(root, EnvelopeType.METADATA)
    for each in chain:
        if _version(each) > trusted.root.version:
            trusted.update_root(each)
            root = each
    return trusted, root


def _version(root: bytes) -> int:
    return Signed[Root].from_bytes(root).signed.version


def _issued_before(kept: Kept, trusted: TrustedMetadataSet) -> datetime:
    """The moment that the newest believed timestamp states, if the root still vouches for its key."""
    if kept.timestamp is not None:
        with suppress(RepositoryError, MalformedMessage):
            before = Signed[Timestamp].from_bytes(kept.timestamp)
            trusted.root.verify_delegate(Timestamp.type, before.signed_bytes, before.signatures)
            return _issued(before.signed)
    return datetime.min.replace(tzinfo=UTC)


def _timestamp(trusted: TrustedMetadataSet, untrusted: Metadata, kept: Kept) -> bytes:
    """The bytes of the timestamp that counts; the kept one where the bundle's has its number."""
    if kept.timestamp is not None:
        with suppress(RepositoryError):
            trusted.update_timestamp(kept.timestamp)
    try:
        trusted.update_timestamp(untrusted.timestamp)
    except EqualVersionNumberError:
        assert kept.timestamp is not None
        return kept.timestamp
    return untrusted.timestamp


def _snapshot(trusted: TrustedMetadataSet, untrusted: Metadata, kept: Kept) -> None:
    if kept.snapshot is not None:
        with suppress(RepositoryError):
            trusted.update_snapshot(kept.snapshot, trusted=True)
    trusted.update_snapshot(untrusted.snapshot)


def _files(trusted: TrustedMetadataSet) -> Iterator[File]:
    targets = trusted.targets.targets
    sizes = [target.length for target in targets.values()]
    if len(sizes) > MOST_FILES or any(size > LARGEST_FILE for size in sizes):
        _refuse("endless")
    if sum(sizes) > LARGEST_WHOLE:
        _refuse("endless")
    seen = set()
    for path in sorted(targets):
        file = _file(targets[path])
        if file.part is not None and file.part.key in seen:
            _refuse("metadata")
        seen.add(file.part.key if file.part else None)
        yield file


def _file(target: TargetFile) -> File:
    sha256 = target.hashes.get("sha256")
    if sha256 is None:
        _refuse("metadata")
    part = part_of(target.custom, sha256=sha256, size=target.length)
    return File(target.length, sha256, part)


def _issued(timestamp: Timestamp) -> datetime:
    told = timestamp.unrecognized_fields.get(ISSUED)
    try:
        moment = datetime.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise MalformedMessage(where=f"$.{ISSUED}", cause="no moment")
    return moment.astimezone(UTC)


def _is_demo(root: Root) -> bool:
    return root.unrecognized_fields.get(DEMO) is True


@contextmanager
def _naming() -> Iterator[None]:
    """What the library finds wrong gets its name here."""
    try:
        yield
    except UnsignedMetadataError as error:
        raise _untrusted("signature") from error
    except ExpiredMetadataError as error:
        raise _untrusted("expired") from error
    except BadVersionNumberError as error:
        raise _untrusted("rollback") from error
    except LengthOrHashMismatchError as error:
        raise _untrusted("mixup") from error
    except (RepositoryError, MalformedMessage, MessageTooLarge, ValueError) as error:
        raise _untrusted("metadata") from error


def _refuse(what: str) -> NoReturn:
    raise _untrusted(what)


def _untrusted(what: str) -> UpdateUntrusted:
    return UpdateUntrusted(what=what, cause=words.UNTRUSTED[what])
